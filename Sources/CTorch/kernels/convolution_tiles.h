// The innermost loops of a convolution: a few neighbouring outputs of some channels are kept in registers
// while the window goes over all inputs.
#pragma once

#include <cstdint>

namespace ct::direct {

/// Channels that stand side by side.
constexpr int64_t lanes = 16;

/// Rows of outputs, in one or more groups of channels.
struct TileJob {
  /// Blocks of input channels, and how many of the last one's there are.
  int64_t blocks, channels_of_last;
  int64_t window_rows, window_columns, stride;
  /// Floats from one row of the input, or block, to the next.
  int64_t input_row, input_block;
  /// Floats of a group's weight, `[blocks, rows, columns, inputs, outputs]`.
  int64_t group_weight;
  /// The channels of the result, which lie innermost.
  int64_t outputs;
  int64_t rows, columns;
  /// The groups that are computed: what `groups_at_once` says.
  int64_t groups = 1;
  bool rectified;
  const float *input, *weight, *shift, *added;
  float* result;
};

/// Whether there are loops for this processor.
bool has_tiles();

/// How many of the groups that are left are computed together in rows of so many outputs.
int64_t groups_at_once(int64_t columns, int64_t left);

void run_tiles(const TileJob& job);

}  // namespace ct::direct
