// What a long short-term memory does with the sums of its gates, row by row.
//
// The four gates of sixteen units stand side by side, `[units / 16, 4, 16]`: input, forget, cell, output. What
// the next product reads stands in blocks, `[blocks, rows, 16]`.
#pragma once

#include <cstdint>

namespace ct::lstm {

constexpr int64_t lanes = 16, gates = 4;

/// Some units of some rows at one time.
struct Step {
  int64_t rows, units;
  /// The units from one to another, whole lanes.
  int64_t begin, end;
};

/// Applies the gates: m' = σ(f) m + σ(i) tanh(g), h = σ(o) tanh(m').
/// @param sums `[rows, 4 units]`.
/// @param memory m, which becomes m'.
/// @param blocks takes the output too, `[units / 16, rows, 16]`.
void apply(const Step& step, const float* sums, float* memory, float* output, float* blocks);

}  // namespace ct::lstm
