// Attention of a sequence to itself on the CPU, from the projections of queries, keys and values as one linear map
// leaves them to the joined heads, without copies between.
#pragma once

#include <ATen/core/Tensor.h>

#include <optional>

#include "random_mask.h"

namespace ct::attention {

/// What a key that is blocked gives a query: finite, so that a query without keys has weights to set to zero.
constexpr float blocked_product = -6e4f;

/// What attention goes by besides its input.
struct Rule {
  int64_t heads;
  /// True where a query may not look at a key, `[batch, heads, queries, keys]`; without memory of its own where
  /// extents repeat.
  std::optional<at::Tensor> blocked;
  /// What dropout keeps of the weights, seen as one contiguous tensor of that shape.
  std::optional<rows::Drop> drop;
};

/// The joined heads `[batch, time, features]` of projections `[batch, time, 3 features]`.
/// - weights: takes the softmax, before dropout, `[batch, heads, time, time]`; null where nobody wants it.
at::Tensor forward(const at::Tensor& projections, const Rule& rule, at::Tensor* weights);

/// The gradient for the projections.
/// - gradient: that for the joined heads.
at::Tensor backward(
    const at::Tensor& projections, const Rule& rule, const at::Tensor& weights, const at::Tensor& gradient);

}  // namespace ct::attention
