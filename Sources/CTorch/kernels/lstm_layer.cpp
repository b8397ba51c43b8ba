#include "lstm_layer.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <vector>

#include "../core/threads.h"
#include "lstm_passes.h"
#include "tiled_product.h"

namespace ct::lstm {

namespace {

using ct::tiles::blocks_of;
using ct::tiles::Product;
using ct::tiles::write_blocks;

/// Sequences of each thread from which on threads take sequences; with fewer, they take units.
constexpr int64_t least_rows = 8;
/// Products of a time for which a thread pays.
constexpr int64_t portion = 1 << 16;

/// A run forward over some sequences.
struct Forward {
  const at::Tensor& input;
  const Packed& packed;
  Made& made;
  bool keeps;

  int64_t times() const { return input.size(0); }
  int64_t batch() const { return input.size(1); }
  int64_t inputs() const { return input.size(2); }
  int64_t units() const { return made.output.size(2); }
  int64_t input_blocks() const { return blocks_of(inputs()); }

  /// @param first the first of the sequences; @param divides whether threads share the units of a time.
  void run(int64_t first, int64_t rows, bool divides) const {
    const int64_t width = units() * gates, blocks = input_blocks() + units() / lanes;
    const int64_t plane = batch() * units(), slots = made.memory.size(0);
    // What is read at a time, and what is written for the next.
    std::vector<float> values[2];
    for (auto& own : values) own.resize(blocks * rows * lanes);
    std::vector<float> scratch(keeps ? 0 : rows * width);
    float* output = made.output.data_ptr<float>() + first * units();
    float* memory = made.memory.data_ptr<float>() + first * units();
    float* kept = keeps ? made.gates.data_ptr<float>() + first * width : nullptr;
    const float* x = input.const_data_ptr<float>() + first * inputs();
    const int64_t behind = input_blocks() * rows * lanes;
    const Product product{blocks, rows, width, packed.weight.const_data_ptr<float>(),
                          packed.shift.const_data_ptr<float>()};
    write_blocks(output, rows, units(), values[0].data() + behind);
    for (int64_t time = 0; time < times(); ++time) {
      float* from = values[time % 2].data();
      float* next = values[(time + 1) % 2].data() + behind;
      write_blocks(x + time * batch() * inputs(), rows, inputs(), from);
      float* sums = keeps ? kept + time * batch() * width : scratch.data();
      const auto take = [&](int64_t begin, int64_t end) {
        product.write(from, sums, begin * gates, end * gates);
        apply({rows, units(), begin * lanes, end * lanes}, sums, memory + time % slots * plane,
              memory + (time + 1) % slots * plane, output + (time + 1) * plane, next);
      };
      const int64_t all = units() / lanes;
      if (divides) {
        ct::divide(all, portion / (rows * blocks * lanes * lanes * gates) + 1, take);
      } else {
        take(0, all);
      }
    }
  }
};

/// A run back over some sequences.
struct Backward {
  const Made& made;
  const OptionalTensor& by_outputs;
  /// The weight that goes from the gates' sums to the output before.
  const at::Tensor& weight;
  Slopes& slopes;

  void run(int64_t first, int64_t rows) const {
    const int64_t units = made.output.size(2), batch = made.output.size(1);
    const int64_t width = units * gates, plane = batch * units, times = made.gates.size(0);
    std::vector<float> blocks(rows * width);
    const std::vector<float> none(units, 0.0f);
    const auto at = [&](const at::Tensor& tensor, int64_t columns) {
      return tensor.const_data_ptr<float>() + first * columns;
    };
    const Product product{width / lanes, rows, units, weight.const_data_ptr<float>(), none.data()};
    const float* kept = at(made.gates, width);
    const float* memory = at(made.memory, units);
    const float* above = by_outputs ? at(*by_outputs, units) : nullptr;
    float* behind = slopes.output.data_ptr<float>() + first * units;
    float* by_memory = slopes.memory.data_ptr<float>() + first * units;
    float* sums = slopes.sums.data_ptr<float>() + first * width;
    for (int64_t time = times; time-- > 0;) {
      go_back(
          {rows, units, 0, units}, kept + time * batch * width, memory + time * plane,
          memory + (time + 1) * plane,
          {above == nullptr ? nullptr : above + time * plane, behind, by_memory},
          sums + time * batch * width, blocks.data());
      product.write(blocks.data(), behind, 0, units / lanes);
    }
  }
};

}  // namespace

bool suits(int64_t units) { return ct::direct::has_tiles() && units % lanes == 0; }

at::Tensor together(const at::Tensor& rows) {
  const int64_t units = rows.size(0) / gates, rest = rows.numel() / rows.size(0);
  return rows.reshape({gates, units / lanes, lanes, rest}).permute({1, 0, 2, 3}).contiguous().view(rows.sizes());
}

at::Tensor apart(const at::Tensor& rows) {
  const int64_t units = rows.size(0) / gates, rest = rows.numel() / rows.size(0);
  return rows.reshape({units / lanes, gates, lanes, rest}).permute({1, 0, 2, 3}).contiguous().view(rows.sizes());
}

Packed pack(const Weights& weights) {
  const int64_t inputs = weights.input.size(1), rows = weights.input.size(0);
  const int64_t padded = blocks_of(inputs) * lanes;
  at::Tensor whole = at::zeros({rows, padded + weights.hidden.size(1)}, weights.input.options());
  whole.narrow(1, 0, inputs).copy_(together(weights.input));
  whole.narrow(1, padded, weights.hidden.size(1)).copy_(together(weights.hidden));
  at::Tensor shift = at::zeros({rows}, weights.input.options());
  for (const OptionalTensor* own : {&weights.input_shift, &weights.hidden_shift})
    if (*own) shift.add_(**own);
  return {ct::tiles::packed(whole), together(shift)};
}

Made run(
    const at::Tensor& input, const at::Tensor& output, const at::Tensor& memory,
    const Packed& packed, bool keeps) {
  const int64_t times = input.size(0), batch = input.size(1), units = output.size(1);
  const auto kind = input.options();
  Made made{
      at::empty({times + 1, batch, units}, kind),
      at::empty({keeps ? times + 1 : 2, batch, units}, kind), at::Tensor()};
  if (keeps) made.gates = at::empty({times, batch, units * gates}, kind);
  made.output[0].copy_(output);
  made.memory[0].copy_(memory);
  const Forward forward{input, packed, made, keeps};
  if (batch < least_rows * at::get_num_threads()) {
    forward.run(0, batch, true);
  } else {
    ct::divide(batch, least_rows, [&](int64_t begin, int64_t end) {
      forward.run(begin, end - begin, false);
    });
  }
  return made;
}

Slopes go_back(
    const Made& made, const OptionalTensor& by_outputs, const OptionalTensor& by_memory,
    const at::Tensor& hidden_weight) {
  const int64_t batch = made.output.size(1), units = made.output.size(2);
  const auto kind = made.output.options();
  const auto state = [&](const OptionalTensor& given) {
    return given ? given->reshape({batch, units}).clone(at::MemoryFormat::Contiguous)
                 : at::zeros({batch, units}, kind);
  };
  Slopes slopes{
      at::empty(made.gates.sizes(), kind), at::zeros({batch, units}, kind), state(by_memory)};
  const at::Tensor weight = ct::tiles::packed(together(hidden_weight).t());
  const Backward backward{made, by_outputs, weight, slopes};
  ct::divide(batch, least_rows, [&](int64_t begin, int64_t end) {
    backward.run(begin, end - begin);
  });
  return slopes;
}

}  // namespace ct::lstm
