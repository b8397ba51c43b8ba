// The innermost loops of a product of small matrices: a few rows and columns of the result are kept in
// registers while the sum goes over all steps.
#pragma once

#include <cstdint>

namespace ct::products {

/// Columns that lie beside one another in a panel.
constexpr int64_t panel = 32;

/// c = a b + shift, or what a b adds to c; b lies in panels.
struct Job {
  int64_t rows, columns, steps;
  /// How far apart rows and steps lie, one of them 1.
  const float* a;
  int64_t a_row, a_step;
  /// `[panels, steps, panel]`, and how far apart the panels lie.
  const float* b;
  int64_t b_panel;
  /// A value for each column; null for none.
  const float* shift;
  bool adds;
  float* c;
  int64_t c_row;
};

/// Whether this processor has the instructions.
bool has_tiles();
void run(const Job& job);

/// `[steps, columns]`, or its transpose.
struct Matrix {
  const float* values;
  int64_t steps, columns;
  bool is_transposed;
  /// How far apart its rows, or those of its transpose, lie.
  int64_t row = is_transposed ? steps : columns;

  int64_t panels() const { return (columns + panel - 1) / panel; }
};

/// Writes the panels from one to another of those that begin at `to`, the last filled up with zeros.
void pack(const Matrix& b, int64_t begin, int64_t end, float* to);

}  // namespace ct::products
