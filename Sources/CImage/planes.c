#include "CImage.h"
#include "dispatch.h"

// The same bits on every processor: no fused multiply-add where one has it and another has not.
#pragma STDC FP_CONTRACT OFF

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

void cimage_will_read(const uint8_t *bytes, int64_t count) {
  const int64_t line = 64;
  for (int64_t at = 0; at < count; at += line) __builtin_prefetch(bytes + at);
}

void cimage_normalize(const uint8_t *source, int32_t planes, int32_t height, int32_t width,
                      struct cimage_window window, const float *scale, const float *offset,
                      float *target) {
  struct span columns = inside(window.left, window.width, width);
  int32_t middle = columns.end - columns.begin;
  // A mirrored window writes the same span from the other side.
  int32_t before = window.mirrored ? window.width - columns.end : columns.begin;
  // Whole rows as they come lie one behind the other: one long row has no ends to treat apart.
  int whole = !window.mirrored && !window.flipped && window.left == 0 && window.width == width &&
              window.top >= 0 && window.top + window.height <= height;
  for (int32_t c = 0; c < planes; c++) {
    const uint8_t *plane = source + (size_t)c * height * width;
    if (whole) {
      normalize_forward(plane + (ptrdiff_t)window.top * width, window.height * width, scale[c],
                        offset[c], target);
      target += (size_t)window.height * width;
      continue;
    }
    float border = (float)((window.border >> (8 * c)) & 255) * scale[c] + offset[c];
    for (int32_t y = 0; y < window.height; y++, target += window.width) {
      int32_t from = window.top + (window.flipped ? window.height - 1 - y : y);
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
