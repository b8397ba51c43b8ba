// Attention of a sequence to itself as one node of the graph, which keeps the projections, the softmax and a seed.
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/ones.h>
#include <torch/csrc/autograd/custom_function.h>

#include <cmath>

#include "../core/allocate.h"
#include "../core/guarded.h"
#include "../include/ctorch.h"
#include "attention.h"
#include "choice.h"
#include "dropout.h"
#include "row_passes.h"
#include "row_products.h"

namespace {

using ct::attention::Rule;

/// `[batch, heads, time, width]` of `[batch, time, features]`.
at::Tensor in_heads(const at::Tensor& joined, int64_t heads) {
  return joined.unflatten(-1, {heads, joined.size(-1) / heads}).transpose(1, 2);
}

at::Tensor joined(const at::Tensor& heads) { return heads.transpose(1, 2).flatten(2); }

/// The gradient for the projections by operators that know their own gradients.
at::Tensor differentiable_backward(
    const at::Tensor& projections, const Rule& rule, const at::Tensor& gradient) {
  const auto parts = projections.chunk(3, -1);
  const at::Tensor queries = in_heads(parts[0], rule.heads), keys = in_heads(parts[1], rule.heads);
  const at::Tensor values = in_heads(parts[2], rule.heads), outputs = in_heads(gradient, rule.heads);
  const double scale = 1 / std::sqrt(static_cast<double>(queries.size(-1)));
  at::Tensor products = (queries * scale).matmul(keys.transpose(-2, -1));
  if (rule.blocked) products = products.masked_fill(*rule.blocked, ct::attention::blocked_product);
  at::Tensor weights = products.softmax(-1);
  if (rule.blocked) weights = weights.masked_fill(*rule.blocked, 0);
  const at::Tensor ones = at::ones(weights.sizes(), weights.options());
  at::Tensor shares = ones;
  if (rule.drop) {
    shares = ct::uninitialized(weights.sizes());
    ct::rows::dropped(
        ones.const_data_ptr<float>(), shares.data_ptr<float>(), ones.numel(), *rule.drop, 0);
  }
  const at::Tensor by_weights = outputs.matmul(values.transpose(-2, -1)) * shares;
  const at::Tensor by_products =
      weights * (by_weights - (by_weights * weights).sum(-1, true)) * scale;
  return at::cat(
      {joined(by_products.matmul(keys)), joined(by_products.transpose(-2, -1).matmul(queries)),
       joined((weights * shares).transpose(-2, -1).matmul(outputs))},
      -1);
}

class Attention : public torch::autograd::Function<Attention> {
 public:
  static at::Tensor forward(
      torch::autograd::AutogradContext* context, const at::Tensor& projections, int64_t heads,
      const std::optional<at::Tensor>& blocked, int64_t seed, double probability) {
    at::Tensor weights;
    const at::Tensor joined =
        ct::attention::forward(projections, rule(heads, blocked, seed, probability), &weights);
    context->save_for_backward({projections, weights, blocked.value_or(at::Tensor())});
    context->saved_data["heads"] = heads;
    context->saved_data["seed"] = seed;
    context->saved_data["probability"] = probability;
    return joined;
  }

  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext* context, torch::autograd::variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto own = rule(
        context->saved_data["heads"].toInt(),
        saved[2].defined() ? std::optional(saved[2]) : std::nullopt,
        context->saved_data["seed"].toInt(), context->saved_data["probability"].toDouble());
    const at::Tensor none;
    return {
        at::GradMode::is_enabled()
            ? differentiable_backward(saved[0], own, gradients[0])
            : ct::attention::backward(saved[0], own, saved[1], gradients[0].contiguous()),
        none, none, none, none};
  }

  static Rule rule(
      int64_t heads, const std::optional<at::Tensor>& blocked, int64_t seed, double probability) {
    Rule made{heads, blocked, std::nullopt};
    if (probability > 0) made.drop.emplace(static_cast<uint64_t>(seed), probability);
    return made;
  }
};

}  // namespace

CT_EXPORT bool ct_fused_attention_gains(void) {
  return ct::direct::has_slow_products() && !ct::uses_standard_kernels();
}

CT_EXPORT ct_status ct_fused_attention(
    ct_tensor projections, ct_int heads, ct_tensor blocked, double probability,
    ct_generator generator, ct_tensor* out) {
  return ct::guarded("attention", [&] {
    const at::Tensor given = ct::tensor(projections, "projections").contiguous();
    std::optional<at::Tensor> mask = ct::optional_tensor(blocked);
    if (mask) mask = mask->expand({given.size(0), heads, given.size(1), given.size(1)});
    const auto seed = probability > 0 ? static_cast<int64_t>(ct::next_seed(generator)) : 0;
    *out = ct::wrap(
        at::GradMode::is_enabled() && given.requires_grad()
            ? Attention::apply(given, heads, mask, seed, probability)
            : ct::attention::forward(given, Attention::rule(heads, mask, seed, probability), nullptr));
  });
}
