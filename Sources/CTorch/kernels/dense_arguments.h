// Dense layers as they are given from outside.
#pragma once

#include <ATen/core/ivalue.h>

#include "../include/ctorch_kernels.h"
#include "dense_layers.h"

namespace ct::dense {

/// Layers and the type that they are computed in.
struct Block : public torch::CustomClassHolder {
  std::vector<Layer> layers;
  at::ScalarType type = at::kFloat;
};

/// The layers, nothing of which is drawn or changed yet; null where they must run one by one.
/// - tensors: becomes the input and what the layers learn.
c10::intrusive_ptr<Block> block_of(
    const at::Tensor& input, const ct_dense_layer* layers, ct_int count,
    std::vector<at::Tensor>& tensors);

/// Counts a batch for the layers that use its statistics, and draws the seeds of what is dropped.
void draw(Block& block, const ct_dense_layer* layers, ct_generator generator);

/// What a layer learns, out of the list of all from a place on, which moves behind it.
Parameters parameters(const Layer& layer, at::TensorList all, size_t& place);

}  // namespace ct::dense
