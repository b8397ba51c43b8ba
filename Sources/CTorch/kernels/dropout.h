// Dropout without a mask in memory.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "../include/ctorch_types.h"

namespace ct {

/// The next seed of a generator of the CPU; of the process's own where there is none.
uint64_t next_seed(ct_generator generator);

/// Dropout of a tensor on the CPU by a seed, as part of the graph.
at::Tensor dropped(const at::Tensor& x, int64_t seed, double probability);

}  // namespace ct
