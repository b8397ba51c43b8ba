#include "attention_passes.h"

#include "versions.h"

namespace ct::rows {

namespace {

constexpr int64_t lanes = 16;

/// The sum of the products, in several sums side by side, which fill a vector.
wide_part float inner_product(const float* __restrict a, const float* __restrict b, int64_t count) {
  float sums[lanes] = {};
  int64_t done = 0;
  for (; done + lanes <= count; done += lanes)
    for (int64_t i = 0; i < lanes; ++i) sums[i] += a[done + i] * b[done + i];
  float sum = 0;
  for (; done < count; ++done) sum += a[done] * b[done];
  for (int64_t i = 0; i < lanes; ++i) sum += sums[i];
  return sum;
}

wide_part void through_softmax(
    const float* __restrict p, float* __restrict g, int64_t count, float scale) {
  const float mean = inner_product(p, g, count);
  for (int64_t i = 0; i < count; ++i) g[i] = p[i] * (g[i] - mean) * scale;
}

}  // namespace

wide_versions void attention_gradient(
    const float* __restrict p, float* __restrict g, float* __restrict kept, int64_t count, float scale,
    const Drop& drop, uint32_t first) {
  const Drop own = drop;
  for (int64_t i = 0; i < count; ++i) {
    const float share = kept_share(own, first + static_cast<uint32_t>(i));
    kept[i] = p[i] * share;
    g[i] *= share;
  }
  through_softmax(p, g, count, scale);
}

wide_versions void attention_gradient(
    const float* __restrict p, float* __restrict g, int64_t count, float scale) {
  through_softmax(p, g, count, scale);
}

}  // namespace ct::rows
