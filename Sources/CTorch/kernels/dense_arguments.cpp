#include "dense_arguments.h"

#include <ATen/autocast_mode.h>

#include "../core/guarded.h"
#include "../include/ctorch.h"
#include "choice.h"
#include "dropout.h"

namespace ct::dense {

namespace {

/// The element type that products of rows are computed in; none where they cannot be fused.
std::optional<at::ScalarType> computing_type(const at::Tensor& x) {
  if (!x.is_cpu() || x.dim() != 2 || x.numel() == 0) return std::nullopt;
  const bool is_half = x.scalar_type() == at::kBFloat16;
  if (!at::autocast::is_autocast_enabled(at::kCPU))
    return x.scalar_type() == at::kFloat ? std::optional(at::kFloat) : std::nullopt;
  const bool casts = at::autocast::get_autocast_dtype(at::kCPU) == at::kBFloat16;
  return casts && (is_half || x.scalar_type() == at::kFloat) ? std::optional(at::kBFloat16)
                                                             : std::nullopt;
}

bool is_matrix(const at::Tensor& weight, int64_t inputs) {
  return weight.is_cpu() && weight.dim() == 2 && weight.scalar_type() == at::kFloat &&
         weight.is_contiguous() && weight.size(1) == inputs;
}

/// A layer whose parameters go to the tensors; none where it cannot be fused.
std::optional<Layer> layer_of(
    const ct_dense_layer& given, int64_t rows, int64_t inputs, std::vector<at::Tensor>& tensors) {
  const at::Tensor& weight = ct::tensor(given.weight, "weight");
  if (!is_matrix(weight, inputs)) return std::nullopt;
  Layer layer;
  layer.has_norm = given.has_norm;
  layer.norm.rectified = given.rectified;
  layer.dropout = given.rectified ? given.dropout : 0;
  OptionalTensor bias = ct::optional_tensor(given.bias), gamma, beta;
  if (given.has_norm) {
    const ct_dense_norm& norm = given.norm;
    gamma = ct::optional_tensor(norm.weight);
    beta = ct::optional_tensor(norm.bias);
    layer.running_mean = ct::optional_tensor(norm.running_mean);
    layer.running_variance = ct::optional_tensor(norm.running_variance);
    layer.norm.uses_batch = norm.uses_batch;
    layer.norm.momentum = norm.momentum;
    layer.norm.epsilon = norm.epsilon;
    const bool has_statistics =
        norm.uses_batch ? rows > 1 : layer.running_mean && layer.running_variance;
    if (!has_statistics) return std::nullopt;
  }
  tensors.push_back(weight);
  for (const OptionalTensor* own : {&bias, &gamma, &beta}) {
    if (!ct::normalization::is_per_channel(*own, weight.size(0))) return std::nullopt;
    if (*own) tensors.push_back(**own);
  }
  for (const OptionalTensor* own : {&layer.running_mean, &layer.running_variance})
    if (!ct::normalization::is_per_channel(*own, weight.size(0))) return std::nullopt;
  layer.has_bias = bias.has_value();
  layer.has_weight = gamma.has_value();
  layer.has_shift = beta.has_value();
  return layer;
}

}  // namespace

c10::intrusive_ptr<Block> block_of(
    const at::Tensor& input, const ct_dense_layer* layers, ct_int count,
    std::vector<at::Tensor>& tensors) {
  const auto type = computing_type(input);
  if (!type || ct::uses_standard_kernels()) return {};
  auto block = c10::make_intrusive<Block>();
  block->type = *type;
  block->layers.reserve(count);
  tensors = {input};
  int64_t features = input.size(1);
  for (ct_int i = 0; i < count; ++i) {
    auto layer = layer_of(layers[i], input.size(0), features, tensors);
    if (!layer) return {};
    block->layers.push_back(std::move(*layer));
    features = ct::tensor(layers[i].weight, "weight").size(0);
  }
  return block;
}

void draw(Block& block, const ct_dense_layer* layers, ct_generator generator) {
  for (size_t i = 0; i < block.layers.size(); ++i) {
    const ct_dense_norm& norm = layers[i].norm;
    if (layers[i].has_norm && norm.uses_batch && norm.count != nullptr) {
      at::Tensor& batches = ct::tensor(norm.count, "count");
      if (batches.scalar_type() == at::kLong && batches.is_cpu()) *batches.data_ptr<int64_t>() += 1;
    }
    Layer& layer = block.layers[i];
    if (layer.dropout > 0) layer.seed = ct::next_seed(generator);
  }
}

Parameters parameters(const Layer& layer, at::TensorList all, size_t& place) {
  const auto next = [&](bool is_there) {
    return is_there ? OptionalTensor(all[place++]) : std::nullopt;
  };
  Parameters result{all[place++], {}, {}, {}};
  result.bias = next(layer.has_bias);
  result.gamma = next(layer.has_weight);
  result.beta = next(layer.has_shift);
  return result;
}

}  // namespace ct::dense
