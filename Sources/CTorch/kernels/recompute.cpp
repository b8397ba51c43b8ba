// A part of the graph that is not kept: the backward pass runs the part again.
#include <ATen/core/ivalue.h>
#include <torch/csrc/autograd/custom_function.h>

#include "../core/guarded.h"
#include "../include/ctorch.h"

namespace {

/// Owns what the caller needs to run the part again, until the graph is gone.
struct Part : public torch::CustomClassHolder {
  Part(ct_recompute recompute, void* context, void (*release)(void*))
      : recompute(recompute), context(context), release(release) {}
  ~Part() override { release(context); }

  ct_recompute recompute;
  void* context;
  void (*release)(void*);
};

/// Raises again what the caller reported, as the error that it was.
void require(ct_status status) {
  if (status == CT_OK) return;
  const char* message = ct_error_message();
  if (status == CT_OUT_OF_MEMORY) TORCH_CHECK_WITH(OutOfMemoryError, false, message);
  TORCH_CHECK(false, message);
}

class Recomputed : public torch::autograd::Function<Recomputed> {
 public:
  // The anchor requires gradients, so that the node exists where the input needs none.
  static at::Tensor forward(
      torch::autograd::AutogradContext* context, const at::Tensor& input, const at::Tensor& anchor,
      const at::Tensor& output, const c10::intrusive_ptr<Part>& part) {
    context->saved_data["part"] = c10::IValue::make_capsule(part);
    return output.view_as(output);
  }

  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext* context, torch::autograd::variable_list gradients) {
    TORCH_CHECK(
        !at::GradMode::is_enabled(),
        "activations that are computed again in the backward pass cannot be differentiated twice");
    at::Tensor input_gradient;
    if (gradients[0].defined()) {
      const auto capsule = context->saved_data["part"].toCapsule();
      const auto part = c10::static_intrusive_pointer_cast<Part>(capsule);
      ct_tensor found = nullptr;
      // The callee takes the gradient over.
      require(part->recompute(part->context, ct::wrap(gradients[0]), &found));
      if (found != nullptr) {
        input_gradient = *ct::raw(found);
        ct_tensor_free(found);
      }
    }
    return {input_gradient, at::Tensor(), at::Tensor(), at::Tensor()};
  }
};

}  // namespace

CT_EXPORT ct_status ct_recomputed(
    ct_tensor input, ct_tensor output, ct_recompute recompute, void* context,
    void (*release)(void*), ct_tensor* out) {
  const auto part = c10::make_intrusive<Part>(recompute, context, release);
  return ct::guarded("recompute", [&] {
    const at::Tensor& result = ct::tensor(output, "output");
    const at::Tensor anchor = at::empty({0}, result.options()).requires_grad_(true);
    *out = ct::wrap(Recomputed::apply(ct::tensor(input, "input"), anchor, result, part));
  });
}
