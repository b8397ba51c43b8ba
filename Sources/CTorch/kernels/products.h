// Products of matrices without a record for differentiation.
#pragma once

#include <ATen/core/Tensor.h>

#include <optional>

namespace ct::products {

/// Rows times the transpose of a weight `[outputs, inputs]`, plus a value for each output.
at::Tensor linear(
    const at::Tensor& rows, const at::Tensor& weight, const std::optional<at::Tensor>& bias);

/// a b.
at::Tensor plain(const at::Tensor& a, const at::Tensor& b);

/// a^T b.
at::Tensor transposed(const at::Tensor& a, const at::Tensor& b);

}  // namespace ct::products
