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

/// Applies the gates, which become what they let through: m' = σ(f) m + σ(i) tanh(g), h = σ(o) tanh(m').
/// @param sums `[rows, 4 units]`.
/// @param blocks takes the output too, `[units / 16, rows, 16]`.
void apply(
    const Step& step, float* sums, const float* memory, float* next, float* output, float* blocks);

/// What gradients flow through a step.
struct StepSlopes {
  /// By the output from above, null for none, and from the step behind.
  const float *above, *behind;
  /// By the memory; becomes that by the one before.
  float* memory;
};

/// The gradients by the sums.
/// @param gates what the gates let through.
/// @param sums takes them, `[rows, 4 units]`, as do the blocks, `[4 units / 16, rows, 16]`.
void go_back(
    const Step& step, const float* gates, const float* before, const float* after,
    const StepSlopes& slopes, float* sums, float* blocks);

}  // namespace ct::lstm
