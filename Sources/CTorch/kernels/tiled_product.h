// Products of rows with a weight that was packed before, by the loops of convolutions: each row is a pixel.
#pragma once

#include <ATen/core/Tensor.h>

#include <algorithm>
#include <cstdint>

#include "convolution_tiles.h"

namespace ct::tiles {

using ct::direct::lanes;

inline int64_t blocks_of(int64_t count) { return (count + lanes - 1) / lanes; }

/// A weight `[outputs, inputs]` as the loops read it, `[outputs / 16, blocks, 16, 16]`, inputs filled up with
/// zeros to whole blocks.
at::Tensor packed(const at::Tensor& weight);

/// Rows of a matrix as blocks `[blocks, rows, 16]`, filled up with zeros.
void write_blocks(const float* x, int64_t rows, int64_t columns, float* to);

/// The product of blocks of rows with a packed weight, for some of the groups of sixteen outputs.
struct Product {
  int64_t blocks, rows;
  /// Floats from a row of the result to the next.
  int64_t width;
  const float *weight, *shift;
  /// What is added to the product of each row, as wide as the result; null for nothing.
  const float* added = nullptr;

  void write(const float* from, float* to, int64_t begin, int64_t end) const;
};

/// Rows `[rows, inputs]` times the transpose of a packed weight, plus a value for each output.
at::Tensor linear(const at::Tensor& rows, const at::Tensor& packed, const at::Tensor& shift);

}  // namespace ct::tiles
