// Long short-term memories over few sequences on the CPU, in float32 and without a record for differentiation:
// the weights are packed once, and each thread computes the gates of some units and what they let through.
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
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

/// Products of a time for which a thread pays.
constexpr int64_t portion = 1 << 16;
/// Rows whose inputs are multiplied at once: their sums stay in a core's cache until their time comes.
constexpr int64_t rows_at_once = 128;

/// Rows of the four gates one below the other as rows in which the gates of sixteen units stand together.
at::Tensor together(const at::Tensor& rows) {
  const int64_t units = rows.size(0) / gates;
  return rows.reshape({gates, units / lanes, lanes, -1})
      .permute({1, 0, 2, 3})
      .contiguous()
      .view(rows.sizes());
}

/// Both weights, and both shifts added.
struct Packed {
  at::Tensor input, hidden, shift;
};

Packed pack(const ct_lstm_weights& weights) {
  const at::Tensor input = ct::tensor(weights.input, "input weight").detach();
  const at::Tensor hidden = ct::tensor(weights.hidden, "hidden weight").detach();
  at::Tensor shift = at::zeros({input.size(0)}, input.options());
  for (const ct_tensor given : {weights.input_shift, weights.hidden_shift})
    if (const auto own = ct::optional_tensor(given)) shift.add_(own->detach());
  return {ct::tiles::packed(together(input)), ct::tiles::packed(together(hidden)), together(shift)};
}

/// Runs over an input `[time, batch, inputs]`: the products with the inputs of many times at once, those with
/// the output before one time after another.
/// @param output takes the outputs, `[time, batch, units]`.
/// @param memory `[batch, units]`, the first; becomes the last.
void run(
    const at::Tensor& input, const at::Tensor& first, const Packed& packed, at::Tensor& output,
    at::Tensor& memory) {
  const int64_t times = input.size(0), rows = input.size(1), units = first.size(1);
  const int64_t blocks = units / lanes, width = units * gates;
  const int64_t times_at_once = std::max<int64_t>(rows_at_once / rows, 1);
  // What is read at a time, and what is written for the next.
  std::vector<float> values[2], sums(rows * width);
  for (auto& own : values) own.resize(rows * units);
  const std::vector<float> zeros(width);
  ct::tiles::Product product{
      blocks, rows, width, packed.hidden.const_data_ptr<float>(), zeros.data()};
  float* y = output.data_ptr<float>();
  float* m = memory.data_ptr<float>();
  ct::tiles::write_blocks(first.const_data_ptr<float>(), rows, units, values[0].data());
  at::Tensor of_inputs;
  for (int64_t time = 0; time < times; ++time, y += rows * units) {
    const int64_t place = time % times_at_once;
    if (place == 0) {
      const int64_t taken = std::min(times_at_once, times - time);
      const at::Tensor now = input.narrow(0, time, taken).view({taken * rows, input.size(2)});
      of_inputs = ct::tiles::linear(now, packed.input, packed.shift);
    }
    product.added = of_inputs.const_data_ptr<float>() + place * rows * width;
    const float* const from = values[time % 2].data();
    float* const next = values[(time + 1) % 2].data();
    ct::divide(
        blocks, portion / (rows * units * lanes * gates) + 1, [&](int64_t begin, int64_t end) {
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
    const ct_lstm_weights* weights, ct_tensor* input, ct_tensor* hidden, ct_tensor* shift) {
  return ct::guarded("LSTM weights", [&] {
    const at::NoGradGuard guard;
    auto made = pack(*weights);
    *input = ct::wrap(std::move(made.input));
    *hidden = ct::wrap(std::move(made.hidden));
    *shift = ct::wrap(std::move(made.shift));
  });
}

CT_EXPORT ct_status ct_lstm_answers(
    ct_tensor input, ct_tensor output, ct_tensor memory, ct_tensor input_weight,
    ct_tensor hidden_weight, ct_tensor shift, ct_tensor* outputs, ct_tensor* last_memory) {
  return ct::guarded("LSTM", [&] {
    const at::NoGradGuard guard;
    const at::Tensor x = ct::tensor(input, "input").contiguous();
    const at::Tensor first = ct::tensor(output, "output").contiguous();
    at::Tensor last = ct::tensor(memory, "memory").clone(at::MemoryFormat::Contiguous);
    at::Tensor made = at::empty({x.size(0), x.size(1), first.size(1)}, x.options());
    const Packed packed{
        ct::tensor(input_weight, "input weight"), ct::tensor(hidden_weight, "hidden weight"),
        ct::tensor(shift, "shift")};
    run(x, first, packed, made, last);
    *outputs = ct::wrap(std::move(made));
    *last_memory = ct::wrap(std::move(last));
  });
}
