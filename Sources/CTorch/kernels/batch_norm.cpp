// Batch normalization with what usually follows it, the addition of a shortcut and a rectifier, in two
// passes over memory forward and two backward, for maps whose channels lie innermost on the CPU. Other
// inputs go through libtorch's operators one by one. The sums are taken over blocks whose extents
// depend on the shape alone, so the result does not depend on the number of threads.
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/batch_norm.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/relu.h>
#include <torch/csrc/autograd/custom_function.h>

#include "../core/guarded.h"
#include "../include/ctorch.h"
#include "choice.h"
#include "normalization.h"

namespace {

using namespace ct::normalization;

class FusedBatchNorm : public torch::autograd::Function<FusedBatchNorm> {
 public:
  static at::Tensor forward(
      torch::autograd::AutogradContext* context, const at::Tensor& x, const OptionalTensor& weight,
      const OptionalTensor& bias, const OptionalTensor& added, const OptionalTensor& running_mean,
      const OptionalTensor& running_variance, const Options& options) {
    const Division division(x);
    const Statistics made = statistics(x, division, running_mean, running_variance, options);
    at::Tensor y = at::empty_like(x);
    write_output(x, y, division, made, {weight, bias, added, options.rectified});
    context->save_for_backward(
        {x, weight.value_or(at::Tensor()), made.mean, made.inverse,
         options.rectified ? y : at::Tensor()});
    context->saved_data["usesBatch"] = options.uses_batch;
    context->saved_data["epsilon"] = options.epsilon;
    context->saved_data["rectified"] = options.rectified;
    context->saved_data["hasWeight"] = weight.has_value();
    context->saved_data["hasBias"] = bias.has_value();
    context->saved_data["hasAdded"] = added.has_value();
    return y;
  }

  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext* context, torch::autograd::variable_list outputs) {
    const auto saved = context->get_saved_variables();
    const at::Tensor& x = saved[0];
    const Options options{
        context->saved_data["usesBatch"].toBool(), 0, context->saved_data["epsilon"].toDouble(),
        context->saved_data["rectified"].toBool()};
    const Made made{
        x, saved[4], saved[1].defined() ? OptionalTensor(saved[1]) : std::nullopt,
        Statistics{saved[2], saved[3]}, options};
    // Arguments that are not there have no number among the inputs.
    size_t inputs = 1;
    const auto is_needed = [&](const char* name) {
      return context->saved_data[name].toBool() && context->needs_input_grad(inputs++);
    };
    const bool needs_weight = is_needed("hasWeight"), needs_bias = is_needed("hasBias");
    const bool needs_added = is_needed("hasAdded");
    Gradients result;
    if (at::GradMode::is_enabled()) {
      result = differentiable_gradients(outputs[0], made);
    } else {
      const at::Tensor dy = outputs[0].contiguous(inner_channels(x));
      result = gradients(dy, made, needs_added);
    }
    const at::Tensor none;
    return {
        context->needs_input_grad(0) ? result.input : none, needs_weight ? result.weight : none,
        needs_bias ? result.bias : none, needs_added ? result.added : none, none, none, none};
  }
};

/// Whether the passes can take these arguments as they lie.
bool suits(
    const at::Tensor& x, const OptionalTensor& weight, const OptionalTensor& bias,
    const OptionalTensor& added, const OptionalTensor& running_mean,
    const OptionalTensor& running_variance) {
  const auto format = inner_channels(x);
  const bool has_type = x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16;
  return x.is_cpu() && has_type && x.dim() != 3 && x.numel() > 0 && x.is_contiguous(format) &&
         is_per_channel(weight, x.size(1)) && is_per_channel(bias, x.size(1)) &&
         is_per_channel(running_mean, x.size(1)) && is_per_channel(running_variance, x.size(1)) &&
         (!added || (added->is_cpu() && added->scalar_type() == x.scalar_type() &&
                     added->sizes() == x.sizes()));
}

at::Tensor one_by_one(
    const at::Tensor& x, const OptionalTensor& weight, const OptionalTensor& bias,
    const OptionalTensor& added, const OptionalTensor& running_mean,
    const OptionalTensor& running_variance, const Options& options) {
  at::Tensor y = at::batch_norm(
      x, weight, bias, running_mean, running_variance, options.uses_batch, options.momentum,
      options.epsilon, true);
  if (added) y = y + *added;
  return options.rectified ? at::relu(y) : y;
}

}  // namespace

CT_EXPORT ct_status ct_fused_batch_norm(
    ct_tensor input, ct_tensor weight, ct_tensor bias, ct_tensor added, ct_tensor running_mean,
    ct_tensor running_variance, const ct_batch_norm_options* options, ct_tensor* out) {
  return ct::guarded("batch_norm", [&] {
    const at::Tensor& x = ct::tensor(input, "input");
    const auto gamma = ct::optional_tensor(weight), beta = ct::optional_tensor(bias);
    const auto other = ct::optional_tensor(added);
    const auto mean = ct::optional_tensor(running_mean);
    const auto variance = ct::optional_tensor(running_variance);
    const Options chosen{
        options->uses_batch, options->momentum, options->epsilon, options->rectified};
    if (!options->fuses || ct::uses_standard_kernels() ||
        !suits(x, gamma, beta, other, mean, variance)) {
      *out = ct::wrap(one_by_one(x, gamma, beta, other, mean, variance, chosen));
      return;
    }
    OptionalTensor added_as_x = other;
    if (other) added_as_x = other->contiguous(inner_channels(x));
    *out = ct::wrap(FusedBatchNorm::apply(x, gamma, beta, added_as_x, mean, variance, chosen));
  });
}
