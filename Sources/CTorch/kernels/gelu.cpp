// The Gaussian error linear unit with dropout behind it as one node of the graph, which keeps its input and a seed.
#include <ATen/core/grad_mode.h>
#include <ATen/ops/gelu_backward.h>
#include <torch/csrc/autograd/custom_function.h>

#include "../core/allocate.h"
#include "../core/guarded.h"
#include "../core/threads.h"
#include "../include/ctorch.h"
#include "choice.h"
#include "dropout.h"
#include "gelu_passes.h"

namespace {

/// Elements for which a thread pays.
constexpr int64_t portion = 1 << 15;

class DroppedGELU : public torch::autograd::Function<DroppedGELU> {
 public:
  static at::Tensor forward(
      torch::autograd::AutogradContext* context, const at::Tensor& x, int64_t seed,
      double probability) {
    context->save_for_backward({x});
    context->saved_data["seed"] = seed;
    context->saved_data["probability"] = probability;
    const ct::rows::Drop kept(static_cast<uint64_t>(seed), probability);
    at::Tensor y = ct::uninitialized(x.sizes());
    const float* const from = x.const_data_ptr<float>();
    float* const to = y.data_ptr<float>();
    ct::divide(x.numel(), portion, [&](int64_t begin, int64_t end) {
      ct::rows::dropped_gelu(
          from + begin, to + begin, end - begin, kept, static_cast<uint32_t>(begin));
    });
    return y;
  }

  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext* context, torch::autograd::variable_list gradients) {
    const at::Tensor x = context->get_saved_variables()[0];
    const auto seed = context->saved_data["seed"].toInt();
    const double probability = context->saved_data["probability"].toDouble();
    const at::Tensor none;
    if (at::GradMode::is_enabled())
      return {
          at::gelu_backward(ct::dropped(gradients[0], seed, probability), x), none, none};
    const ct::rows::Drop kept(static_cast<uint64_t>(seed), probability);
    const at::Tensor dy = gradients[0].contiguous();
    at::Tensor dx = ct::uninitialized(x.sizes());
    const float* const input = x.const_data_ptr<float>();
    const float* const outer = dy.const_data_ptr<float>();
    float* const to = dx.data_ptr<float>();
    ct::divide(x.numel(), portion, [&](int64_t begin, int64_t end) {
      ct::rows::dropped_gelu_gradient(
          input + begin, outer + begin, to + begin, end - begin, kept,
          static_cast<uint32_t>(begin));
    });
    return {dx, none, none};
  }
};

}  // namespace

CT_EXPORT ct_status ct_dropped_gelu(
    ct_tensor input, double probability, ct_generator generator, ct_tensor* out) {
  *out = nullptr;
  return ct::guarded("gelu", [&] {
    const at::Tensor& x = ct::tensor(input, "input");
    if (ct::uses_standard_kernels() || !x.is_cpu() || x.scalar_type() != at::kFloat ||
        !x.is_contiguous() || x.numel() == 0)
      return;
    *out = ct::wrap(
        DroppedGELU::apply(x, static_cast<int64_t>(ct::next_seed(generator)), probability));
  });
}
