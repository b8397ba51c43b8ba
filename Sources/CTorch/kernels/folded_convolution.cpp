// A convolution with the batch normalization behind it as one convolution, for evaluation: the running
// statistics are constants then, and become part of weight and shift. The weight is kept in the blocked
// order that oneDNN computes in, and the addition of a shortcut and the rectifier are part of the product,
// by the operators that libtorch registers for its own compiler; few images go through loops of our own.
#include <ATen/TensorOperators.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/mkldnn_reorder_conv2d_weight.h>
#include <ATen/ops/rsqrt.h>

#include "../core/guarded.h"
#include "../include/ctorch.h"
#include "choice.h"
#include "direct_convolution.h"
#include "geometry.h"

namespace {

using ct::direct::numbers;
using OptionalTensor = std::optional<at::Tensor>;
using Scalars = c10::List<std::optional<at::Scalar>>;
using Plain = at::Tensor(
    const at::Tensor&, const at::Tensor&, const OptionalTensor&, at::IntArrayRef, at::IntArrayRef,
    at::IntArrayRef, int64_t, std::string_view, Scalars, std::optional<std::string_view>);
using Adding = at::Tensor(
    const at::Tensor&, const at::Tensor&, const at::Tensor&, const OptionalTensor&, at::IntArrayRef,
    at::IntArrayRef, at::IntArrayRef, int64_t, std::string_view, std::optional<at::Scalar>,
    std::optional<std::string_view>, Scalars, std::optional<std::string_view>);

std::optional<c10::OperatorHandle> find(const char* name, const char* overload) {
  return c10::Dispatcher::singleton().findSchema({name, overload});
}

bool are_registered() {
  static const bool found = find("mkldnn::_convolution_pointwise", "").has_value() &&
                            find("mkldnn::_convolution_pointwise", "binary").has_value();
  return found;
}

}  // namespace

CT_EXPORT uint64_t ct_tensor_version(ct_tensor tensor) {
  if (tensor == nullptr || !ct::raw(tensor)->defined() || ct::raw(tensor)->is_inference()) return 0;
  return ct::raw(tensor)->_version();
}

CT_EXPORT ct_status ct_fold_convolution(
    ct_tensor weight, ct_tensor bias, const ct_dense_norm* norm, const ct_geometry* geometry,
    const ct_int* sizes, ct_tensor* packed, ct_tensor* shift) {
  *packed = nullptr;
  *shift = nullptr;
  return ct::guarded("fold convolution", [&] {
    const at::Tensor& w = ct::tensor(weight, "weight");
    const auto walk = ct::direct::walk_of(*geometry);
    const bool is_direct =
        walk && sizes[0] <= ct::direct::most_images && ct::direct::suits(w, *walk);
    if (ct::uses_standard_kernels() || !(is_direct || are_registered())) return;
    const at::NoGradGuard guard;
    const at::Tensor& mean = ct::tensor(norm->running_mean, "mean");
    const at::Tensor& variance = ct::tensor(norm->running_variance, "variance");
    const auto gamma = ct::optional_tensor(norm->weight), beta = ct::optional_tensor(norm->bias);
    const auto own = ct::optional_tensor(bias);
    // In double precision, so that folding adds one rounding.
    at::Tensor factor = at::rsqrt(variance.to(at::kDouble) + norm->epsilon);
    if (gamma) factor = factor * *gamma;
    at::Tensor offset = -mean * factor;
    if (own) offset = offset + *own * factor;
    if (beta) offset = offset + *beta;
    const at::Tensor folded = (w * factor.view({-1, 1, 1, 1})).to(at::kFloat);
    *packed = ct::wrap(
        is_direct ? ct::direct::packed(folded)
                  : at::mkldnn_reorder_conv2d_weight(
                        folded.contiguous().to_mkldnn(), numbers(geometry->padding, 2),
                        numbers(geometry->stride, 2), numbers(geometry->dilation, 2),
                        geometry->groups, numbers(sizes, 4)));
    *shift = ct::wrap(offset.to(at::kFloat));
  });
}

CT_EXPORT ct_status ct_folded_convolution(
    ct_tensor input, ct_tensor packed, ct_tensor shift, ct_tensor added, bool rectified,
    const ct_geometry* geometry, ct_tensor* out) {
  return ct::guarded("folded convolution", [&] {
    const at::Tensor& x = ct::tensor(input, "input");
    const at::Tensor& w = ct::tensor(packed, "weight");
    const OptionalTensor offset = ct::tensor(shift, "shift");
    const auto other = ct::optional_tensor(added);
    if (!w.is_mkldnn()) {
      const at::NoGradGuard guard;
      *out = ct::wrap(
          ct::direct::convolved(x, w, *ct::direct::walk_of(*geometry), {*offset, other, rectified}));
      return;
    }
    const auto padding = numbers(geometry->padding, 2), stride = numbers(geometry->stride, 2);
    const auto dilation = numbers(geometry->dilation, 2);
    if (other) {
      static const auto adding =
          find("mkldnn::_convolution_pointwise", "binary")->typed<Adding>();
      *out = ct::wrap(adding.call(
          x, other->contiguous(x.suggest_memory_format()), w, offset, padding, stride, dilation,
          geometry->groups, "add", std::nullopt,
          rectified ? std::optional<std::string_view>("relu") : std::nullopt, Scalars(),
          std::nullopt));
      return;
    }
    static const auto plain = find("mkldnn::_convolution_pointwise", "")->typed<Plain>();
    *out = ct::wrap(plain.call(
        x, w, offset, padding, stride, dilation, geometry->groups, rectified ? "relu" : "none",
        Scalars(), std::nullopt));
  });
}
