// Batch normalization in few passes over maps whose channels lie innermost on the CPU, without a record
// for differentiation: what the layer of its own and the block behind a linear map share.
#pragma once

#include <ATen/core/Tensor.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "../core/threads.h"
#include "row_passes.h"

namespace ct::normalization {

using OptionalTensor = std::optional<at::Tensor>;

struct Options {
  bool uses_batch;
  double momentum;
  double epsilon;
  bool rectified;
};

/// The memory order in which the channels of so many dimensions lie innermost.
at::MemoryFormat inner_channels(const at::Tensor& x);

/// How a map is divided among threads, and seen as wider rows.
struct Division {
  int64_t rows, channels, repeats, block_rows, blocks;

  explicit Division(const at::Tensor& x) {
    constexpr int64_t width = 64, block_values = 16384;
    channels = x.size(1);
    rows = x.numel() / channels;
    repeats = std::clamp<int64_t>(width / channels, 1, rows);
    const int64_t wanted = std::max<int64_t>(block_values / channels, 1);
    block_rows = (wanted + repeats - 1) / repeats * repeats;
    blocks = (rows + block_rows - 1) / block_rows;
  }

  int64_t rows_of(int64_t block) const {
    return std::min(block_rows, rows - block * block_rows);
  }

  /// Runs the body with each block's number, in parallel.
  template <typename Body>
  void for_each_block(const Body& body) const {
    ct::divide(blocks, 2, [&](int64_t begin, int64_t end) {
      for (int64_t block = begin; block < end; ++block) body(block);
    });
  }

  /// Calls the pass for the wide rows of a block, then for the rows that fill none.
  template <typename Pass>
  void wide_rows(int64_t block, const Pass& pass) const {
    const int64_t count = rows_of(block), wide = count / repeats, rest = count % repeats;
    const int64_t start = block * block_rows * channels;
    if (wide > 0) pass(start, ct::rows::Block{wide, channels * repeats});
    if (rest > 0) pass(start + wide * repeats * channels, ct::rows::Block{rest, channels});
  }

  /// A value per channel, repeated to the width of wide rows.
  template <typename Value>
  std::vector<float> repeated(const Value& value) const {
    std::vector<float> values(channels * repeats);
    for (int64_t channel = 0; channel < channels; ++channel)
      values[channel] = static_cast<float>(value(channel));
    for (int64_t i = channels; i < channels * repeats; ++i) values[i] = values[i - channels];
    return values;
  }
};

/// A tensor's floats; null where there is none.
const float* floats(const OptionalTensor& tensor);

/// Means and inverse deviations that an output was made with.
struct Statistics {
  at::Tensor mean, inverse;
};

/// The statistics of a batch, which go into the running ones; or the running ones.
Statistics statistics(
    const at::Tensor& x, const Division& division, const OptionalTensor& running_mean,
    const OptionalTensor& running_variance, const Options& options);

/// What the output is made of besides the input.
struct Output {
  OptionalTensor weight, bias, added;
  bool rectified;
  /// Drops elements where given.
  const ct::rows::Drop* drop = nullptr;
};

/// Writes the normalized input, or the input itself where the statistics are undefined, into y, of the
/// same type and memory order. What drops takes places in memory for places in the tensor: rows only.
void write_output(
    const at::Tensor& x, at::Tensor& y, const Division& division, const Statistics& statistics,
    const Output& output);

/// What the passes backward give.
struct Gradients {
  at::Tensor input, weight, bias, added;
};

/// What a backward pass needs of the forward pass.
struct Made {
  at::Tensor x, y;
  OptionalTensor weight;
  Statistics statistics;
  Options options;
  /// What each element that was kept was multiplied by.
  double factor = 1;
};

/// The gradients in two passes; that of what was added where it is wanted, which no factor may change.
Gradients gradients(const at::Tensor& dy, const Made& made, bool keeps_masked);

/// The same gradients through operators that know their own, for being differentiated again.
Gradients differentiable_gradients(at::Tensor dy, const Made& made);

/// Whether a tensor of one number for each channel is as the passes need it, or absent.
bool is_per_channel(const OptionalTensor& values, int64_t channels);

}  // namespace ct::normalization
