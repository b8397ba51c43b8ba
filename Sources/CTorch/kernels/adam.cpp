// A step of Adam over all parameters of a group as one piece of work, however small they are.
#include <ATen/core/Tensor.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "../core/guarded.h"
#include "../core/threads.h"
#include "../include/ctorch.h"
#include "choice.h"
#include "update_passes.h"

namespace {

using ct::updates::Adam;
using ct::updates::AdamTensors;

/// The tensors of one parameter.
struct Slot {
  at::Tensor value, gradient, first, second, largest;

  /// Whether an element has the same place in all of them.
  bool suits(at::ScalarType type) const {
    const auto alike = [&](const at::Tensor& other) {
      return other.is_cpu() && ct::lies_like(value, other);
    };
    return value.scalar_type() == type && alike(value) && alike(gradient) && alike(first) &&
           alike(second) && (!largest.defined() || alike(largest));
  }
};

template <typename T>
AdamTensors<T> part(const Slot& slot, int64_t start) {
  const auto at = [&](const at::Tensor& tensor) {
    return tensor.defined() ? static_cast<T*>(tensor.data_ptr()) + start : nullptr;
  };
  return {
      at(slot.value), static_cast<const T*>(slot.gradient.const_data_ptr()) + start, at(slot.first),
      at(slot.second), at(slot.largest)};
}

/// Elements for which a thread pays.
constexpr int64_t portion = 32768;

/// All elements in a row, however they lie in tensors, divided among threads.
template <typename T>
void update(const std::vector<Slot>& slots, const Adam& step) {
  int64_t all = 0;
  for (const Slot& slot : slots) all += slot.value.numel();
  ct::divide(all, portion, [&](int64_t begin, int64_t end) {
    int64_t first = 0;
    for (const Slot& slot : slots) {
      const int64_t start = std::max(begin - first, int64_t{0});
      const int64_t count = std::min(end - first, slot.value.numel()) - start;
      if (count > 0) ct::updates::adam(part<T>(slot, start), count, step);
      first += slot.value.numel();
    }
  });
}

}  // namespace

CT_EXPORT ct_status ct_fused_adam(
    const ct_tensor* values, const ct_tensor* gradients, const ct_tensor* first,
    const ct_tensor* second, const ct_tensor* largest, ct_int count, const ct_adam_options* options,
    bool* out) {
  *out = false;
  return ct::guarded("adam", [&] {
    std::vector<Slot> slots;
    slots.reserve(count);
    for (ct_int i = 0; i < count; ++i)
      slots.push_back(
          {ct::tensor(values[i], "value"), ct::tensor(gradients[i], "gradient"),
           ct::tensor(first[i], "first moment"), ct::tensor(second[i], "second moment"),
           largest == nullptr ? at::Tensor() : ct::tensor(largest[i], "largest second moment")});
    if (slots.empty() || ct::uses_standard_kernels()) return;
    const auto type = slots[0].value.scalar_type();
    if (type != at::kFloat && type != at::kDouble) return;
    for (const Slot& slot : slots)
      if (!slot.suits(type)) return;
    const auto steps = static_cast<double>(options->step);
    const double first_correction = 1 - std::pow(options->first_beta, steps);
    const double second_correction = 1 - std::pow(options->second_beta, steps);
    const Adam step{
        options->first_beta, options->second_beta, options->epsilon,
        options->decoupled ? 1 - options->rate * options->weight_decay : 1,
        options->decoupled ? 0 : options->weight_decay, options->rate / first_correction,
        std::sqrt(second_correction)};
    type == at::kFloat ? update<float>(slots, step) : update<double>(slots, step);
    for (Slot& slot : slots) {
      // What was written behind the graph's back must not be used by a backward pass unnoticed.
      for (const at::Tensor* changed : {&slot.value, &slot.first, &slot.second, &slot.largest})
        if (changed->defined()) changed->unsafeGetTensorImpl()->bump_version();
    }
    *out = true;
  });
}
