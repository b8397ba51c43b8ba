// Convolutions of few images, straight from memory: for these, what libtorch spends on finding and preparing
// oneDNN's kernel at each call takes longer than the convolution.
#pragma once

#include <ATen/core/Tensor.h>

#include <optional>

namespace ct::direct {

/// How a convolution walks over both axes of an image.
struct Walk {
  int64_t padding[2], stride;
};

/// Images for which these kernels are used at most.
constexpr int64_t most_images = 4;

/// Whether this processor has kernels for the weight `[outputs, inputs, height, width]` of a convolution in
/// one group without dilation.
bool suits(const at::Tensor& weight, const Walk& walk);

/// The weight in the order that the kernels read it.
at::Tensor packed(const at::Tensor& weight);

/// What a convolution does besides the products.
struct Behind {
  /// What is added to each output.
  const at::Tensor& shift;
  /// What is added to each element, of the result's shape.
  std::optional<at::Tensor> added;
  bool rectified;
};

/// The convolution of images `[batch, inputs, height, width]` in float32 by a packed weight, whose window has
/// so many rows and columns; channels lie innermost in what it gives.
at::Tensor convolved(
    const at::Tensor& images, const at::Tensor& packed, const Walk& walk, const Behind& behind);

}  // namespace ct::direct
