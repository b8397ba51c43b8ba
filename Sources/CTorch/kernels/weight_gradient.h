// A convolution's gradient for its weight, straight from memory: oneDNN's kernel for it does little more than
// half of the products that the processor could do in bfloat16.
#pragma once

#include <ATen/core/Tensor.h>

#include "direct_convolution.h"

namespace ct::direct {

/// Whether there is a kernel for the gradient of a weight `[outputs, inputs, height, width]`, in one group and
/// without dilation, from images `[batch, inputs, height, width]` that are taken in float32 or bfloat16, and
/// whether it gains over libtorch's.
bool suits_gradient(
    const at::Tensor& images, const at::Tensor& weight, const Walk& walk, at::ScalarType type);

/// The gradient for a weight of these extents from images and the gradient for the outputs, both with their
/// channels innermost. The sums are taken over parts whose extents depend on the shapes alone, so that the
/// result does not depend on the number of threads.
at::Tensor weight_gradient(
    const at::Tensor& images, const at::Tensor& outputs, at::IntArrayRef weight, const Walk& walk);

}  // namespace ct::direct
