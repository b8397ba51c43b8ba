// Cross-entropy of logits with whole-number labels as one node of the graph: the gradient is computed
// with the loss, while a row of logits is at hand, and is all that is kept.
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/softmax.h>
#include <torch/csrc/autograd/custom_function.h>

#include <vector>

#include "../core/allocate.h"
#include "../core/guarded.h"
#include "../core/threads.h"
#include "../include/ctorch.h"
#include "choice.h"
#include "cross_entropy.h"
#include "softmax_passes.h"

namespace {

/// The loss of a row; p holds the softmax and becomes the gradient, once divided by the rows that count.
double row_loss(const float* x, float* p, int64_t classes, int64_t label, double smoothing) {
  const double logarithm = ct::rows::softmax(x, p, classes);
  double loss = (1 - smoothing) * (logarithm - x[label]);
  if (smoothing > 0) {
    const double share = smoothing / static_cast<double>(classes);
    double sum = 0;
    for (int64_t i = 0; i < classes; ++i) {
      sum += x[i];
      p[i] -= static_cast<float>(share);
    }
    loss += share * (static_cast<double>(classes) * logarithm - sum);
  }
  p[label] -= static_cast<float>(1 - smoothing);
  return loss;
}

/// How many rows count; a label that is no class is an error.
int64_t counted_rows(const at::Tensor& x, const int64_t* label, int64_t ignored) {
  const int64_t rows = x.size(0), classes = x.size(1);
  int64_t counted = 0;
  for (int64_t row = 0; row < rows; ++row) {
    if (label[row] == ignored) continue;
    TORCH_CHECK_INDEX(
        label[row] >= 0 && label[row] < classes, "Target ", label[row], " is out of bounds.");
    ++counted;
  }
  return counted;
}

}  // namespace

double ct::cross_entropy(
    const at::Tensor& x, const at::Tensor& y, const Labels& labels, at::Tensor& gradient) {
  const int64_t rows = x.size(0), classes = x.size(1);
  const float* logits = x.const_data_ptr<float>();
  const int64_t* label = y.const_data_ptr<int64_t>();
  float* slopes = gradient.data_ptr<float>();
  const int64_t counted = counted_rows(x, label, labels.ignored);
  std::vector<double> losses(rows, 0.0);
  const float share = 1.0f / static_cast<float>(counted);
  ct::divide(rows, 32768 / classes + 1, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row) {
      float* own = slopes + row * classes;
      const bool counts = label[row] != labels.ignored;
      if (counts)
        losses[row] =
            row_loss(logits + row * classes, own, classes, label[row], labels.smoothing);
      for (int64_t i = 0; i < classes; ++i) own[i] = counts ? own[i] * share : 0.0f;
    }
  });
  double sum = 0;
  for (const double loss : losses) sum += loss;
  return sum / static_cast<double>(counted);
}

bool ct::fits_cross_entropy(const at::Tensor& x, const at::Tensor& y) {
  return x.is_cpu() && y.is_cpu() && x.dim() == 2 && y.dim() == 1 && x.numel() > 0 &&
         x.size(0) == y.size(0) && x.scalar_type() == at::kFloat && y.scalar_type() == at::kLong;
}

namespace {

using ct::Labels;

class FusedCrossEntropy : public torch::autograd::Function<FusedCrossEntropy> {
 public:
  static at::Tensor forward(
      torch::autograd::AutogradContext* context, const at::Tensor& given, const at::Tensor& target,
      const Labels& labels) {
    const at::Tensor x = given.contiguous(), y = target.contiguous();
    at::Tensor gradient = ct::uninitialized_like(x);
    const double mean = ct::cross_entropy(x, y, labels, gradient);
    context->save_for_backward({given, y, gradient});
    context->saved_data["ignored"] = labels.ignored;
    at::Tensor loss = ct::uninitialized({});
    *loss.data_ptr<float>() = static_cast<float>(mean);
    return loss;
  }

  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext* context, torch::autograd::variable_list outputs) {
    const auto saved = context->get_saved_variables();
    at::Tensor gradient = saved[2];
    if (at::GradMode::is_enabled()) {
      // The same numbers, as a function of the logits: softmax is all that depends on them.
      const at::Tensor counts =
          (saved[1] != context->saved_data["ignored"].toInt()).to(at::kFloat).unsqueeze(1);
      const at::Tensor p = at::softmax(saved[0], 1);
      gradient = (gradient + (p - p.detach()) * counts / counts.sum()) * outputs[0];
    } else if (const float factor = outputs[0].item<float>(); factor != 1) {
      gradient = gradient * factor;
    }
    return {gradient, at::Tensor(), at::Tensor()};
  }
};

}  // namespace

CT_EXPORT ct_status ct_fused_cross_entropy(
    ct_tensor logits, ct_tensor labels, double smoothing, int64_t ignored, ct_tensor* out) {
  *out = nullptr;
  return ct::guarded("cross-entropy", [&] {
    const at::Tensor& x = ct::tensor(logits, "logits");
    const at::Tensor& y = ct::tensor(labels, "labels");
    const bool fits = ct::fits_cross_entropy(x, y) && !ct::uses_standard_kernels();
    if (fits) *out = ct::wrap(FusedCrossEntropy::apply(x, y, Labels{smoothing, ignored}));
  });
}

CT_EXPORT ct_status ct_cross_entropy_of_rows(
    ct_tensor logits, ct_tensor labels, double smoothing, int64_t ignored, ct_tensor* out) {
  *out = nullptr;
  return ct::guarded("cross-entropy", [&] {
    const at::Tensor& given = ct::tensor(logits, "logits");
    const at::Tensor& target = ct::tensor(labels, "labels");
    if (!ct::fits_cross_entropy(given, target) || ct::uses_standard_kernels()) return;
    if (at::GradMode::is_enabled() && given.requires_grad()) return;
    const at::Tensor x = given.contiguous(), y = target.contiguous();
    const int64_t rows = x.size(0), classes = x.size(1);
    const float* values = x.const_data_ptr<float>();
    const int64_t* label = y.const_data_ptr<int64_t>();
    counted_rows(x, label, ignored);
    at::Tensor losses = ct::uninitialized({rows});
    float* loss = losses.data_ptr<float>();
    ct::divide(rows, 32768 / classes + 1, [&](int64_t begin, int64_t end) {
      std::vector<float> p(classes);
      for (int64_t row = begin; row < end; ++row)
        loss[row] = label[row] == ignored
                        ? 0.0f
                        : static_cast<float>(row_loss(
                              values + row * classes, p.data(), classes, label[row], smoothing));
    });
    *out = ct::wrap(losses);
  });
}
