#include "CImage.h"
#include <math.h>
#include <string.h>

// The same bits on every processor: no fused multiply-add where one has it and another has not.
#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__) && defined(__linux__)
#define wide_versions __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define wide_versions
#endif

/// The part of a window's columns that lies inside the source: `begin` up to `end`.
struct span {
  int32_t begin;
  int32_t end;
};

static struct span inside(int32_t start, int32_t length, int32_t extent) {
  int32_t begin = start < 0 ? -start : 0, end = extent - start;
  if (begin > length) begin = length;
  if (end > length) end = length;
  if (end < begin) end = begin;
  return (struct span){begin, end};
}

void cimage_planes_from_rgb(const uint8_t *source, int32_t width, int32_t top, int32_t left,
                            int32_t target_height, int32_t target_width, int32_t target_planes,
                            uint8_t *target) {
  size_t plane = (size_t)target_height * target_width;
  for (int32_t y = 0; y < target_height; y++) {
    const uint8_t *row = source + 3 * ((size_t)(top + y) * width + left);
    uint8_t *into = target + (size_t)y * target_width;
    for (int32_t x = 0; x < target_width; x++, row += 3) {
      if (target_planes == 1) {
        into[x] = (uint8_t)((row[0] * 19595u + row[1] * 38470u + row[2] * 7471u + 0x8000u) >> 16);
      } else {
        for (int c = 0; c < 3; c++) into[c * plane + x] = row[c];
      }
    }
  }
}

wide_versions static void normalize_forward(const uint8_t *row, int32_t count, float scale,
                                            float offset, float *target) {
  for (int32_t x = 0; x < count; x++) target[x] = (float)row[x] * scale + offset;
}

wide_versions static void normalize_backward(const uint8_t *row, int32_t count, float scale,
                                             float offset, float *target) {
  for (int32_t x = 0; x < count; x++) target[x] = (float)row[count - 1 - x] * scale + offset;
}

static void fill(float *target, int32_t count, float value) {
  for (int32_t x = 0; x < count; x++) target[x] = value;
}

void cimage_normalize(const uint8_t *source, int32_t planes, int32_t height, int32_t width,
                      struct cimage_window window, const float *scale, const float *offset,
                      float *target) {
  struct span columns = inside(window.left, window.width, width);
  int32_t middle = columns.end - columns.begin;
  // A mirrored window writes the same span from the other side.
  int32_t before = window.mirrored ? window.width - columns.end : columns.begin;
  for (int32_t c = 0; c < planes; c++) {
    const uint8_t *plane = source + (size_t)c * height * width;
    float border = (float)window.border * scale[c] + offset[c];
    for (int32_t y = 0; y < window.height; y++, target += window.width) {
      int32_t from = window.top + y;
      if (from < 0 || from >= height || middle == 0) {
        fill(target, window.width, border);
        continue;
      }
      const uint8_t *row = plane + (ptrdiff_t)from * width + window.left + columns.begin;
      fill(target, before, border);
      if (window.mirrored)
        normalize_backward(row, middle, scale[c], offset[c], target + before);
      else
        normalize_forward(row, middle, scale[c], offset[c], target + before);
      fill(target + before + middle, window.width - before - middle, border);
    }
  }
}

void cimage_cut(const uint8_t *source, int32_t planes, int32_t height, int32_t width,
                struct cimage_window window, uint8_t *target) {
  struct span columns = inside(window.left, window.width, width);
  int32_t middle = columns.end - columns.begin;
  int32_t before = window.mirrored ? window.width - columns.end : columns.begin;
  for (int32_t c = 0; c < planes; c++) {
    const uint8_t *plane = source + (size_t)c * height * width;
    for (int32_t y = 0; y < window.height; y++, target += window.width) {
      int32_t from = window.top + y;
      memset(target, window.border, (size_t)window.width);
      if (from < 0 || from >= height) continue;
      const uint8_t *row = plane + (ptrdiff_t)from * width + window.left + columns.begin;
      if (!window.mirrored) {
        memcpy(target + before, row, (size_t)middle);
      } else {
        for (int32_t x = 0; x < middle; x++) target[before + x] = row[middle - 1 - x];
      }
    }
  }
}

/// The whole number below; `floor` is a call where the processor is not known to round.
static int32_t below(double value) {
  int32_t whole = (int32_t)value;
  return whole - (whole > value);
}

/// Where a target's pixel comes from: the upper left of four neighbours and the shares of the others.
struct origin {
  int32_t top;
  int32_t left;
  float lower_share;
  float right_share;
};

static uint8_t blended(const uint8_t *plane, int32_t height, int32_t width, struct origin from) {
  float corners[4];
  for (int32_t k = 0; k < 4; k++) {
    int32_t y = from.top + k / 2, x = from.left + k % 2;
    int is_inside = y >= 0 && y < height && x >= 0 && x < width;
    corners[k] = is_inside ? plane[(size_t)y * width + x] : 0;
  }
  float upper = corners[0] + (corners[1] - corners[0]) * from.right_share;
  float lower = corners[2] + (corners[3] - corners[2]) * from.right_share;
  return (uint8_t)(upper + (lower - upper) * from.lower_share + 0.5f);
}

static uint8_t blended_inside(const uint8_t *corner, int32_t width, struct origin from) {
  float upper = corner[0] + ((float)corner[1] - corner[0]) * from.right_share;
  float lower = corner[width] + ((float)corner[width + 1] - corner[width]) * from.right_share;
  return (uint8_t)(upper + (lower - upper) * from.lower_share + 0.5f);
}

void cimage_rotate(const uint8_t *source, int32_t planes, int32_t height, int32_t width,
                   double degrees, uint8_t *target) {
  double radians = degrees * 3.14159265358979323846 / 180;
  double cosine = cos(radians), sine = sin(radians);
  double middle_x = width * 0.5 - 0.5, middle_y = height * 0.5 - 0.5;
  size_t plane = (size_t)height * width;
  for (int32_t y = 0; y < height; y++) {
    for (int32_t x = 0; x < width; x++, target++) {
      // The inverse turn, with y pointing down.
      double from_x = cosine * (x - middle_x) - sine * (y - middle_y) + middle_x;
      double from_y = sine * (x - middle_x) + cosine * (y - middle_y) + middle_y;
      struct origin from = {below(from_y), below(from_x), 0, 0};
      from.lower_share = (float)(from_y - from.top);
      from.right_share = (float)(from_x - from.left);
      int is_inside = from.top >= 0 && from.top < height - 1 && from.left >= 0
                      && from.left < width - 1;
      for (int32_t c = 0; c < planes; c++) {
        const uint8_t *pixels = source + c * plane;
        target[c * plane] =
            is_inside ? blended_inside(pixels + (size_t)from.top * width + from.left, width, from)
                      : blended(pixels, height, width, from);
      }
    }
  }
}

wide_versions void cimage_blend(const uint8_t *source, size_t count, float factor, float addend,
                                uint8_t *target) {
  for (size_t i = 0; i < count; i++) {
    float value = (float)source[i] * factor + addend;
    target[i] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
  }
}
