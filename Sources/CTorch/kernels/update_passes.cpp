#include "update_passes.h"

#include "versions.h"

namespace ct::updates {

namespace {

template <bool keeps_largest, typename T>
wide_part void step_by_adam(const AdamTensors<T>& tensors, int64_t count, const Adam& step) {
  T* __restrict value = tensors.value;
  const T* __restrict gradient = tensors.gradient;
  T* __restrict first = tensors.first;
  T* __restrict second = tensors.second;
  T* __restrict largest = tensors.largest;
  const T first_share = static_cast<T>(1 - step.first_beta);
  const T second_beta = static_cast<T>(step.second_beta);
  const T second_share = static_cast<T>(1 - step.second_beta);
  const T epsilon = static_cast<T>(step.epsilon), kept = static_cast<T>(step.kept);
  const T decay = static_cast<T>(step.decay), rate = static_cast<T>(step.rate);
  const T root = static_cast<T>(1 / step.root);
  for (int64_t i = 0; i < count; ++i) {
    const T weight = value[i] * kept;
    const T g = gradient[i] + decay * weight;
    const T m = first[i] + first_share * (g - first[i]);
    const T v = second[i] * second_beta + second_share * g * g;
    first[i] = m;
    second[i] = v;
    T bound = v;
    if constexpr (keeps_largest) {
      bound = largest[i] > v ? largest[i] : v;
      largest[i] = bound;
    }
    value[i] = weight - rate * m / (__builtin_elementwise_sqrt(bound) * root + epsilon);
  }
}

}  // namespace

// A function of several versions cannot be a template, hence the two types by name.
#define FOR_TYPE(T)                                                                              \
  wide_versions void adam(const AdamTensors<T>& tensors, int64_t count, const Adam& step) {      \
    tensors.largest ? step_by_adam<true>(tensors, count, step)                                   \
                    : step_by_adam<false>(tensors, count, step);                                 \
  }

FOR_TYPE(float)
FOR_TYPE(double)

}  // namespace ct::updates
