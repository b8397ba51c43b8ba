// The product of two matrices over their rows, a^T b, straight from memory: the gradient for the weight of a
// linear map.
#pragma once

#include <ATen/core/Tensor.h>

namespace ct::direct {

/// Whether there is a kernel for matrices of these shapes, in float32 on the CPU, and whether it gains over
/// libtorch's on this processor.
bool suits_row_product(const at::Tensor& a, const at::Tensor& b);

/// a^T b. Each sum runs over the rows in one order, so that the result does not depend on the number of threads.
at::Tensor row_product(const at::Tensor& a, const at::Tensor& b);

/// Whether libtorch's own products in float32 leave a part of this processor unused: MKL has no kernels with
/// 512 bits for AMD's.
bool has_slow_products();

}  // namespace ct::direct
