// Gradients, and the thread-local modes around them.
#include <ATen/autocast_mode.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>

#include <utility>

#include "../include/ctorch.h"
#include "guarded.h"

CT_EXPORT bool ct_tensor_requires_grad(ct_tensor tensor) {
  return ct_tensor_defined(tensor) && ct::raw(tensor)->requires_grad();
}

CT_EXPORT ct_status ct_tensor_set_requires_grad(ct_tensor tensor, bool requires_grad) {
  return ct::guarded(
      "requiresGradient", [&] { ct::tensor(tensor, "tensor").requires_grad_(requires_grad); });
}

CT_EXPORT ct_status ct_tensor_grad(ct_tensor tensor, ct_tensor* out) {
  return ct::guarded("gradient", [&] {
    const at::Tensor& gradient = ct::tensor(tensor, "tensor").grad();
    *out = gradient.defined() ? ct::wrap(gradient) : nullptr;
  });
}

CT_EXPORT ct_status ct_tensor_set_grad(ct_tensor tensor, ct_tensor gradient) {
  return ct::guarded("gradient", [&] {
    ct::tensor(tensor, "tensor").mutable_grad() =
        gradient == nullptr ? at::Tensor() : ct::tensor(gradient, "gradient");
  });
}

CT_EXPORT ct_status ct_backward(
    ct_tensor tensor, ct_tensor gradient, bool retain_graph, bool create_graph) {
  return ct::guarded("backward", [&] {
    at::Tensor& root = ct::tensor(tensor, "tensor");
    TORCH_CHECK_VALUE(
        root.requires_grad(), "the tensor does not depend on any parameter that requires gradients");
    std::vector<at::Tensor> gradients{ct::optional_tensor(gradient).value_or(at::Tensor())};
    torch::autograd::backward({root}, gradients, retain_graph, create_graph);
  });
}

CT_EXPORT ct_status ct_gradients(
    const ct_tensor* outputs, ct_int outputs_count, const ct_tensor* inputs, ct_int inputs_count,
    const ct_tensor* output_gradients, bool retain_graph, bool create_graph, bool allow_unused,
    ct_tensor_array* out) {
  return ct::guarded("gradients", [&] {
    std::vector<at::Tensor> weights;
    if (output_gradients != nullptr) weights = ct::tensor_list(output_gradients, outputs_count);
    *out = ct::wrap(torch::autograd::grad(
        ct::tensor_list(outputs, outputs_count), ct::tensor_list(inputs, inputs_count), weights,
        retain_graph, create_graph, allow_unused));
  });
}

CT_EXPORT ct_status ct_tensor_overwrite(ct_tensor tensor, ct_tensor values) {
  return ct::guarded("overwrite", [&] {
    const c10::NoGradGuard guard;
    // An alias whose writes are counted apart.
    const at::Tensor alias = ct::tensor(tensor, "tensor").variable_data();
    alias.copy_(ct::tensor(values, "values"));
  });
}

CT_EXPORT bool ct_grad_mode(void) { return c10::GradMode::is_enabled(); }
CT_EXPORT void ct_set_grad_mode(bool enabled) { c10::GradMode::set_enabled(enabled); }

namespace {
thread_local bool records_later = false;
}

CT_EXPORT bool ct_records_later(void) { return records_later; }
CT_EXPORT bool ct_exchange_records_later(bool wanted) {
  return std::exchange(records_later, wanted);
}

CT_EXPORT void* ct_inference_mode_enter(void) { return new c10::InferenceMode(true); }
CT_EXPORT void ct_inference_mode_leave(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }

CT_EXPORT bool ct_autocast_enter(int8_t device_type, int8_t dtype, int8_t* previous_dtype) {
  const auto device = static_cast<at::DeviceType>(device_type);
  const bool was_enabled = at::autocast::is_autocast_enabled(device);
  *previous_dtype = static_cast<int8_t>(at::autocast::get_autocast_dtype(device));
  at::autocast::increment_nesting();
  at::autocast::set_autocast_enabled(device, true);
  at::autocast::set_autocast_dtype(device, static_cast<at::ScalarType>(dtype));
  return was_enabled;
}

CT_EXPORT void ct_autocast_leave(int8_t device_type, bool was_enabled, int8_t previous_dtype) {
  const auto device = static_cast<at::DeviceType>(device_type);
  at::autocast::set_autocast_enabled(device, was_enabled);
  at::autocast::set_autocast_dtype(device, static_cast<at::ScalarType>(previous_dtype));
  if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
}

CT_EXPORT bool ct_exchange_autocast_cache(bool keeps) {
  const bool kept = at::autocast::is_autocast_cache_enabled();
  at::autocast::set_autocast_cache_enabled(keeps);
  return kept;
}
