// The forward pass of dense layers, the cross-entropy of what they give and all gradients in one call, without
// a graph: what the nodes of the block and of the loss do, in the same order and by the same passes.
#include <ATen/core/LegacyTypeDispatch.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/add.h>

#include <cmath>

#include "../core/allocate.h"
#include "../core/guarded.h"
#include "../include/ctorch.h"
#include "cross_entropy.h"
#include "dense_arguments.h"

namespace {

using namespace ct::dense;

/// How many rows' own label has the largest logit alone.
int64_t count_right(const at::Tensor& logits, const at::Tensor& labels) {
  const int64_t rows = logits.size(0), classes = logits.size(1);
  const float* x = logits.const_data_ptr<float>();
  const int64_t* label = labels.const_data_ptr<int64_t>();
  int64_t right = 0;
  for (int64_t row = 0; row < rows; ++row, x += classes) {
    if (label[row] < 0 || label[row] >= classes) continue;
    const float own = x[label[row]];
    // All of them, so that nothing hangs on how a comparison comes out; the own one is among them.
    int64_t others = -1;
    for (int64_t i = 0; i < classes; ++i) others += !(x[i] < own);
    right += others == 0;
  }
  return right;
}

void accumulate(const at::Tensor& parameter, const at::Tensor& gradient) {
  if (!parameter.requires_grad()) return;
  at::Tensor& sum = const_cast<at::Tensor&>(parameter).mutable_grad();
  if (sum.defined()) {
    sum.add_(gradient);
  } else {
    sum = gradient;
  }
}

/// Goes back through the layers; tensors[0] is the input, which gets no gradient.
void go_back(
    const Block& block, const std::vector<Made>& made, const std::vector<at::Tensor>& tensors,
    at::Tensor outer) {
  size_t end = tensors.size(), lowest = 1;
  while (lowest < end && !tensors[lowest].requires_grad()) ++lowest;
  for (size_t number = block.layers.size(); number-- > 0 && lowest < end;) {
    const Layer& layer = block.layers[number];
    const size_t start = end - layer.parameters();
    size_t place = start;
    const Parameters own = parameters(layer, tensors, place);
    const Gradients found = backward(
        outer, made[number], own.gamma, layer, lowest < start, own.weight.requires_grad());
    if (found.weight.defined()) accumulate(own.weight, found.weight);
    if (own.bias) accumulate(*own.bias, found.bias);
    if (own.gamma) accumulate(*own.gamma, found.gamma);
    if (own.beta) accumulate(*own.beta, found.beta);
    outer = found.input;
    end = start;
  }
}

}  // namespace

CT_EXPORT ct_status ct_dense_step(
    ct_tensor input, const ct_dense_layer* layers, ct_int count, ct_tensor labels,
    double smoothing, int64_t ignored, ct_generator generator, ct_dense_outcome* out) {
  *out = {false, 0, 0};
  return ct::guarded("dense step", [&] {
    std::vector<at::Tensor> tensors;
    const auto block = block_of(ct::tensor(input, "input"), layers, count, tensors);
    const at::Tensor y = ct::tensor(labels, "labels").contiguous();
    if (!block || block->type != at::kFloat) return;
    const at::AutoDispatchBelowADInplaceOrView below;
    at::Tensor x = tensors[0].contiguous();
    const bool fits = y.is_cpu() && y.dim() == 1 && y.size(0) == x.size(0) &&
                      y.scalar_type() == at::kLong && !tensors[0].requires_grad();
    if (!fits) return;
    draw(*block, layers, generator);
    std::vector<Made> made;
    made.reserve(block->layers.size());
    size_t place = 1;
    for (const Layer& layer : block->layers) {
      made.push_back(forward(x, parameters(layer, tensors, place), layer));
      x = made.back().y;
    }
    at::Tensor gradient = ct::uninitialized_like(x);
    const double loss = ct::cross_entropy(x, y, {smoothing, ignored}, gradient);
    *out = {true, static_cast<float>(loss), count_right(x, y)};
    // A loss that is not finite ends the run; its gradients are nothing to go by.
    if (std::isfinite(out->loss)) go_back(*block, made, tensors, gradient);
  });
}
