#ifndef CNUMERICS_H
#define CNUMERICS_H

#include <stddef.h>

/// Sums over many numbers for which Swift's vectors, compiled for the oldest processors, are too slow. No
/// function keeps state, and each gives the same bits on every processor: the versions for wider vectors
/// round every operation as the plain one does.

/// The logarithm under which no kernel of `cnumerics_weighted_kernels` counts: small beside any sum, and large
/// enough that its exponential times a weight is no subnormal number, which takes a hundred cycles.
#define CNUMERICS_LOWEST_LOG (-650.0)

/// Adds to each point's result the weighted sum of products of normal kernels there.
///
/// Kernel k is weights[k] * exp(logs[k] - sum over d of 0.5 * ((point[d] - centers[d * stride + k]) *
/// inverse_widths[d * stride + k])^2), the exponent at least `CNUMERICS_LOWEST_LOG`; its exponential is
/// exact to about one unit in the last place. The coordinates of a point stand side by side, and its sum is
/// the same whatever points stand beside it.
void cnumerics_weighted_kernels(
  size_t kernels, size_t dimensions, size_t stride, const double *logs, const double *weights,
  const double *centers, const double *inverse_widths, size_t points, const double *coordinates,
  double *results);

#endif
