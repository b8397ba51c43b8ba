#include "threads.h"

#include <ATen/Parallel.h>
#include <ATen/TensorIterator.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <ATen/ops/arange.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <set>
#include <thread>

#include "../include/ctorch.h"
#include "guarded.h"

namespace {

constexpr int64_t most_parts = 256;

/// An iterator over the numbers below `parts`: libtorch, which has been compiled with the pool of threads
/// that it comes with, divides them among its threads.
at::TensorIterator& numbers(int64_t parts) {
  struct Slot {
    std::once_flag made;
    // Never freed: work may run until the process ends.
    at::TensorIterator* iterator = nullptr;
  };
  static auto& slots = *new std::array<Slot, most_parts + 1>();
  Slot& slot = slots[parts];
  std::call_once(slot.made, [&] {
    const at::AutoDispatchBelowADInplaceOrView below;
    auto* values = new at::Tensor(at::arange(parts, at::kLong));
    slot.iterator = new at::TensorIterator(at::TensorIterator::borrowing_nullary_op(*values));
  });
  return *slot.iterator;
}

/// How many ranges are made of so many, here.
int64_t parts_of(int64_t count, int64_t grain) {
  if (count <= grain || at::in_parallel_region()) return 1;
  const int64_t threads = std::min<int64_t>(at::get_num_threads(), most_parts);
  return std::clamp<int64_t>(count / std::max<int64_t>(grain, 1), 1, threads);
}

}  // namespace

void ct::divide(int64_t count, int64_t grain, c10::function_ref<void(int64_t, int64_t)> body) {
  if (count <= 0) return;
  const int64_t parts = parts_of(count, grain);
  if (parts < 2) return body(0, count);
  const auto run = [&](char** data, const int64_t* strides, int64_t width, int64_t height) {
    for (int64_t row = 0; row < height; ++row)
      for (int64_t i = 0; i < width; ++i) {
        const char* place = data[0] + row * strides[1] + i * strides[0];
        const int64_t part = *reinterpret_cast<const int64_t*>(place);
        body(count * part / parts, count * (part + 1) / parts);
      }
  };
  numbers(parts).for_each(run, 1);
}

CT_EXPORT ct_int ct_working_threads(void) {
  std::mutex mutex;
  std::set<std::thread::id> seen;
  ct::divide(most_parts, 1, [&](int64_t, int64_t) {
    const std::lock_guard<std::mutex> lock(mutex);
    seen.insert(std::this_thread::get_id());
  });
  return static_cast<ct_int>(seen.size());
}
