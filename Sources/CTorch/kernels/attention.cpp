#include "attention.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "../core/allocate.h"
#include "../core/threads.h"
#include "attention_passes.h"
#include "panel_product.h"
#include "row_passes.h"
#include "softmax_passes.h"

namespace ct::attention {

namespace {

using products::Job;
using products::Matrix;
using products::panel;

/// Queries whose products stay in a core's cache.
constexpr int64_t queries_at_once = 64;
/// Products for which a thread pays.
constexpr int64_t portion = 1 << 19;

/// Extents, and where heads lie.
struct Layout {
  int64_t batch, heads, time, width;

  Layout(const at::Tensor& projections, int64_t heads)
      : batch(projections.size(0)),
        heads(heads),
        time(projections.size(1)),
        width(projections.size(2) / 3 / heads) {}

  int64_t features() const { return heads * width; }
  /// From one position to the next in the projections.
  int64_t row() const { return 3 * features(); }
  /// The products of one head.
  int64_t products() const { return 2 * time * time * width; }
  float scale() const { return 1 / std::sqrt(static_cast<float>(width)); }

  /// Calls the body with the numbers of sample and head, several at a time.
  template <typename Body>
  void for_heads(const Body& body) const {
    ct::divide(batch * heads, portion / std::max<int64_t>(products(), 1) + 1, [&](int64_t begin, int64_t end) {
      for (int64_t number = begin; number < end; ++number) body(number / heads, number % heads);
    });
  }
};

/// Queries, keys or values of one head: rows of its width.
struct Rows {
  const float* values;
  int64_t count, width, row;

  Rows from(int64_t first, int64_t length) const { return {values + first * row, length, width, row}; }
  /// As the right factor of a product over rows, or over the width.
  Matrix over_rows() const { return {values, count, width, false, row}; }
  Matrix over_width() const { return {values, width, count, true, row}; }
};

/// One head of one sample.
struct Head {
  Rows queries, keys, values;

  Head(const at::Tensor& projections, const Layout& of, int64_t sample, int64_t head) {
    const float* const first =
        projections.const_data_ptr<float>() + sample * of.time * of.row() + head * of.width;
    queries = {first, of.time, of.width, of.row()};
    keys = {first + of.features(), of.time, of.width, of.row()};
    values = {first + 2 * of.features(), of.time, of.width, of.row()};
  }
};

/// Floats of a thread, kept from one call to the next; each number has its own.
template <int number>
float* room(int64_t count) {
  static thread_local std::vector<float> values;
  values.resize(std::max<size_t>(values.size(), count));
  return values.data();
}

/// The panels of a matrix, in the room of that number.
template <int number>
const float* packed(const Matrix& matrix) {
  float* const to = room<number>(matrix.panels() * matrix.steps * panel);
  pack(matrix, 0, matrix.panels(), to);
  return to;
}

/// c = a b, or what is added to c; a in rows `a_row` apart, or its transpose.
void multiply(
    const float* a, int64_t a_row, bool is_transposed, int64_t rows, const Matrix& b, const float* panels,
    float* c, int64_t c_row, bool adds = false) {
  Job job{};
  job.rows = rows;
  job.columns = b.columns;
  job.steps = b.steps;
  job.a = a;
  job.a_row = is_transposed ? 1 : a_row;
  job.a_step = is_transposed ? a_row : 1;
  job.b = panels;
  job.b_panel = b.steps * panel;
  job.adds = adds;
  job.c = c;
  job.c_row = c_row;
  run_in_blocks(job);
}

/// Which keys a query of a head may not look at.
struct Blocked {
  const bool* values = nullptr;
  int64_t query = 0, key = 0;

  Blocked(const Rule& rule, int64_t sample, int64_t head) {
    if (!rule.blocked) return;
    const at::Tensor& mask = *rule.blocked;
    values = mask.const_data_ptr<bool>() + sample * mask.stride(0) + head * mask.stride(1);
    query = mask.stride(2);
    key = mask.stride(3);
  }

  /// Writes a value where a key of a query is blocked.
  void mark(int64_t of, float* row, int64_t count, float value) const {
    if (values == nullptr) return;
    const bool* const from = values + of * query;
    for (int64_t i = 0; i < count; ++i) row[i] = from[i * key] ? value : row[i];
  }
};

}  // namespace

at::Tensor forward(const at::Tensor& projections, const Rule& rule, at::Tensor* weights) {
  const Layout of(projections, rule.heads);
  at::Tensor joined = ct::uninitialized({of.batch, of.time, of.features()});
  if (weights != nullptr) *weights = ct::uninitialized({of.batch, of.heads, of.time, of.time});
  float* const kept = weights == nullptr ? nullptr : weights->data_ptr<float>();
  float* const output = joined.data_ptr<float>();
  of.for_heads([&](int64_t sample, int64_t number) {
    const Head head(projections, of, sample, number);
    const Blocked blocked(rule, sample, number);
    const Matrix keys = head.keys.over_width(), values = head.values.over_rows();
    const float* const key_panels = packed<0>(keys);
    const float* const value_panels = packed<1>(values);
    const int64_t place = (sample * of.heads + number) * of.time * of.time;
    float* const scores = room<2>(queries_at_once * of.time);
    for (int64_t first = 0; first < of.time; first += queries_at_once) {
      const int64_t count = std::min(queries_at_once, of.time - first);
      const Rows queries = head.queries.from(first, count);
      multiply(queries.values, queries.row, false, count, keys, key_panels, scores, of.time);
      float* const shares =
          kept == nullptr ? room<3>(queries_at_once * of.time) : kept + place + first * of.time;
      for (int64_t query = 0; query < count; ++query) {
        float* const row = scores + query * of.time;
        float* const share = shares + query * of.time;
        blocked.mark(first + query, row, of.time, blocked_product / of.scale());
        rows::softmax(row, share, of.time, of.scale());
        blocked.mark(first + query, share, of.time, 0);
      }
      const float* used = shares;
      if (rule.drop) {
        rows::dropped(
            shares, scores, count * of.time, *rule.drop, static_cast<uint32_t>(place + first * of.time));
        used = scores;
      }
      multiply(
          used, of.time, false, count, values, value_panels,
          output + (sample * of.time + first) * of.features() + number * of.width, of.features());
    }
  });
  return joined;
}

at::Tensor backward(
    const at::Tensor& projections, const Rule& rule, const at::Tensor& weights, const at::Tensor& gradient) {
  const Layout of(projections, rule.heads);
  at::Tensor result = ct::uninitialized_like(projections);
  const float* const kept = weights.const_data_ptr<float>();
  const float* const from = gradient.const_data_ptr<float>();
  of.for_heads([&](int64_t sample, int64_t number) {
    const Head head(projections, of, sample, number);
    float* const to = result.data_ptr<float>() + sample * of.time * of.row() + number * of.width;
    const Matrix values = head.values.over_width(), keys = head.keys.over_rows();
    const float* const value_panels = packed<0>(values);
    const float* const key_panels = packed<1>(keys);
    float* const slopes = room<2>(queries_at_once * of.time);
    float* const dropped = room<3>(queries_at_once * of.time);
    const int64_t place = (sample * of.heads + number) * of.time * of.time;
    for (int64_t first = 0; first < of.time; first += queries_at_once) {
      const int64_t count = std::min(queries_at_once, of.time - first);
      const Rows outputs{
          from + (sample * of.time + first) * of.features() + number * of.width, count, of.width,
          of.features()};
      multiply(outputs.values, outputs.row, false, count, values, value_panels, slopes, of.time);
      const int64_t start = place + first * of.time;
      for (int64_t query = 0; query < count; ++query) {
        const int64_t row = query * of.time;
        const float* const share = kept + start + row;
        rule.drop ? rows::attention_gradient(
                        share, slopes + row, dropped + row, of.time, of.scale(), *rule.drop,
                        static_cast<uint32_t>(start + row))
                  : rows::attention_gradient(share, slopes + row, of.time, of.scale());
      }
      // Of the values: the weights' transpose times the gradient; of queries and keys: the products' gradient,
      // or its transpose, times what they were multiplied by.
      const Matrix right = outputs.over_rows(), queries = head.queries.from(first, count).over_rows();
      multiply(
          rule.drop ? dropped : kept + start, of.time, true, of.time, right, packed<4>(right),
          to + 2 * of.features(), of.row(), first > 0);
      multiply(
          slopes, of.time, true, of.time, queries, packed<5>(queries), to + of.features(), of.row(), first > 0);
      multiply(
          slopes, of.time, false, count, keys, key_panels, to + first * of.row(), of.row());
    }
  });
  return result;
}

}  // namespace ct::attention
