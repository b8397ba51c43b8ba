// fp32 linear by what uses the processor best. On AMD processors the default path (MKL) uses a part of what
// the processor has: products whose weight fits a core's cache go through tiles of our own, others through
// oneDNN's inner product, which is what libtorch itself uses for fused inference, registered as
// mkldnn::_linear_pointwise. The gradient for the input goes the same way, and that for the weight by
// loops of our own, which need no transposed copies.
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/custom_function.h>

#include "../core/guarded.h"
#include "../include/ctorch.h"
#include "choice.h"
#include "dense_layers.h"
#include "panel_product.h"
#include "products.h"
#include "row_products.h"

namespace {

using Signature = at::Tensor(
    const at::Tensor&, const at::Tensor&, const std::optional<at::Tensor>&, std::string_view,
    c10::List<std::optional<at::Scalar>>, std::optional<std::string_view>);

std::optional<c10::OperatorHandle> find_operator() {
  return c10::Dispatcher::singleton().findSchema({"mkldnn::_linear_pointwise", ""});
}

at::Tensor product(
    const at::Tensor& input, const at::Tensor& weight, const std::optional<at::Tensor>& bias) {
  const at::Tensor rows = input.reshape({-1, input.size(-1)});
  if (ct::products::suits_panels({rows, false}, {weight, true})) {
    std::vector<int64_t> shape = input.sizes().vec();
    shape.back() = weight.size(0);
    return ct::products::linear(rows, weight, bias).view(shape);
  }
  static const auto handle = find_operator()->typed<Signature>();
  return handle.call(
      input, weight, bias, "none", c10::List<std::optional<at::Scalar>>(), std::nullopt);
}

class FastLinear : public torch::autograd::Function<FastLinear> {
 public:
  static at::Tensor forward(
      torch::autograd::AutogradContext* context, const at::Tensor& input, const at::Tensor& weight,
      const std::optional<at::Tensor>& bias) {
    context->save_for_backward({input, weight});
    context->saved_data["bias"] = bias.has_value();
    return product(input, weight, bias);
  }

  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext* context, torch::autograd::variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const at::Tensor& input = saved[0];
    const at::Tensor& weight = saved[1];
    const at::Tensor gradient = gradients[0];
    const bool wants_bias =
        context->saved_data["bias"].toBool() && context->needs_input_grad(2);
    at::Tensor input_gradient, weight_gradient, bias_gradient;
    if (at::GradMode::is_enabled()) {
      // Differentiated again: stay within operators that know their own gradients.
      if (context->needs_input_grad(0)) input_gradient = gradient.matmul(weight);
      if (context->needs_input_grad(1))
        weight_gradient = gradient.flatten(0, -2).t().matmul(input.flatten(0, -2));
      if (wants_bias) bias_gradient = gradient.reshape({-1, gradient.size(-1)}).sum(0);
    } else {
      const at::Tensor rows = gradient.reshape({-1, gradient.size(-1)}).contiguous();
      if (context->needs_input_grad(0)) {
        const bool suits = ct::products::suits_panels({rows, false}, {weight, false});
        input_gradient = (suits ? ct::products::plain(rows, weight)
                                : product(rows, weight.t().contiguous(), std::nullopt))
                             .view_as(input);
      }
      if (context->needs_input_grad(1)) {
        const at::Tensor inputs = input.reshape({-1, input.size(-1)}).contiguous();
        weight_gradient = ct::direct::suits_row_product(rows, inputs)
                              ? ct::direct::row_product(rows, inputs)
                              : rows.t().mm(inputs);
      }
      if (wants_bias)
        bias_gradient = rows.numel() > 0 ? ct::dense::column_sums(rows) : rows.sum(0);
    }
    return {input_gradient, weight_gradient, bias_gradient};
  }
};

}  // namespace

CT_EXPORT bool ct_fast_linear_available(void) {
  try {
    return find_operator().has_value();
  } catch (...) {
    return false;
  }
}

CT_EXPORT bool ct_fast_linear_trains(void) {
  return ct::direct::has_slow_products() && !ct::uses_standard_kernels() && ct_fast_linear_available();
}

CT_EXPORT bool ct_fast_linear_has_tiles(ct_int rows, ct_int weights) {
  return ct::products::suits_panels(rows, weights) && ct_fast_linear_available();
}

CT_EXPORT ct_status ct_fast_linear(
    ct_tensor input, ct_tensor weight, ct_tensor bias, ct_tensor* out) {
  return ct::guarded("linear", [&] {
    *out = ct::wrap(FastLinear::apply(
        ct::tensor(input, "input"), ct::tensor(weight, "weight"), ct::optional_tensor(bias)));
  });
}
