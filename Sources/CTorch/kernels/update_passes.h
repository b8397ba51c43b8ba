// Updates of parameters, each in one pass over memory.
#pragma once

#include <cstdint>

namespace ct::updates {

/// Numbers of a step of Adam that are the same for all elements.
struct Adam {
  double first_beta, second_beta, epsilon;
  /// What the weights are multiplied by before the step, for decay that is decoupled.
  double kept;
  /// What is added to gradients for each unit of weight, for decay in the gradients.
  double decay;
  /// The rate over the correction of the first average.
  double rate;
  /// The root of the correction of the second.
  double root;
};

/// The tensors of a step; `largest` may be null.
template <typename T>
struct AdamTensors {
  T* value;
  const T* gradient;
  T* first;
  T* second;
  T* largest;
};

void adam(const AdamTensors<float>& tensors, int64_t count, const Adam& step);
void adam(const AdamTensors<double>& tensors, int64_t count, const Adam& step);

}  // namespace ct::updates
