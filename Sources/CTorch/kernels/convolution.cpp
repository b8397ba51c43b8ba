// A convolution over images whose gradient for the weight is computed by loops of our own where these gain;
// the rest is libtorch's.
#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/convolution_backward.h>
#include <torch/csrc/autograd/custom_function.h>

#include "../core/guarded.h"
#include "../include/ctorch.h"
#include "choice.h"
#include "geometry.h"
#include "weight_gradient.h"

namespace {

using OptionalTensor = std::optional<at::Tensor>;
using ct::direct::numbers;
using ct::direct::Walk;

class Convolution : public torch::autograd::Function<Convolution> {
 public:
  static at::Tensor forward(
      torch::autograd::AutogradContext* context, const at::Tensor& x, const at::Tensor& weight,
      const OptionalTensor& bias, const Walk& walk) {
    context->save_for_backward({x, weight});
    context->saved_data["hasBias"] = bias.has_value();
    context->saved_data["padding"] = std::vector<int64_t>{walk.padding[0], walk.padding[1]};
    context->saved_data["stride"] = walk.stride;
    return at::conv2d(x, weight, bias, {walk.stride, walk.stride}, walk.padding);
  }

  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext* context, torch::autograd::variable_list outputs) {
    const auto saved = context->get_saved_variables();
    const at::Tensor &x = saved[0], &weight = saved[1];
    const auto padding = context->saved_data["padding"].toIntVector();
    const Walk walk{{padding[0], padding[1]}, context->saved_data["stride"].toInt()};
    const bool has_bias = context->saved_data["hasBias"].toBool();
    const bool needs_bias = has_bias && context->needs_input_grad(2);
    // Gradients of gradients come from libtorch's operators.
    const bool is_ours = !at::GradMode::is_enabled() && context->needs_input_grad(1);
    const at::Tensor dy = is_ours ? outputs[0].contiguous(at::MemoryFormat::ChannelsLast) : outputs[0];
    const std::array<bool, 3> mask{
        context->needs_input_grad(0), !is_ours && context->needs_input_grad(1), needs_bias};
    const std::array<int64_t, 1> bias_sizes{weight.size(0)};
    at::Tensor dx, dw, db;
    if (mask[0] || mask[1] || mask[2])
      std::tie(dx, dw, db) = at::convolution_backward(
          dy, x, weight, at::IntArrayRef(bias_sizes), {walk.stride, walk.stride},
          padding, {1, 1}, false, {0, 0}, 1, mask);
    if (is_ours) dw = ct::direct::weight_gradient(x, dy, weight.sizes(), walk);
    return {dx, dw, db, at::Tensor()};
  }
};

/// How a convolution takes its arguments where gradients for its weight may be asked for and are ours.
struct Taken {
  Walk walk;
  at::ScalarType type;

  at::Tensor operator()(const at::Tensor& tensor) const {
    return tensor.scalar_type() == type
               ? tensor
               : at::autocast::cached_cast(type, tensor, c10::DeviceType::CPU);
  }
};

std::optional<Taken> taken(const at::Tensor& x, const at::Tensor& weight, const ct_geometry& geometry) {
  const auto walk = ct::direct::walk_of(geometry);
  if (!walk || !x.is_cpu() || !at::GradMode::is_enabled() || !weight.requires_grad() ||
      ct::uses_standard_kernels())
    return std::nullopt;
  const bool is_cast = at::autocast::is_autocast_enabled(at::kCPU);
  if (!is_cast && x.scalar_type() != weight.scalar_type()) return std::nullopt;
  const Taken found{
      *walk, is_cast ? at::autocast::get_autocast_dtype(at::kCPU) : x.scalar_type()};
  if (!ct::direct::suits_gradient(x, weight, found.walk, found.type)) return std::nullopt;
  return found;
}

}  // namespace

CT_EXPORT ct_status ct_convolution(
    ct_tensor input, ct_tensor weight, ct_tensor bias, const ct_geometry* geometry,
    ct_tensor* out) {
  return ct::guarded("conv2d", [&] {
    const at::Tensor& x = ct::tensor(input, "input");
    const at::Tensor& w = ct::tensor(weight, "weight");
    auto shift = ct::optional_tensor(bias);
    const auto own = taken(x, w, *geometry);
    if (!own) {
      *out = ct::wrap(at::conv2d(
          x, w, shift, numbers(geometry->stride, 2), numbers(geometry->padding, 2),
          numbers(geometry->dilation, 2), geometry->groups));
      return;
    }
    const at::Tensor images = (*own)(x), cast_weight = (*own)(w);
    if (shift) shift = (*own)(*shift);
    const c10::impl::ExcludeDispatchKeyGuard guard(c10::DispatchKey::AutocastCPU);
    *out = ct::wrap(Convolution::apply(images, cast_weight, shift, own->walk));
  });
}
