// Dropout on the CPU without a mask in memory: what is kept follows from a seed and an element's place
// among the others, whatever their order in memory, so that the backward pass finds it again, and so
// does a second computation whose kernels lay their outputs out differently. Its gradient is dropout of
// the gradient, which can be differentiated in turn.
#include "dropout.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <mutex>

#include "../core/guarded.h"
#include "../core/threads.h"
#include "../include/ctorch.h"
#include "choice.h"
#include "row_passes.h"

namespace {

constexpr int64_t block = 16384;

/// Runs a pass over parts of so many elements.
template <typename Pass>
void in_parts(int64_t count, const Pass& pass) {
  ct::divide(count, 2 * block, [&](int64_t begin, int64_t end) { pass(begin, end - begin); });
}

template <typename T>
at::Tensor dropped_in_order(const at::Tensor& given, const ct::rows::Drop& kept) {
  const at::Tensor x = given.contiguous();
  at::Tensor y = at::empty_like(x);
  const T* from = static_cast<const T*>(x.const_data_ptr());
  T* to = static_cast<T*>(y.data_ptr());
  in_parts(x.numel(), [&](int64_t start, int64_t count) {
    ct::rows::dropped(from + start, to + start, count, kept, static_cast<uint32_t>(start));
  });
  return y;
}

/// Of maps whose channels lie innermost, without laying them out anew.
template <typename T>
at::Tensor dropped_by_channels(const at::Tensor& x, const ct::rows::Drop& kept) {
  at::Tensor y = at::empty_like(x);
  const int64_t channels = x.size(1), rows = x.numel() / channels, positions = rows / x.size(0);
  const T* from = static_cast<const T*>(x.const_data_ptr());
  T* to = static_cast<T*>(y.data_ptr());
  ct::divide(rows, 2 * block / channels + 1, [&](int64_t begin, int64_t end) {
    while (begin < end) {
      const int64_t sample = begin / positions, first = begin % positions;
      const int64_t count = std::min(end - begin, positions - first);
      ct::rows::dropped_channels(
          from + begin * channels, to + begin * channels, {count, channels}, kept,
          static_cast<uint32_t>(sample * channels * positions + first),
          static_cast<uint32_t>(positions));
      begin += count;
    }
  });
  return y;
}

bool has_inner_channels(const at::Tensor& x) {
  if (x.is_contiguous()) return false;
  return (x.dim() == 4 && x.is_contiguous(at::MemoryFormat::ChannelsLast)) ||
         (x.dim() == 5 && x.is_contiguous(at::MemoryFormat::ChannelsLast3d));
}

template <typename T>
at::Tensor dropped(const at::Tensor& x, const ct::rows::Drop& kept) {
  return has_inner_channels(x) ? dropped_by_channels<T>(x, kept) : dropped_in_order<T>(x, kept);
}

/// The shares of elements, for types that have no pass of their own.
at::Tensor shares(const at::Tensor& x, const ct::rows::Drop& kept) {
  at::Tensor result = at::empty(x.sizes(), x.options().dtype(at::kFloat));
  float* values = result.data_ptr<float>();
  in_parts(x.numel(), [&](int64_t start, int64_t count) {
    for (int64_t i = start; i < start + count; ++i)
      values[i] = ct::rows::kept_share(kept, static_cast<uint32_t>(i));
  });
  return result.to(x.scalar_type());
}

class Dropout : public torch::autograd::Function<Dropout> {
 public:
  static at::Tensor forward(
      torch::autograd::AutogradContext* context, const at::Tensor& x, int64_t seed,
      double probability, bool is_standard) {
    context->saved_data["seed"] = seed;
    context->saved_data["probability"] = probability;
    context->saved_data["standard"] = is_standard;
    const ct::rows::Drop kept(static_cast<uint64_t>(seed), probability);
    if (!is_standard && x.scalar_type() == at::kFloat) return dropped<float>(x, kept);
    if (!is_standard && x.scalar_type() == at::kBFloat16) return dropped<uint16_t>(x, kept);
    return x * shares(x, kept);
  }

  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext* context, torch::autograd::variable_list gradients) {
    const at::Tensor none;
    return {
        Dropout::apply(
            gradients[0], context->saved_data["seed"].toInt(),
            context->saved_data["probability"].toDouble(), context->saved_data["standard"].toBool()),
        none, none, none};
  }
};

}  // namespace

uint64_t ct::next_seed(ct_generator generator) {
  std::optional<at::Generator> given;
  if (generator != nullptr) given = *ct::raw(generator);
  auto* source = at::get_generator_or_default<at::CPUGeneratorImpl>(
      given, at::detail::getDefaultCPUGenerator());
  const std::lock_guard<std::mutex> lock(source->mutex_);
  return source->random64();
}

at::Tensor ct::dropped(const at::Tensor& x, int64_t seed, double probability) {
  return Dropout::apply(x, seed, probability, ct::uses_standard_kernels());
}

CT_EXPORT ct_status ct_seeded_dropout(
    ct_tensor input, double probability, ct_generator generator, ct_tensor* out) {
  return ct::guarded("dropout", [&] {
    const at::Tensor& x = ct::tensor(input, "input");
    *out = ct::wrap(
        ct::dropped(x, static_cast<int64_t>(ct::next_seed(generator)), probability));
  });
}
