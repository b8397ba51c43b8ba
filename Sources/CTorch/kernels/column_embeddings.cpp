// The vectors of a row's categories beside its numbers, as one node of the graph: one pass forward that
// looks up, drops and joins, one backward that adds each slope to its vector's.
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/embedding_dense_backward.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>

#include <algorithm>
#include <vector>

#include "../core/guarded.h"
#include "../core/threads.h"
#include "../include/ctorch.h"
#include "choice.h"
#include "dropout.h"
#include "random_mask.h"

namespace {

using torch::autograd::variable_list;

/// How a table of rows is laid out, and what is dropped of its vectors.
struct Layout {
  int64_t numbers;
  std::vector<int64_t> widths;
  double dropout;
  uint64_t seed;

  int64_t vectors() const {
    int64_t sum = 0;
    for (const int64_t width : widths) sum += width;
    return sum;
  }
  int64_t width() const { return numbers + vectors(); }
  ct::rows::Drop drop() const { return ct::rows::Drop(seed, dropout); }
};

/// The codes of all columns, `[rows, columns]`, checked.
std::vector<int64_t> codes(
    const at::Tensor& rows, const std::vector<at::Tensor>& tables, int64_t numbers) {
  const int64_t count = rows.size(0), columns = static_cast<int64_t>(tables.size());
  const float* values = rows.const_data_ptr<float>();
  std::vector<int64_t> result(count * columns);
  for (int64_t row = 0; row < count; ++row)
    for (int64_t column = 0; column < columns; ++column) {
      const auto code = static_cast<int64_t>(values[row * rows.size(1) + numbers + column]);
      TORCH_CHECK_INDEX(code >= 0 && code < tables[column].size(0), "index out of range in self");
      result[row * columns + column] = code;
    }
  return result;
}

at::Tensor joined(
    const at::Tensor& rows, const std::vector<at::Tensor>& tables, const std::vector<int64_t>& codes,
    const Layout& layout) {
  const int64_t count = rows.size(0), columns = static_cast<int64_t>(tables.size());
  const int64_t width = layout.width(), vectors = layout.vectors();
  at::Tensor result = at::empty({count, width}, rows.options());
  const float* numbers = rows.const_data_ptr<float>();
  float* to = result.data_ptr<float>();
  std::vector<const float*> from;
  for (const at::Tensor& table : tables) from.push_back(table.const_data_ptr<float>());
  const ct::rows::Drop drop = layout.drop();
  ct::divide(count, 16384 / width + 1, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row) {
      float* out = to + row * width;
      std::copy_n(numbers + row * rows.size(1), layout.numbers, out);
      out += layout.numbers;
      auto place = static_cast<uint32_t>(row * vectors);
      for (int64_t column = 0; column < columns; ++column) {
        const int64_t extent = layout.widths[column];
        const float* vector = from[column] + codes[row * columns + column] * extent;
        if (layout.dropout > 0)
          for (int64_t i = 0; i < extent; ++i)
            out[i] = vector[i] * ct::rows::kept_share(drop, place + static_cast<uint32_t>(i));
        else
          std::copy_n(vector, extent, out);
        out += extent;
        place += static_cast<uint32_t>(extent);
      }
    }
  });
  return result;
}

struct ColumnEmbeddings : public torch::autograd::Node {
  Layout layout;
  std::vector<int64_t> codes;
  std::vector<int64_t> entries;
  int64_t count = 0;

  std::string name() const override { return "ColumnEmbeddings"; }

  /// Gradients of the rows, then of the tables.
  variable_list apply(variable_list&& outputs) override {
    variable_list result(1 + entries.size());
    if (!outputs[0].defined()) return result;
    const at::Tensor dy = outputs[0].contiguous();
    if (at::GradMode::is_enabled()) return differentiable(dy);
    if (task_should_compute_output(0)) result[0] = rows_gradient(dy);
    for (int64_t column = 0; column < columns(); ++column)
      if (task_should_compute_output(1 + column))
        result[1 + column] = at::zeros({entries[column], layout.widths[column]}, dy.options());
    const int64_t slopes = std::max<int64_t>(count * layout.vectors(), 1);
    ct::divide(columns(), 32768 * columns() / slopes + 1, [&](int64_t begin, int64_t end) {
      for (int64_t column = begin; column < end; ++column)
        if (result[1 + column].defined()) add_slopes(dy, column, result[1 + column]);
    });
    return result;
  }

 private:
  int64_t columns() const { return static_cast<int64_t>(entries.size()); }

  int64_t first(int64_t column) const {
    int64_t start = 0;
    for (int64_t i = 0; i < column; ++i) start += layout.widths[i];
    return start;
  }

  /// Code 0 stands for no category, and its vector stays as it is.
  void add_slopes(const at::Tensor& dy, int64_t column, at::Tensor& sums) const {
    const int64_t extent = layout.widths[column], start = first(column);
    const int64_t width = layout.width(), vectors = layout.vectors();
    const float* slopes = dy.const_data_ptr<float>();
    float* to = sums.data_ptr<float>();
    const ct::rows::Drop drop = layout.drop();
    for (int64_t row = 0; row < count; ++row) {
      const int64_t code = codes[row * columns() + column];
      if (code == 0) continue;
      const float* slope = slopes + row * width + layout.numbers + start;
      const auto place = static_cast<uint32_t>(row * vectors + start);
      float* sum = to + code * extent;
      if (layout.dropout > 0)
        for (int64_t i = 0; i < extent; ++i)
          sum[i] += slope[i] * ct::rows::kept_share(drop, place + static_cast<uint32_t>(i));
      else
        for (int64_t i = 0; i < extent; ++i) sum[i] += slope[i];
    }
  }

  /// Codes have no slope.
  at::Tensor rows_gradient(const at::Tensor& dy) const {
    at::Tensor result = at::zeros({count, layout.numbers + columns()}, dy.options());
    result.narrow(1, 0, layout.numbers).copy_(dy.narrow(1, 0, layout.numbers));
    return result;
  }

  /// The same through operators that know their own gradients.
  variable_list differentiable(const at::Tensor& dy) const {
    variable_list result{rows_gradient(dy)};
    const int64_t vectors = layout.vectors();
    at::Tensor shares = at::ones({count, vectors}, dy.options());
    const ct::rows::Drop drop = layout.drop();
    if (layout.dropout > 0)
      for (int64_t i = 0; i < count * vectors; ++i)
        shares.data_ptr<float>()[i] = ct::rows::kept_share(drop, static_cast<uint32_t>(i));
    const at::Tensor kept = dy.narrow(1, layout.numbers, vectors) * shares;
    for (int64_t column = 0; column < columns(); ++column) {
      at::Tensor indices = at::empty({count}, dy.options().dtype(at::kLong));
      for (int64_t row = 0; row < count; ++row)
        indices.data_ptr<int64_t>()[row] = codes[row * columns() + column];
      result.push_back(at::embedding_dense_backward(
          kept.narrow(1, first(column), layout.widths[column]), indices, entries[column], 0, false));
    }
    return result;
  }
};

bool suits(const at::Tensor& rows, const std::vector<at::Tensor>& tables, int64_t numbers) {
  const auto columns = static_cast<int64_t>(tables.size());
  const auto is_table = [](const at::Tensor& table) {
    return table.is_cpu() && table.scalar_type() == at::kFloat && table.dim() == 2 &&
           table.is_contiguous();
  };
  return rows.is_cpu() && rows.scalar_type() == at::kFloat && rows.dim() == 2 && rows.numel() > 0 &&
         rows.size(1) == numbers + columns && std::all_of(tables.begin(), tables.end(), is_table);
}

}  // namespace

CT_EXPORT ct_status ct_column_embeddings(
    ct_tensor rows, const ct_tensor* tables, ct_int count, ct_int numbers, double dropout,
    ct_generator generator, ct_tensor* out) {
  *out = nullptr;
  return ct::guarded("column embeddings", [&] {
    const at::Tensor& given = ct::tensor(rows, "rows");
    const std::vector<at::Tensor> vectors = ct::tensor_list(tables, count);
    if (ct::uses_standard_kernels() || !suits(given, vectors, numbers)) return;
    const at::Tensor x = given.contiguous();
    std::vector<int64_t> known = codes(x, vectors, numbers);
    Layout layout{numbers, {}, dropout, 0};
    std::vector<int64_t> entries;
    for (const at::Tensor& table : vectors) {
      layout.widths.push_back(table.size(1));
      entries.push_back(table.size(0));
    }
    if (dropout > 0) layout.seed = ct::next_seed(generator);
    at::Tensor result;
    {
      const at::NoGradGuard guard;
      result = joined(x, vectors, known, layout);
    }
    if (torch::autograd::compute_requires_grad(given, vectors)) {
      auto node = c10::make_intrusive<ColumnEmbeddings>();
      node->layout = std::move(layout);
      node->codes = std::move(known);
      node->entries = std::move(entries);
      node->count = x.size(0);
      node->set_next_edges(torch::autograd::collect_next_edges(given, vectors));
      torch::autograd::set_history(result, node);
    }
    *out = ct::wrap(result);
  });
}
