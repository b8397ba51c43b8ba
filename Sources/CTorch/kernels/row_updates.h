// Steps of optimisers over the weights of several models that lie row by row in one tensor, each row with
// rates of its own.
#pragma once

#include <cstdint>

#include "../include/ctorch_kernels.h"

namespace ct::rows {

/// The weights of one model in one tensor, their gradients and what the optimiser keeps for them.
struct Weights {
  float* value;
  const float* gradient;
  /// Adam's average of gradients, or the direction of descent with momentum.
  float* first;
  /// Adam's average of squares.
  float* second;
  int64_t count;
};

void adam_step(const Weights& weights, const ct_adam_row& rule);
void descent_step(const Weights& weights, const ct_descent_row& rule);

}  // namespace ct::rows
