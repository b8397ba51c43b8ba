// Passes over the rows of what queries give keys.
#pragma once

#include <cstdint>

#include "random_mask.h"

namespace ct::rows {

/// Turns the gradient g by the weights of one query into that by its products with the keys, before they are
/// scaled: p (g s - sum(p g s)) scale, where s is the share of each weight that dropout keeps.
/// - p: the weights before dropout, of so many keys.
/// - kept: takes p s.
/// - first: the place of the first weight, for dropping.
void attention_gradient(
    const float* p, float* g, float* kept, int64_t count, float scale, const Drop& drop, uint32_t first);

/// The same without dropout.
void attention_gradient(const float* p, float* g, int64_t count, float scale);

}  // namespace ct::rows
