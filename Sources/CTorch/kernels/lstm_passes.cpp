#include "lstm_passes.h"

#include "exponential.h"

namespace ct::lstm {

using ct::rows::logistic;
using ct::rows::tangent;

wide_versions void apply(
    const Step& step, const float* sums, float* memory, float* output, float* blocks) {
  for (int64_t row = 0; row < step.rows; ++row)
    for (int64_t unit = step.begin; unit < step.end; unit += lanes) {
      const int64_t place = row * step.units + unit;
      const float* __restrict own = sums + place * gates;
      float* __restrict m = memory + place;
      float* __restrict y = output + place;
      float* __restrict block = blocks + (unit / lanes * step.rows + row) * lanes;
      for (int64_t i = 0; i < lanes; ++i) {
        m[i] = logistic(own[lanes + i]) * m[i] + logistic(own[i]) * tangent(own[2 * lanes + i]);
        const float h = logistic(own[3 * lanes + i]) * tangent(m[i]);
        y[i] = h;
        block[i] = h;
      }
    }
}

}  // namespace ct::lstm
