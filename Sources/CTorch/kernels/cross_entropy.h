// Cross-entropy with its gradient in one pass.
#pragma once

#include <ATen/core/Tensor.h>

namespace ct {

/// How labels are taken.
struct Labels {
  double smoothing;
  int64_t ignored;
};

/// Whether logits and labels are as the pass needs them.
bool fits_cross_entropy(const at::Tensor& logits, const at::Tensor& labels);

/// The mean loss of contiguous logits, [rows, classes]; the gradient by them is written.
double cross_entropy(
    const at::Tensor& logits, const at::Tensor& target, const Labels& labels,
    at::Tensor& gradient);

}  // namespace ct
