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

// For exponents from CNUMERICS_LOWEST_LOG to 700: two to the nearest whole power, times the series of the
// rest.
wide_part raise(lanes *value) {
  // Adding 1.5 * 2^52 leaves the nearest whole number in the low bits of the mantissa.
  const double shifter = 6755399441055744;
  lanes low = (lanes){0} + CNUMERICS_LOWEST_LOG, high = (lanes){0} + 700;
  lanes x = __builtin_elementwise_min(__builtin_elementwise_max(*value, low), high);
  lanes shifted = x * 1.442695040888963407 + shifter;
  lanes whole = shifted - shifter;
  lanes rest = x - whole * 0.693147180369123816490 - whole * 1.90821492927058770002e-10;
  lanes sum = rest * (1.0 / 479001600) + 1.0 / 39916800;
  sum = sum * rest + 1.0 / 3628800;
  sum = sum * rest + 1.0 / 362880;
  sum = sum * rest + 1.0 / 40320;
  sum = sum * rest + 1.0 / 5040;
  sum = sum * rest + 1.0 / 720;
  sum = sum * rest + 1.0 / 120;
  sum = sum * rest + 1.0 / 24;
  sum = sum * rest + 1.0 / 6;
  sum = sum * rest + 0.5;
  sum = sum * rest + 1;
  sum = sum * rest + 1;
  *value = (lanes)((words)sum + ((words)shifted << 52));
}

// Adds up to eight kernels to the sums.
wide_part add(
  lanes *sums, size_t k, size_t left, size_t dimensions, size_t stride, const double *logs,
  const double *weights, const double *centers, const double *inverse_widths, const double *point) {
  lanes exponent, weight;
  load(&exponent, logs + k, left);
  for (size_t d = 0; d < dimensions; d++) {
    lanes center, inverse;
    load(&center, centers + d * stride + k, left);
    load(&inverse, inverse_widths + d * stride + k, left);
    lanes distance = (point[d] - center) * inverse;
    exponent -= 0.5 * distance * distance;
  }
  raise(&exponent);
  load(&weight, weights + k, left);
  *sums += weight * exponent;
}

wide_versions double cnumerics_weighted_kernels(
  size_t kernels, size_t dimensions, size_t stride, const double *logs, const double *weights,
  const double *centers, const double *inverse_widths, const double *point) {
  lanes sums = {0};
  size_t k = 0;
  for (; k + LANES <= kernels; k += LANES)
    add(&sums, k, LANES, dimensions, stride, logs, weights, centers, inverse_widths, point);
  if (k < kernels)
    add(&sums, k, kernels - k, dimensions, stride, logs, weights, centers, inverse_widths, point);
  double sum = 0;
  for (size_t lane = 0; lane < LANES; lane++) sum += sums[lane];
  return sum;
}
