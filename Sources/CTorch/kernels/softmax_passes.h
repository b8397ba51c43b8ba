// Softmax of a row, for losses and attention.
#pragma once

#include <cstdint>

namespace ct::rows {

/// Writes the softmax of x times a positive scale into p.
/// - Returns: the logarithm of the sum of the exponentials of x times that.
float softmax(const float* x, float* p, int64_t count, float scale = 1);

}  // namespace ct::rows
