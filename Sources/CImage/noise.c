#include "dispatch.h"
#include "words.h"
#include <string.h>

#pragma STDC FP_CONTRACT OFF

/// 32 bits of a counter and a key: two rounds of a multiplicative mixing.
wide_part uint32_t bits_of(uint32_t counter, uint32_t low, uint32_t high) {
  uint32_t x = counter * 0x9E3779B9u + low;
  x ^= x >> 16;
  x *= 0x7FEB352Du;
  x ^= x >> 15;
  x *= 0x846CA68Bu;
  x ^= (x >> 16) ^ high;
  x *= 0x7FEB352Du;
  x ^= x >> 15;
  x *= 0x846CA68Bu;
  return x ^ (x >> 16);
}

/// Uniform in 0...1, the ends left out.
wide_part float share_of(uint32_t bits) {
  return ((float)(int32_t)(bits >> 9) + 0.5f) * 0x1p-23f;
}

/// The natural logarithm of a number between 0 and 1, by the series of the area hyperbolic tangent.
wide_part float logarithm(float value) {
  int32_t bits;
  memcpy(&bits, &value, sizeof bits);
  int32_t exponent = (bits >> 23) - 127;
  int32_t fraction = (bits & 0x7FFFFF) | 0x3F800000;
  float m;
  memcpy(&m, &fraction, sizeof m);
  int is_large = m > 1.41421356f;
  m = is_large ? m * 0.5f : m;
  float powers = (float)(is_large ? exponent + 1 : exponent);
  float t = (m - 1) / (m + 1), s = t * t;
  float series = 2 * t * (1 + s * (1 / 3.0f + s * (1 / 5.0f + s * (1 / 7.0f + s / 9))));
  return powers * 0.693147181f + series;
}

/// The cosine of a share of the circle, as 1 - 2 sin^2 of half of it.
wide_part float cosine(float share) {
  float x = (share - 0.5f) * 3.14159265f, s = x * x;
  float sine = x
               * (1
                  - s * (1 / 6.0f
                         - s * (1 / 120.0f - s * (1 / 5040.0f - s * (1 / 362880.0f)))));
  return 2 * sine * sine - 1;
}

/// A standard normal number by Box and Muller's transform.
wide_part float normal_of(uint32_t counter, uint32_t low, uint32_t high) {
  float radius =
      __builtin_elementwise_sqrt(-2 * logarithm(share_of(bits_of(2 * counter, low, high))));
  return radius * cosine(share_of(bits_of(2 * counter + 1, low, high)));
}

wide_versions void cimage_normal(uint64_t key, size_t count, float *target) {
  uint32_t low = (uint32_t)key, high = (uint32_t)(key >> 32), end = (uint32_t)count;
  for (uint32_t i = 0; i < end; i++) target[i] = normal_of(i, low, high);
}

wide_versions void cimage_signed_uniform(uint64_t key, size_t count, float *target) {
  uint32_t low = (uint32_t)key, high = (uint32_t)(key >> 32), end = (uint32_t)count;
  for (uint32_t i = 0; i < end; i++) target[i] = share_of(bits_of(i, low, high)) * 2 - 1;
}

wide_versions void cimage_words_noise(const uint32_t *source, size_t count, int32_t channels,
                                      float mean, float deviation, uint64_t key,
                                      uint32_t *target) {
  uint32_t low = (uint32_t)key, high = (uint32_t)(key >> 32), end = (uint32_t)count;
  if (source != target) memcpy(target, source, sizeof(uint32_t) * count);
  for (int32_t c = 0; c < channels; c++) {
    uint32_t first = (uint32_t)c * end, shift = 8 * (uint32_t)c;
    for (uint32_t i = 0; i < end; i++) {
      int32_t noise = (int32_t)(mean + normal_of(first + i, low, high) * deviation);
      int32_t value = (int32_t)((target[i] >> shift) & 255) + noise;
      value = value < 0 ? 0 : value > 255 ? 255 : value;
      target[i] = (target[i] & ~(255u << shift)) | (uint32_t)value << shift;
    }
  }
}

wide_versions void cimage_words_salt(const uint32_t *source, size_t count, float share,
                                     uint64_t key, uint32_t *target) {
  uint32_t low = (uint32_t)key, high = (uint32_t)(key >> 32), end = (uint32_t)count;
  for (uint32_t i = 0; i < end; i++) {
    uint32_t bits = bits_of(i, low, high);
    uint32_t grain = bits & 1 ? 0xFFFFFFu : 0;
    target[i] = share_of(bits) < share ? grain : source[i];
  }
}
