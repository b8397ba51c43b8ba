// The loops of row_updates.h, compiled as those of row_passes.cpp are, and what calls them.
#include "row_updates.h"

#include <algorithm>
#include <vector>

#include "../core/guarded.h"
#include "../core/threads.h"
#include "versions.h"

namespace ct::rows {

wide_versions void adam_step(const Weights& weights, const ct_adam_row& rule) {
  float* __restrict value = weights.value;
  const float* __restrict gradient = weights.gradient;
  float* __restrict first = weights.first;
  float* __restrict second = weights.second;
  const float keep = rule.keep, rate = rule.rate, root = rule.root, epsilon = rule.epsilon;
  const float first_share = rule.first_share, second_share = rule.second_share;
  for (int64_t i = 0; i < weights.count; ++i) {
    const float g = gradient[i];
    const float mean = first[i] + first_share * (g - first[i]);
    const float square = second[i] + second_share * (g * g - second[i]);
    first[i] = mean;
    second[i] = square;
    // The builtin sets no errno, so that the loop becomes vectors.
    const float divisor = __builtin_elementwise_sqrt(square) * root + epsilon;
    value[i] = value[i] * keep - rate * mean / divisor;
  }
}

wide_versions void descent_step(const Weights& weights, const ct_descent_row& rule) {
  float* __restrict value = weights.value;
  const float* __restrict gradient = weights.gradient;
  float* __restrict direction = weights.first;
  const float rate = rule.rate, decay = rule.decay, momentum = rule.momentum, share = rule.share;
  const float ahead = rule.nesterov ? momentum : 0, own = rule.nesterov ? 1 : 0;
  const float toward = rule.nesterov ? ahead : 1;
  for (int64_t i = 0; i < weights.count; ++i) {
    const float g = gradient[i] + decay * value[i];
    const float d = momentum * direction[i] + share * g;
    direction[i] = d;
    value[i] -= rate * (own * g + toward * d);
  }
}

namespace {

/// Tensors of rows, one row of each for every model.
struct Rows {
  std::vector<at::Tensor> values, gradients, first, second;
  int64_t models;

  Weights weights(int64_t place) const {
    const int64_t tensor = place / models, model = place % models;
    const int64_t count = values[tensor].numel() / models, start = model * count;
    return {
        values[tensor].data_ptr<float>() + start, gradients[tensor].data_ptr<float>() + start,
        first[tensor].data_ptr<float>() + start,
        second.empty() ? nullptr : second[tensor].data_ptr<float>() + start, count};
  }
};

std::vector<at::Tensor> plain(const ct_tensor* handles, ct_int count) {
  auto tensors = ct::tensor_list(handles, count);
  for (auto& tensor : tensors)
    TORCH_CHECK_VALUE(
        tensor.is_cpu() && tensor.scalar_type() == at::kFloat && tensor.is_contiguous(),
        "a step over rows needs contiguous float32 tensors on the CPU");
  return tensors;
}

template <typename Rule, typename Step>
void each_row(const Rows& rows, const Rule* rules, Step step) {
  int64_t numbers = 0;
  for (const auto& value : rows.values) numbers += value.numel();
  const int64_t places = static_cast<int64_t>(rows.values.size()) * rows.models;
  // As many places at least as have some ten thousand numbers together.
  const int64_t grain = std::max<int64_t>(1, places * 32768 / std::max<int64_t>(numbers, 1));
  ct::divide(places, grain, [&](int64_t begin, int64_t end) {
    for (int64_t place = begin; place < end; ++place) step(rows.weights(place), rules[place]);
  });
  for (const auto& value : rows.values) value.unsafeGetTensorImpl()->bump_version();
}

}  // namespace

}  // namespace ct::rows

CT_EXPORT ct_status ct_adam_rows(
    const ct_row_tensors* tensors, const ct_adam_row* rules) {
  return ct::guarded("adam over rows", [&] {
    using namespace ct::rows;
    const ct_int count = tensors->count;
    const Rows rows{
        plain(tensors->values, count), plain(tensors->gradients, count),
        plain(tensors->first, count), plain(tensors->second, count), tensors->models};
    each_row(rows, rules, adam_step);
  });
}

CT_EXPORT ct_status ct_descent_rows(
    const ct_row_tensors* tensors, const ct_descent_row* rules) {
  return ct::guarded("descent over rows", [&] {
    using namespace ct::rows;
    const ct_int count = tensors->count;
    const Rows rows{
        plain(tensors->values, count), plain(tensors->gradients, count),
        plain(tensors->first, count), {}, tensors->models};
    each_row(rows, rules, descent_step);
  });
}
