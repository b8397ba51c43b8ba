#include "dispatch.h"
#include "words.h"
#include <string.h>

#pragma STDC FP_CONTRACT OFF

wide_part float light(uint32_t word, int channel) {
  return (float)(int32_t)((word >> (8 * channel)) & 255);
}

/// Clamped to a byte and truncated.
wide_part uint32_t stored(float value) {
  float clamped = value < 0 ? 0 : value > 255 ? 255 : value;
  return (uint32_t)(int32_t)clamped;
}

wide_part uint32_t joined(float red, float green, float blue) {
  return stored(red) | stored(green) << 8 | stored(blue) << 16;
}

wide_part float luma(uint32_t word) {
  return 0.2989f * light(word, 0) + 0.587f * light(word, 1) + 0.114f * light(word, 2);
}

wide_versions void cimage_words_brightness(const uint32_t *source, size_t count, float factor,
                                           uint32_t *target) {
  for (size_t i = 0; i < count; i++) {
    uint32_t word = source[i];
    target[i] = joined(light(word, 0) * factor, light(word, 1) * factor, light(word, 2) * factor);
  }
}

wide_versions void cimage_words_contrast(const uint32_t *source, size_t count, float factor,
                                         float constant, uint32_t *target) {
  float addend = constant * (1 - factor);
  for (size_t i = 0; i < count; i++) {
    uint32_t word = source[i];
    target[i] = joined(light(word, 0) * factor + addend, light(word, 1) * factor + addend,
                       light(word, 2) * factor + addend);
  }
}

wide_versions void cimage_words_saturation(const uint32_t *source, size_t count, float factor,
                                           uint32_t *target) {
  float rest = 1 - factor;
  for (size_t i = 0; i < count; i++) {
    uint32_t word = source[i];
    float addend = (float)(int32_t)luma(word) * rest;
    target[i] = joined(light(word, 0) * factor + addend, light(word, 1) * factor + addend,
                       light(word, 2) * factor + addend);
  }
}

wide_versions void cimage_words_grey(const uint32_t *source, size_t count, uint32_t *target) {
  for (size_t i = 0; i < count; i++) {
    uint32_t grey = (uint32_t)(int32_t)luma(source[i]);
    target[i] = grey | grey << 8 | grey << 16;
  }
}

wide_versions static uint64_t sum_of_lumas(const uint32_t *source, size_t count) {
  uint64_t total = 0;
  // In pieces whose sum stays within 32 bits.
  for (size_t begin = 0; begin < count; begin += 1 << 16) {
    size_t end = count - begin < 1 << 16 ? count : begin + (1 << 16);
    uint32_t sum = 0;
    for (size_t i = begin; i < end; i++) sum += (uint32_t)(int32_t)luma(source[i]);
    total += sum;
  }
  return total;
}

wide_versions static uint64_t sum_of_first(const uint32_t *source, size_t count) {
  uint64_t total = 0;
  for (size_t begin = 0; begin < count; begin += 1 << 16) {
    size_t end = count - begin < 1 << 16 ? count : begin + (1 << 16);
    uint32_t sum = 0;
    for (size_t i = begin; i < end; i++) sum += source[i] & 255;
    total += sum;
  }
  return total;
}

double cimage_words_mean_light(const uint32_t *source, size_t count, int32_t channels) {
  if (count == 0) return 0;
  uint64_t total = channels == 1 ? sum_of_first(source, count) : sum_of_lumas(source, count);
  return (double)total / (double)count;
}

wide_part float lesser(float a, float b) { return a < b ? a : b; }
wide_part float greater(float a, float b) { return a > b ? a : b; }

/// One channel of a hue in sixths of the circle, by its distance from where the channel is full:
/// `value - chroma * clamp(distance, 0, 1)` has no branches.
wide_part float hue_channel(float sixths, float shift, float value, float chroma) {
  float place = sixths + shift;
  place = place >= 6 ? place - 6 : place;
  float distance = lesser(place, 4 - place);
  distance = lesser(greater(distance, 0), 1);
  return value - chroma * distance;
}

wide_versions void cimage_words_hue(const uint32_t *source, size_t count, float turn,
                                    uint32_t *target) {
  // In 0..<6 whatever the sign of the turn.
  float turned = turn * 6 + (turn < 0 ? 6.0f : 0.0f);
  // Back to bytes as torchvision scales: 255.999 truncated.
  float scale = 255.999f / 255;
  for (size_t i = 0; i < count; i++) {
    float red = light(source[i], 0), green = light(source[i], 1), blue = light(source[i], 2);
    float value = greater(red, greater(green, blue));
    float chroma = value - lesser(red, lesser(green, blue));
    float divisor = chroma == 0 ? 1 : chroma;
    float of_red = (green - blue) / divisor;
    float of_green = (blue - red) / divisor + 2;
    float of_blue = (red - green) / divisor + 4;
    float sixths = value == red ? of_red : value == green ? of_green : of_blue;
    sixths += turned;
    sixths = sixths < 0 ? sixths + 6 : sixths;
    sixths = sixths >= 6 ? sixths - 6 : sixths;
    target[i] = joined(hue_channel(sixths, 5, value, chroma) * scale,
                       hue_channel(sixths, 3, value, chroma) * scale,
                       hue_channel(sixths, 1, value, chroma) * scale);
  }
}

void cimage_words_look_up(const uint32_t *source, size_t count, const uint8_t *tables,
                          uint32_t *target) {
  for (size_t i = 0; i < count; i++) {
    uint32_t word = source[i];
    target[i] = tables[word & 255] | (uint32_t)tables[256 + ((word >> 8) & 255)] << 8
                | (uint32_t)tables[512 + ((word >> 16) & 255)] << 16;
  }
}

void cimage_words_histogram(const uint32_t *source, size_t count, int32_t channels,
                            uint32_t *histograms) {
  memset(histograms, 0, sizeof(uint32_t) * 256 * (size_t)channels);
  for (size_t i = 0; i < count; i++)
    for (int32_t c = 0; c < channels; c++) histograms[256 * c + ((source[i] >> (8 * c)) & 255)]++;
}

wide_versions void cimage_words_permute(const uint32_t *source, size_t count, const int32_t *order,
                                        uint32_t *target) {
  int32_t first = 8 * order[0], second = 8 * order[1], third = 8 * order[2];
  for (size_t i = 0; i < count; i++) {
    uint32_t word = source[i];
    target[i] = ((word >> first) & 255) | ((word >> second) & 255) << 8
                | ((word >> third) & 255) << 16;
  }
}

wide_versions void cimage_words_accumulate(const uint32_t *source, size_t count, float share,
                                           float *sums) {
  for (size_t i = 0; i < count; i++)
    for (int c = 0; c < 3; c++) sums[3 * i + (size_t)c] += light(source[i], c) * share;
}

wide_versions void cimage_words_from_sums(const float *sums, size_t count, uint32_t *target) {
  for (size_t i = 0; i < count; i++)
    target[i] = joined(sums[3 * i], sums[3 * i + 1], sums[3 * i + 2]);
}
