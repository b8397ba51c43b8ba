// Work divided among libtorch's threads. `at::parallel_for` is a template that forks with OpenMP's pragma,
// so that where the compiler knows no OpenMP it runs everything on the calling thread, without a word.
#pragma once

#include <c10/util/FunctionRef.h>

#include <cstdint>

namespace ct {

/// Calls the body with consecutive ranges that make up 0 to `count`, at most one for each thread and each of
/// at least `grain`; with the whole on this thread where that makes one range, or where this is a part of
/// such work already. What the body throws is thrown here.
void divide(int64_t count, int64_t grain, c10::function_ref<void(int64_t, int64_t)> body);

}  // namespace ct
