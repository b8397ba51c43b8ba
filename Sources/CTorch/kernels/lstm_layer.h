// A layer of long short-term memories over whole sequences on the CPU, in float32: products and gates of a
// time in one go, for some sequences or some units by each thread.
#pragma once

#include <ATen/core/Tensor.h>

#include <optional>

namespace ct::lstm {

using OptionalTensor = std::optional<at::Tensor>;

/// What a layer learns, as libtorch keeps it: rows of the four gates one below the other.
struct Weights {
  at::Tensor input, hidden;
  OptionalTensor input_shift, hidden_shift;
};

/// The weights as the products read them: those of input and output side by side, and both shifts added.
struct Packed {
  at::Tensor weight, shift;
};

/// Whether there are products for a layer of so many units here.
bool suits(int64_t units);

Packed pack(const Weights& weights);

/// Rows of the gates one below the other as rows in which the gates of sixteen units stand together, and back.
at::Tensor together(const at::Tensor& rows);
at::Tensor apart(const at::Tensor& rows);

/// What a run over sequences makes, times outermost.
struct Made {
  /// The first state and those behind each time, `[time + 1, batch, units]`; of the memory only two in turns
  /// where nothing is kept for gradients.
  at::Tensor output, memory;
  /// What the gates let through, `[time, batch, 4 units]`; undefined where nothing is kept.
  at::Tensor gates;

  /// The memory behind a time.
  at::Tensor memory_behind(int64_t time) const { return memory[time % memory.size(0)]; }
};

/// Runs over an input `[time, batch, inputs]` from a state `[batch, units]`.
Made run(
    const at::Tensor& input, const at::Tensor& output, const at::Tensor& memory,
    const Packed& packed, bool keeps);

/// The gradients by the sums of the gates, `[time, batch, 4 units]`, and by the first state.
struct Slopes {
  at::Tensor sums, output, memory;
};

/// Goes back from the gradients by all outputs, `[time, batch, units]`, and by the last memory.
Slopes go_back(
    const Made& made, const OptionalTensor& by_outputs, const OptionalTensor& by_memory,
    const at::Tensor& hidden_weight);

}  // namespace ct::lstm
