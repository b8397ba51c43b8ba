// Long short-term memories over few sequences on the CPU, in float32 and without a record for differentiation:
// the weights are packed once, and each thread computes the gates of some units and what they let through.
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>

#include <vector>

#include "../core/guarded.h"
#include "../core/threads.h"
#include "../include/ctorch.h"
#include "choice.h"
#include "lstm_passes.h"
#include "tiled_product.h"

namespace {

using ct::lstm::gates;
using ct::lstm::lanes;
using ct::tiles::blocks_of;

/// Products of a time for which a thread pays.
constexpr int64_t portion = 1 << 16;

/// Rows of the four gates one below the other as rows in which the gates of sixteen units stand together.
at::Tensor together(const at::Tensor& rows) {
  const int64_t units = rows.size(0) / gates;
  return rows.reshape({gates, units / lanes, lanes, -1})
      .permute({1, 0, 2, 3})
      .contiguous()
      .view(rows.sizes());
}

struct Packed {
  at::Tensor weight, shift;
};

/// The weights of input and output side by side, and both shifts added.
Packed pack(const ct_lstm_weights& weights) {
  const at::Tensor input = ct::tensor(weights.input, "input weight").detach();
  const at::Tensor hidden = ct::tensor(weights.hidden, "hidden weight").detach();
  const int64_t inputs = input.size(1), rows = input.size(0), padded = blocks_of(inputs) * lanes;
  at::Tensor whole = at::zeros({rows, padded + hidden.size(1)}, input.options());
  whole.narrow(1, 0, inputs).copy_(together(input));
  whole.narrow(1, padded, hidden.size(1)).copy_(together(hidden));
  at::Tensor shift = at::zeros({rows}, input.options());
  for (const ct_tensor given : {weights.input_shift, weights.hidden_shift})
    if (const auto own = ct::optional_tensor(given)) shift.add_(own->detach());
  return {ct::tiles::packed(whole), together(shift)};
}

/// Runs over an input `[time, batch, inputs]`.
/// @param output takes the outputs, `[time, batch, units]`.
/// @param memory `[batch, units]`, the first; becomes the last.
void run(
    const at::Tensor& input, const at::Tensor& first, const Packed& packed, at::Tensor& output,
    at::Tensor& memory) {
  const int64_t times = input.size(0), rows = input.size(1), inputs = input.size(2);
  const int64_t units = first.size(1), width = units * gates;
  const int64_t behind = blocks_of(inputs) * rows * lanes;
  const int64_t blocks = blocks_of(inputs) + units / lanes;
  // What is read at a time, and what is written for the next.
  std::vector<float> values[2], sums(rows * width);
  for (auto& own : values) own.resize(blocks * rows * lanes);
  const ct::tiles::Product product{blocks, rows, width, packed.weight.const_data_ptr<float>(),
                                   packed.shift.const_data_ptr<float>()};
  const float* x = input.const_data_ptr<float>();
  float* y = output.data_ptr<float>();
  float* m = memory.data_ptr<float>();
  ct::tiles::write_blocks(first.const_data_ptr<float>(), rows, units, values[0].data() + behind);
  for (int64_t time = 0; time < times; ++time, x += rows * inputs, y += rows * units) {
    float* from = values[time % 2].data();
    float* next = values[(time + 1) % 2].data() + behind;
    ct::tiles::write_blocks(x, rows, inputs, from);
    ct::divide(
        units / lanes, portion / (rows * blocks * lanes * lanes * gates) + 1,
        [&](int64_t begin, int64_t end) {
          product.write(from, sums.data(), begin * gates, end * gates);
          ct::lstm::apply({rows, units, begin * lanes, end * lanes}, sums.data(), m, y, next);
        });
  }
}

}  // namespace

CT_EXPORT bool ct_lstm_suits(ct_int units) {
  return ct::direct::has_tiles() && units % lanes == 0 && !ct::uses_standard_kernels();
}

CT_EXPORT ct_status ct_lstm_pack(
    const ct_lstm_weights* weights, ct_tensor* packed, ct_tensor* shift) {
  return ct::guarded("LSTM weights", [&] {
    const at::NoGradGuard guard;
    auto made = pack(*weights);
    *packed = ct::wrap(std::move(made.weight));
    *shift = ct::wrap(std::move(made.shift));
  });
}

CT_EXPORT ct_status ct_lstm_answers(
    ct_tensor input, ct_tensor output, ct_tensor memory, ct_tensor packed, ct_tensor shift,
    ct_tensor* outputs, ct_tensor* last_memory) {
  return ct::guarded("LSTM", [&] {
    const at::NoGradGuard guard;
    const at::Tensor x = ct::tensor(input, "input").contiguous();
    const at::Tensor first = ct::tensor(output, "output").contiguous();
    at::Tensor last = ct::tensor(memory, "memory").clone(at::MemoryFormat::Contiguous);
    at::Tensor made = at::empty({x.size(0), x.size(1), first.size(1)}, x.options());
    run(x, first, {ct::tensor(packed, "weight"), ct::tensor(shift, "shift")}, made, last);
    *outputs = ct::wrap(std::move(made));
    *last_memory = ct::wrap(std::move(last));
  });
}
