#include "loss_passes.h"

#include <bit>
#include <cmath>

#include "versions.h"

namespace ct::rows {

namespace {

/// e^x for x of at most zero, to about one unit in the last place, and zero below 1e-38: 2^n times the
/// exponential of what remains of x after n times the logarithm of two, by its series up to the seventh
/// power.
wide_part float exponential(float given) {
  constexpr float least = -87.0f;
  const float x = given < least ? least : given;
  // Added and taken off again, this rounds to a whole number.
  constexpr float rounding = 12582912.0f;
  const float n = (x * 1.44269504088896341f + rounding) - rounding;
  // ln 2 in two parts, the first exact in few bits.
  const float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  float sum = 1.0f / 5040;
  sum = sum * r + 1.0f / 720;
  sum = sum * r + 1.0f / 120;
  sum = sum * r + 1.0f / 24;
  sum = sum * r + 1.0f / 6;
  sum = sum * r + 0.5f;
  sum = sum * r + 1.0f;
  sum = sum * r + 1.0f;
  const int32_t power = (static_cast<int32_t>(n) + 127) << 23;
  return given < least ? 0.0f : sum * std::bit_cast<float>(power);
}

}  // namespace

wide_versions float softmax(const float* __restrict x, float* __restrict p, int64_t count) {
  float largest = x[0];
  for (int64_t i = 1; i < count; ++i) largest = x[i] > largest ? x[i] : largest;
  for (int64_t i = 0; i < count; ++i) p[i] = exponential(x[i] - largest);
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
  return largest + std::log(sum);
}

}  // namespace ct::rows
