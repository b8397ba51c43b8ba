// Which elements dropout keeps: a function of a seed and the element's place in the tensor, counted with
// the last dimension fastest, alone. The backward pass needs no mask, and neither the number of threads
// nor the order in memory nor what runs together matters.
#pragma once

#include <cmath>
#include <cstdint>

namespace ct::rows {

/// The elements that are kept, and what they are multiplied by.
struct Drop {
  uint32_t first_key;
  uint32_t second_key;
  /// Mixed numbers up to this are kept.
  uint32_t largest;
  float scale;

  Drop(uint64_t seed, double probability)
      : first_key(static_cast<uint32_t>(seed)),
        second_key(static_cast<uint32_t>(seed >> 32)),
        largest(
            static_cast<uint32_t>(std::fmax(std::round((1 - probability) * 4294967296.0), 1) - 1)),
        scale(static_cast<float>(1 / (1 - probability))) {}
};

/// A bijection of 32 bits in which each input bit changes each output bit with a probability near one
/// half (the multipliers and shifts that Wellons 2018 found by search).
static inline __attribute__((always_inline)) uint32_t mixed(uint32_t x) {
  x ^= x >> 16;
  x *= 0x7feb352du;
  x ^= x >> 15;
  x *= 0x846ca68bu;
  return x ^ (x >> 16);
}

/// What an element is multiplied by. Places repeat after 2^32 elements.
static inline __attribute__((always_inline)) float kept_share(const Drop& drop, uint32_t place) {
  const uint32_t number = mixed(mixed(place ^ drop.first_key) + drop.second_key);
  return number <= drop.largest ? drop.scale : 0.0f;
}

}  // namespace ct::rows
