// The Gaussian error linear unit, with dropout behind it in the same pass.
#pragma once

#include <cstdint>

#include "random_mask.h"

namespace ct::rows {

/// y = x Φ(x) times the shares of elements that are kept; x starts at a place.
void dropped_gelu(const float* x, float* y, int64_t count, const Drop& drop, uint32_t first);

/// dx = dy (Φ(x) + x φ(x)) times those shares.
void dropped_gelu_gradient(
    const float* x, const float* dy, float* dx, int64_t count, const Drop& drop, uint32_t first);

}  // namespace ct::rows
