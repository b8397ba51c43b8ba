// Mixtures of normal kernels, eight kernels at a time.
#include "cnumerics.h"
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__) && defined(__linux__)
#define wide_versions __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define wide_versions
#endif

// A part of such a function; vectors go through memory, for not every version passes them in registers.
#define wide_part static inline __attribute__((always_inline)) void

// A product rounded before its sum in one version and not in another would give other bits.
#pragma STDC FP_CONTRACT OFF

#define LANES ((size_t)8)
typedef double lanes __attribute__((vector_size(64)));
typedef int64_t words __attribute__((vector_size(64)));

// Up to eight numbers, and zeros behind them.
wide_part load(lanes *to, const double *from, size_t left) {
  if (left >= LANES) {
    memcpy(to, from, sizeof *to);
  } else {
    *to = (lanes){0};
    memcpy(to, from, left * sizeof *from);
  }
}

// How many points are worked at a time: what they need fits the registers, each load serves all, and while
// one waits for a result the others go on.
#define POINTS ((size_t)6)
#define EACH_POINT _Pragma("clang loop unroll(full)") for (size_t p = 0; p < points; p++)

// For exponents from CNUMERICS_LOWEST_LOG to 700: two to the nearest whole power, times the series of the
// rest.
wide_part raise(lanes *values, size_t points) {
  // Adding 1.5 * 2^52 leaves the nearest whole number in the low bits of the mantissa.
  const double shifter = 6755399441055744;
  static const double series[] = {
    1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040, 1.0 / 720,
    1.0 / 120,      1.0 / 24,      1.0 / 6,      0.5,         1,          1};
  lanes low = (lanes){0} + CNUMERICS_LOWEST_LOG, high = (lanes){0} + 700;
  lanes shifted[POINTS], rests[POINTS], sums[POINTS];
  EACH_POINT {
    lanes x = __builtin_elementwise_min(__builtin_elementwise_max(values[p], low), high);
    shifted[p] = x * 1.442695040888963407 + shifter;
    lanes whole = shifted[p] - shifter;
    rests[p] = x - whole * 0.693147180369123816490 - whole * 1.90821492927058770002e-10;
  }
  EACH_POINT sums[p] = rests[p] * (1.0 / 479001600) + series[0];
#pragma clang loop unroll(full)
  for (size_t term = 1; term < sizeof series / sizeof *series; term++)
    EACH_POINT sums[p] = sums[p] * rests[p] + series[term];
  EACH_POINT values[p] = (lanes)((words)sums[p] + ((words)shifted[p] << 52));
}

// Adds up to eight kernels to the sums of some points, at most POINTS.
wide_part add(
  lanes *sums, size_t points, size_t k, size_t left, size_t dimensions, size_t stride,
  const double *logs, const double *weights, const double *centers, const double *inverse_widths,
  const double *coordinates) {
  lanes log, weight, exponents[POINTS];
  load(&log, logs + k, left);
  // Twice the exponent, by which no bit changes: halves of squares are exact.
  EACH_POINT exponents[p] = log + log;
  for (size_t d = 0; d < dimensions; d++) {
    lanes center, inverse;
    load(&center, centers + d * stride + k, left);
    load(&inverse, inverse_widths + d * stride + k, left);
    EACH_POINT {
      lanes distance = (coordinates[p * dimensions + d] - center) * inverse;
      exponents[p] -= distance * distance;
    }
  }
  load(&weight, weights + k, left);
  EACH_POINT exponents[p] *= 0.5;
  raise(exponents, points);
  EACH_POINT sums[p] += weight * exponents[p];
}

// The sums of some points, a constant number of them.
wide_part sum(
  size_t points, size_t kernels, size_t dimensions, size_t stride, const double *logs,
  const double *weights, const double *centers, const double *inverse_widths,
  const double *coordinates, double *results) {
  lanes sums[POINTS] = {0};
  size_t k = 0;
  for (; k + LANES <= kernels; k += LANES)
    add(
      sums, points, k, LANES, dimensions, stride, logs, weights, centers, inverse_widths,
      coordinates);
  if (k < kernels)
    add(
      sums, points, k, kernels - k, dimensions, stride, logs, weights, centers, inverse_widths,
      coordinates);
  for (size_t p = 0; p < points; p++) {
    double total = 0;
    for (size_t lane = 0; lane < LANES; lane++) total += sums[p][lane];
    results[p] += total;
  }
}

wide_versions void cnumerics_weighted_kernels(
  size_t kernels, size_t dimensions, size_t stride, const double *logs, const double *weights,
  const double *centers, const double *inverse_widths, size_t points, const double *coordinates,
  double *results) {
  size_t p = 0;
  for (; p + POINTS <= points; p += POINTS)
    sum(
      POINTS, kernels, dimensions, stride, logs, weights, centers, inverse_widths,
      coordinates + p * dimensions, results + p);
  for (; p < points; p++)
    sum(
      1, kernels, dimensions, stride, logs, weights, centers, inverse_widths,
      coordinates + p * dimensions, results + p);
}
