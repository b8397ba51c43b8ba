#include "softmax_passes.h"

#include <cmath>

#include "exponential.h"

namespace ct::rows {

wide_versions float softmax(
    const float* __restrict x, float* __restrict p, int64_t count, float scale) {
  float largest = x[0];
  for (int64_t i = 1; i < count; ++i) largest = x[i] > largest ? x[i] : largest;
  for (int64_t i = 0; i < count; ++i) p[i] = exponential((x[i] - largest) * scale);
  // Several sums side by side, which fill a vector.
  constexpr int64_t lanes = 16;
  float sums[lanes] = {};
  int64_t done = 0;
  for (; done + lanes <= count; done += lanes)
    for (int64_t i = 0; i < lanes; ++i) sums[i] += p[done + i];
  float sum = 0;
  for (; done < count; ++done) sum += p[done];
  for (int64_t i = 0; i < lanes; ++i) sum += sums[i];
  const float share = 1 / sum;
  for (int64_t i = 0; i < count; ++i) p[i] *= share;
  return largest * scale + std::log(sum);
}

}  // namespace ct::rows
