// Softmax of a row, for losses.
#pragma once

#include <cstdint>

namespace ct::rows {

/// Writes the softmax of x into p.
/// - Returns: the logarithm of the sum of the exponentials of x.
float softmax(const float* x, float* p, int64_t count);

}  // namespace ct::rows
