// Answers of dense layers for a few rows, where a product of matrices spends its time on being set up: each
// weight is read once, and nothing is kept.
#pragma once

#include <optional>

#include "dense_arguments.h"

namespace ct::dense {

/// The output of the layers; none where they draw or learn something, where their number of rows suits products
/// better, or where a gradient is wanted.
/// - tensors: the input and what the layers learn, of the layers' type.
std::optional<at::Tensor> answers(const Block& block, const std::vector<at::Tensor>& tensors);

}  // namespace ct::dense
