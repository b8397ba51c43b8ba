#include "lstm_passes.h"

#include "exponential.h"

namespace ct::lstm {

using ct::rows::logistic;
using ct::rows::tangent;

wide_versions void apply(
    const Step& step, float* sums, const float* memory, float* next, float* output, float* blocks) {
  for (int64_t row = 0; row < step.rows; ++row)
    for (int64_t unit = step.begin; unit < step.end; unit += lanes) {
      float* __restrict own = sums + (row * step.units + unit) * gates;
      const int64_t place = row * step.units + unit;
      const float* __restrict before = memory + place;
      float* __restrict after = next + place;
      float* __restrict y = output + place;
      float* __restrict block = blocks + (unit / lanes * step.rows + row) * lanes;
      for (int64_t i = 0; i < lanes; ++i) {
        const float input = logistic(own[i]), forget = logistic(own[lanes + i]);
        const float cell = tangent(own[2 * lanes + i]), out = logistic(own[3 * lanes + i]);
        const float m = forget * before[i] + input * cell;
        own[i] = input;
        own[lanes + i] = forget;
        own[2 * lanes + i] = cell;
        own[3 * lanes + i] = out;
        after[i] = m;
        const float h = out * tangent(m);
        y[i] = h;
        block[i] = h;
      }
    }
}

wide_versions void go_back(
    const Step& step, const float* gates_of_step, const float* before, const float* after,
    const StepSlopes& slopes, float* sums, float* blocks) {
  for (int64_t row = 0; row < step.rows; ++row)
    for (int64_t unit = step.begin; unit < step.end; unit += lanes) {
      const int64_t place = row * step.units + unit;
      const float* __restrict own = gates_of_step + place * gates;
      const float* __restrict m = before + place;
      const float* __restrict next = after + place;
      const float* __restrict behind = slopes.behind + place;
      const float* __restrict above = slopes.above == nullptr ? behind : slopes.above + place;
      const float share = slopes.above == nullptr ? 0.0f : 1.0f;
      float* __restrict by_memory = slopes.memory + place;
      float* __restrict to = sums + place * gates;
      float found[gates][lanes];
      for (int64_t i = 0; i < lanes; ++i) {
        const float input = own[i], forget = own[lanes + i];
        const float cell = own[2 * lanes + i], out = own[3 * lanes + i];
        const float dh = behind[i] + share * above[i];
        const float t = tangent(next[i]);
        const float dm = by_memory[i] + dh * out * (1 - t * t);
        found[0][i] = dm * cell * input * (1 - input);
        found[1][i] = dm * m[i] * forget * (1 - forget);
        found[2][i] = dm * input * (1 - cell * cell);
        found[3][i] = dh * t * out * (1 - out);
        by_memory[i] = dm * forget;
      }
      for (int64_t gate = 0; gate < gates; ++gate) {
        float* block = blocks + ((unit / lanes * gates + gate) * step.rows + row) * lanes;
        for (int64_t i = 0; i < lanes; ++i) to[gate * lanes + i] = block[i] = found[gate][i];
      }
    }
}

}  // namespace ct::lstm
