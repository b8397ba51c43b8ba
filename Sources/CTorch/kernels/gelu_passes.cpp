#include "gelu_passes.h"

#include "exponential.h"
#include "versions.h"

namespace ct::rows {

namespace {

/// e^(-x²/2) and Φ(x), by the rational approximation of the error function that Abramowitz and Stegun (1964) give
/// as 7.1.26, off by 1.5e-7 at most; it is what oneDNN computes too.
struct Normal {
  float bell, share;
};

wide_part Normal normal(float x) {
  const float z = (x < 0 ? -x : x) * 0.70710678118654752f;
  const float bell = exponential(-z * z);
  const float t = 1.0f / (1.0f + 0.3275911f * z);
  float sum = 1.061405429f;
  sum = sum * t - 1.453152027f;
  sum = sum * t + 1.421413741f;
  sum = sum * t - 0.284496736f;
  sum = sum * t + 0.254829592f;
  const float tail = 0.5f * sum * t * bell;
  return {bell, x < 0 ? tail : 1.0f - tail};
}

}  // namespace

wide_versions void dropped_gelu(
    const float* __restrict x, float* __restrict y, int64_t count, const Drop& given, uint32_t first) {
  const Drop drop = given;
  for (int64_t i = 0; i < count; ++i)
    y[i] = x[i] * normal(x[i]).share * kept_share(drop, first + static_cast<uint32_t>(i));
}

wide_versions void dropped_gelu_gradient(
    const float* __restrict x, const float* __restrict dy, float* __restrict dx, int64_t count,
    const Drop& given, uint32_t first) {
  const Drop drop = given;
  constexpr float density = 0.39894228040143268f;
  for (int64_t i = 0; i < count; ++i) {
    const Normal at = normal(x[i]);
    dx[i] = dy[i] * (at.share + x[i] * at.bell * density) *
            kept_share(drop, first + static_cast<uint32_t>(i));
  }
}

}  // namespace ct::rows
