// Products of matrices of which one, in panels, fits a core's cache, through tiles of our own.
#pragma once

#include <ATen/core/Tensor.h>

#include "product_tiles.h"

namespace ct::products {

/// A matrix in the order of rows, as it is or transposed.
struct Factor {
  const at::Tensor& matrix;
  bool is_transposed;

  int64_t rows() const { return matrix.size(is_transposed ? 1 : 0); }
  int64_t columns() const { return matrix.size(is_transposed ? 0 : 1); }
};

/// Whether it is a contiguous matrix in float32 on the CPU.
bool is_plain(const at::Tensor& matrix);

/// Whether the tiles gain over BLAS on this processor for so many rows of one factor and values of the other.
bool suits_panels(int64_t rows, int64_t values);
/// The same, of these matrices, whatever they are.
bool suits_panels(const Factor& a, const Factor& b);

/// Runs a job in blocks of rows and steps that stay in a core's cache while the panels go by.
void run_in_blocks(const Job& job);

/// c = a b, plus a value for each column where there is one. Each value is one sum over the steps in order,
/// whatever the number of rows or threads.
void multiply_panels(const Factor& a, const Factor& b, const float* shift, at::Tensor& c);

}  // namespace ct::products
