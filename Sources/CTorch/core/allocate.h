// Tensors without values on the CPU, made without the dispatcher, which takes longer than the memory does.
#pragma once

#include <ATen/EmptyTensor.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty_like.h>

namespace ct {

inline at::Tensor uninitialized(at::IntArrayRef shape, at::ScalarType type = at::kFloat) {
  return at::Tensor(at::detail::empty_cpu(shape, type));
}

/// As the given one lies in memory.
inline at::Tensor uninitialized_like(const at::Tensor& tensor) {
  return tensor.is_contiguous() && tensor.is_cpu() && tensor.layout() == at::kStrided
             ? uninitialized(tensor.sizes(), tensor.scalar_type())
             : at::empty_like(tensor);
}

}  // namespace ct
