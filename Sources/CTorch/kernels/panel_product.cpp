#include "panel_product.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "../core/threads.h"
#include "choice.h"
#include "row_products.h"

namespace ct::products {

namespace {

/// Rows for which packing pays.
constexpr int64_t least_rows = 8;
/// Values up to which panels are kept from one product to the next.
constexpr int64_t most_values = 1 << 20;
/// Rows and steps that stay in a core's cache while the panels go by.
constexpr int64_t rows_at_once = 64, steps_at_once = 256;
/// Rows that a thread takes together.
constexpr int64_t block_rows = 16;
/// Products, and values to pack, for which a thread pays.
constexpr int64_t portion = 1 << 19, packed_portion = 1 << 15;

/// The panels of a matrix, valid until this thread packs the next.
const float* packed(const Matrix& matrix) {
  static thread_local std::vector<float> values;
  const int64_t size = matrix.steps * panel;
  values.resize(std::max<size_t>(values.size(), matrix.panels() * size));
  float* const to = values.data();
  ct::divide(matrix.panels(), packed_portion / size + 1, [&](int64_t begin, int64_t end) {
    pack(matrix, begin, end, to);
  });
  return to;
}

}  // namespace

bool is_plain(const at::Tensor& matrix) {
  return matrix.scalar_type() == at::kFloat && matrix.is_cpu() && matrix.dim() == 2 &&
         matrix.numel() > 0 && matrix.is_contiguous() &&
         std::max(matrix.size(0), matrix.size(1)) <= std::numeric_limits<int>::max();
}

bool suits_panels(int64_t rows, int64_t values) {
  return ct::direct::has_slow_products() && rows >= least_rows && values <= most_values &&
         !ct::uses_standard_kernels();
}

bool suits_panels(const Factor& a, const Factor& b) {
  return is_plain(a.matrix) && is_plain(b.matrix) && suits_panels(a.rows(), b.matrix.numel());
}

void run_in_blocks(const Job& whole) {
  Job job = whole;
  for (int64_t row = 0; row < whole.rows; row += rows_at_once)
    for (int64_t step = 0; step < whole.steps; step += steps_at_once) {
      job.rows = std::min(rows_at_once, whole.rows - row);
      job.steps = std::min(steps_at_once, whole.steps - step);
      job.a = whole.a + row * whole.a_row + step * whole.a_step;
      job.b = whole.b + step * panel;
      job.adds = whole.adds || step > 0;
      job.c = whole.c + row * whole.c_row;
      run(job);
    }
}

void multiply_panels(const Factor& a, const Factor& b, const float* shift, at::Tensor& c) {
  const int64_t rows = a.rows(), steps = b.rows(), columns = b.columns();
  const float* const panels =
      packed({b.matrix.const_data_ptr<float>(), steps, columns, b.is_transposed});
  const float* const from = a.matrix.const_data_ptr<float>();
  float* const to = c.data_ptr<float>();
  Job whole{};
  whole.steps = steps;
  whole.columns = whole.c_row = columns;
  whole.a_row = a.is_transposed ? 1 : steps;
  whole.a_step = a.is_transposed ? rows : 1;
  whole.b = panels;
  whole.b_panel = steps * panel;
  whole.shift = shift;
  const int64_t blocks = (rows + block_rows - 1) / block_rows;
  ct::divide(blocks, portion / (block_rows * steps * columns) + 1, [&](int64_t begin, int64_t end) {
    const int64_t first = begin * block_rows;
    Job job = whole;
    job.rows = std::min(rows, end * block_rows) - first;
    job.a = from + first * job.a_row;
    job.c = to + first * columns;
    run_in_blocks(job);
  });
}

}  // namespace ct::products
