// A linear map of rows, and the batch normalization, rectifier and dropout behind it, in few passes on the
// CPU and without a record for differentiation.
#pragma once

#include "normalization.h"

namespace ct::dense {

using OptionalTensor = std::optional<at::Tensor>;

/// What a layer is besides the tensors that it learns.
struct Layer {
  bool has_norm = false, has_bias = false, has_weight = false, has_shift = false;
  normalization::Options norm{false, 0, 0, false};
  double dropout = 0;
  uint64_t seed = 0;
  OptionalTensor running_mean, running_variance;

  double factor() const { return dropout > 0 ? 1 / (1 - dropout) : 1; }
  int64_t parameters() const { return 1 + has_bias + has_weight + has_shift; }
};

/// What a layer learns: the weight of the map, its shift, and both of the normalization.
struct Parameters {
  at::Tensor weight;
  OptionalTensor bias, gamma, beta;
};

/// What a layer made on the way to its output, which its gradients are made of.
struct Made {
  /// What the product was computed of, and the product; the latter where something normalizes it.
  at::Tensor x, w, z;
  at::Tensor y;
  normalization::Statistics statistics;
};

/// The gradients by what a layer gets and learns.
struct Gradients {
  at::Tensor input, weight, bias, gamma, beta;
};

at::Tensor as(const at::Tensor& tensor, at::ScalarType type);

/// The sums of the columns of contiguous rows in float32 or bfloat16, in float32.
at::Tensor column_sums(const at::Tensor& rows);

/// The output for rows of the type that the product is computed in.
Made forward(const at::Tensor& x, const Parameters& parameters, const Layer& layer);

/// The gradients, those by the input and the weight where they are wanted.
Gradients backward(
    const at::Tensor& outer, const Made& made, const OptionalTensor& gamma, const Layer& layer,
    bool wants_input, bool wants_weight);

/// The output once more, through operators that know their own gradients; y is what was given out, which
/// says what the rectifier and dropout let through.
at::Tensor differentiable(
    const at::Tensor& x, const Parameters& parameters, const at::Tensor& y, const Layer& layer);

}  // namespace ct::dense
