// Dropout on the CPU without a mask in memory: what is kept follows from a seed and an element's place,
// so that the backward pass finds it again. Its gradient is dropout of the gradient, which can be
// differentiated in turn.
#include "dropout.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/empty_strided.h>
#include <torch/csrc/autograd/custom_function.h>

#include <mutex>
#include <vector>

#include "../core/guarded.h"
#include "../include/ctorch.h"
#include "choice.h"
#include "row_passes.h"

namespace {

constexpr int64_t block = 16384;

/// Runs a pass over parts of so many elements.
template <typename Pass>
void in_parts(int64_t count, const Pass& pass) {
  at::parallel_for(0, count, 2 * block, [&](int64_t begin, int64_t end) { pass(begin, end - begin); });
}

template <typename T>
void drop(const at::Tensor& x, at::Tensor& y, const ct::rows::Drop& kept) {
  const T* from = static_cast<const T*>(x.const_data_ptr());
  T* to = static_cast<T*>(y.data_ptr());
  in_parts(x.numel(), [&](int64_t start, int64_t count) {
    ct::rows::dropped(from + start, to + start, count, kept, static_cast<uint32_t>(start));
  });
}

/// The shares of elements, in the memory order of x, for types that have no pass of their own.
at::Tensor shares(const at::Tensor& x, const ct::rows::Drop& kept) {
  at::Tensor result = at::empty_strided(x.sizes(), x.strides(), x.options().dtype(at::kFloat));
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
      torch::autograd::AutogradContext* context, const at::Tensor& given, int64_t seed,
      double probability) {
    const at::Tensor x = given.is_non_overlapping_and_dense() ? given : given.contiguous();
    context->saved_data["seed"] = seed;
    context->saved_data["probability"] = probability;
    context->saved_data["strides"] = x.strides();
    const ct::rows::Drop kept(static_cast<uint64_t>(seed), probability);
    const bool has_pass = x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16;
    if (!has_pass || ct::uses_standard_kernels()) return x * shares(x, kept);
    at::Tensor y = at::empty_like(x);
    x.scalar_type() == at::kFloat ? drop<float>(x, y, kept) : drop<uint16_t>(x, y, kept);
    return y;
  }

  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext* context, torch::autograd::variable_list gradients) {
    const auto strides = context->saved_data["strides"].toIntVector();
    at::Tensor gradient = gradients[0];
    // Places are those in the memory of the forward pass.
    if (gradient.strides() != at::IntArrayRef(strides))
      gradient = at::empty_strided(gradient.sizes(), strides, gradient.options()).copy_(gradient);
    return {
        Dropout::apply(
            gradient, context->saved_data["seed"].toInt(),
            context->saved_data["probability"].toDouble()),
        at::Tensor(), at::Tensor()};
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

CT_EXPORT ct_status ct_seeded_dropout(
    ct_tensor input, double probability, ct_generator generator, ct_tensor* out) {
  return ct::guarded("dropout", [&] {
    const at::Tensor& x = ct::tensor(input, "input");
    *out = ct::wrap(
        Dropout::apply(x, static_cast<int64_t>(ct::next_seed(generator)), probability));
  });
}
