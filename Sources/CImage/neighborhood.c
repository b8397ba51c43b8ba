#include "dispatch.h"
#include "words.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

wide_part float nearest(float value) { return (value + 12582912.0f) - 12582912.0f; }
wide_part int32_t byte_at(uint32_t word, int shift) { return (int32_t)((word >> shift) & 255); }

wide_part uint32_t sharpened(const uint32_t *row, int32_t width, float rest, int shift) {
  int32_t sum = 4 * byte_at(row[0], shift);
  for (int32_t dy = -1; dy <= 1; dy++)
    for (int32_t dx = -1; dx <= 1; dx++) sum += byte_at(row[dy * width + dx], shift);
  float own = (float)byte_at(row[0], shift);
  float value = own + (nearest((float)sum / 13) - own) * rest;
  value = value < 0 ? 0 : value > 255 ? 255 : value;
  return (uint32_t)(int32_t)value << shift;
}

wide_versions static void sharpen_row(const uint32_t *row, int32_t width, float rest,
                                      uint32_t *target) {
  for (int32_t x = 1; x < width - 1; x++)
    target[x] = sharpened(row + x, width, rest, 0) | sharpened(row + x, width, rest, 8)
                | sharpened(row + x, width, rest, 16);
}

void cimage_words_sharpness(const uint32_t *source, int32_t height, int32_t width, float factor,
                            uint32_t *target) {
  memcpy(target, source, sizeof(uint32_t) * (size_t)height * (size_t)width);
  if (height <= 2 || width <= 2) return;
  for (int32_t y = 1; y < height - 1; y++)
    sharpen_row(source + (size_t)y * width, width, 1 - factor, target + (size_t)y * width);
}

/// The place of a pixel beyond the edge, mirrored at the middle of the edge pixel.
static int32_t mirrored(int32_t at, int32_t extent) {
  if (extent == 1) return 0;
  int32_t period = 2 * (extent - 1), place = at % period;
  if (place < 0) place += period;
  return place < extent ? place : period - place;
}

wide_versions static void weigh_along(const float *row, const float *weights, int32_t count,
                                      int32_t width, float *target) {
  for (int32_t x = 0; x < width; x++) target[x] = row[x] * weights[0];
  for (int32_t k = 1; k < count; k++)
    for (int32_t x = 0; x < width; x++) target[x] += row[x + k] * weights[k];
}

wide_versions static void add_row(const float *row, float weight, int32_t width, float *target) {
  for (int32_t x = 0; x < width; x++) target[x] += row[x] * weight;
}

/// A row with what lies beyond its ends.
static void extend(float *row, int32_t width, int32_t reach) {
  for (int32_t x = 1; x <= reach; x++) {
    row[reach - x] = row[reach + mirrored(-x, width)];
    row[reach + width - 1 + x] = row[reach + mirrored(width - 1 + x, width)];
  }
}

static void weigh_down(const float *rows, int32_t height, int32_t width, int32_t y,
                       const float *weights, int32_t count, float *target) {
  memset(target, 0, sizeof(float) * (size_t)width);
  for (int32_t k = 0; k < count; k++)
    add_row(rows + (size_t)mirrored(y + k - count / 2, height) * width, weights[k], width, target);
}

wide_versions static void unpack(const uint32_t *row, int32_t width, int shift, float *target) {
  for (int32_t x = 0; x < width; x++) target[x] = (float)byte_at(row[x], shift);
}

wide_versions static void pack(const float *row, int32_t width, int shift, uint32_t *target) {
  for (int32_t x = 0; x < width; x++) {
    float value = nearest(row[x]);
    value = value < 0 ? 0 : value > 255 ? 255 : value;
    target[x] |= (uint32_t)(int32_t)value << shift;
  }
}

int cimage_words_convolve(const uint32_t *source, int32_t height, int32_t width,
                          const float *across, int32_t across_count, const float *down,
                          int32_t down_count, uint32_t *target) {
  int32_t reach = across_count / 2;
  size_t pixels = (size_t)height * width;
  float *rows = malloc(sizeof(float) * (pixels + 2 * (size_t)width + 2 * (size_t)reach));
  if (!rows) return 0;
  float *row = rows + pixels, *sum = row + width + 2 * reach;
  memset(target, 0, sizeof(uint32_t) * pixels);
  for (int shift = 0; shift < 24; shift += 8) {
    for (int32_t y = 0; y < height; y++) {
      unpack(source + (size_t)y * width, width, shift, row + reach);
      extend(row, width, reach);
      weigh_along(row, across, across_count, width, rows + (size_t)y * width);
    }
    for (int32_t y = 0; y < height; y++) {
      weigh_down(rows, height, width, y, down, down_count, sum);
      pack(sum, width, shift, target + (size_t)y * width);
    }
  }
  free(rows);
  return 1;
}

int cimage_field_smooth(float *field, int32_t height, int32_t width, const float *weights,
                        int32_t count) {
  int32_t reach = count / 2;
  size_t pixels = (size_t)height * width;
  float *rows = malloc(sizeof(float) * (pixels + (size_t)width + 2 * (size_t)reach));
  if (!rows) return 0;
  float *row = rows + pixels;
  for (int32_t y = 0; y < height; y++) {
    memcpy(row + reach, field + (size_t)y * width, sizeof(float) * (size_t)width);
    extend(row, width, reach);
    weigh_along(row, weights, count, width, rows + (size_t)y * width);
  }
  for (int32_t y = 0; y < height; y++)
    weigh_down(rows, height, width, y, weights, count, field + (size_t)y * width);
  free(rows);
  return 1;
}

static int32_t within(int32_t at, int32_t extent) {
  return at < 0 ? 0 : at >= extent ? extent - 1 : at;
}

void cimage_words_streak(const uint32_t *source, int32_t height, int32_t width, int32_t length,
                         double radians, uint32_t *target) {
  double step_x = cos(radians), step_y = -sin(radians), middle = (length - 1) * 0.5;
  for (int32_t y = 0; y < height; y++) {
    for (int32_t x = 0; x < width; x++) {
      int32_t sums[3] = {length / 2, length / 2, length / 2};
      for (int32_t k = 0; k < length; k++) {
        int32_t row = within(y + (int32_t)lround((k - middle) * step_y), height);
        int32_t column = within(x + (int32_t)lround((k - middle) * step_x), width);
        uint32_t word = source[(size_t)row * width + column];
        for (int c = 0; c < 3; c++) sums[c] += byte_at(word, 8 * c);
      }
      *target++ = (uint32_t)(sums[0] / length) | (uint32_t)(sums[1] / length) << 8
                  | (uint32_t)(sums[2] / length) << 16;
    }
  }
}

/// The value below which as many lie as above, by counts of 16 and then of 1.
static uint32_t median(const uint8_t *values, int32_t count) {
  int32_t coarse[16] = {0}, fine[16] = {0}, rank = count / 2;
  for (int32_t i = 0; i < count; i++) coarse[values[i] >> 4]++;
  int32_t upper = 0;
  while (rank >= coarse[upper]) rank -= coarse[upper++];
  for (int32_t i = 0; i < count; i++)
    if (values[i] >> 4 == upper) fine[values[i] & 15]++;
  int32_t lower = 0;
  while (rank >= fine[lower]) rank -= fine[lower++];
  return (uint32_t)(upper << 4 | lower);
}

void cimage_words_median(const uint32_t *source, int32_t height, int32_t width, int32_t size,
                         uint32_t *target) {
  enum { most = 15 };
  uint8_t values[3][most * most];
  if (size > most) size = most;
  for (int32_t y = 0; y < height; y++) {
    for (int32_t x = 0; x < width; x++) {
      int32_t count = 0;
      for (int32_t dy = -size / 2; dy <= size / 2; dy++) {
        const uint32_t *row = source + (size_t)within(y + dy, height) * width;
        for (int32_t dx = -size / 2; dx <= size / 2; dx++, count++) {
          uint32_t word = row[within(x + dx, width)];
          for (int c = 0; c < 3; c++) values[c][count] = (uint8_t)(word >> (8 * c));
        }
      }
      *target++ = median(values[0], count) | median(values[1], count) << 8
                  | median(values[2], count) << 16;
    }
  }
}
