#include "dispatch.h"
#include "words.h"
#include <string.h>

// The same bits on every processor: no fused multiply-add where one has it and another has not.
#pragma STDC FP_CONTRACT OFF

wide_part uint32_t byte_at(uint32_t word, int channel) { return (word >> (8 * channel)) & 255; }

wide_versions static void words_of_row(const uint8_t *row, int32_t width, uint32_t *target) {
  for (int32_t x = 0; x < width; x++) target[x] = row[x];
}

wide_versions static void words_of_planes(const uint8_t *row, ptrdiff_t channel, int32_t width,
                                          uint32_t *target) {
  const uint8_t *green = row + channel, *blue = green + channel;
  for (int32_t x = 0; x < width; x++)
    target[x] = row[x] | (uint32_t)green[x] << 8 | (uint32_t)blue[x] << 16;
}

wide_versions static void words_of_triples(const uint8_t *row, int32_t width, uint32_t *target) {
  for (int32_t x = 0; x < width; x++)
    target[x] = row[3 * x] | (uint32_t)row[3 * x + 1] << 8 | (uint32_t)row[3 * x + 2] << 16;
}

void cimage_words_from(struct cimage_source source, uint32_t *target) {
  for (int32_t y = 0; y < source.height; y++, target += source.width) {
    const uint8_t *row = source.base + y * source.row;
    if (source.channels == 1)
      words_of_row(row, source.width, target);
    else if (source.pixel == 1)
      words_of_planes(row, source.channel, source.width, target);
    else if (source.pixel == 3)
      words_of_triples(row, source.width, target);
    else
      memcpy(target, row, sizeof(uint32_t) * (size_t)source.width);
  }
}

wide_versions void cimage_words_to_planes(const uint32_t *source, size_t count, int32_t channels,
                                          uint8_t *target) {
  for (int c = 0; c < channels; c++, target += count)
    for (size_t i = 0; i < count; i++) target[i] = (uint8_t)(source[i] >> (8 * c));
}

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

/// A window's rows one after the other.
struct cut {
  struct cimage_window window;
  const uint32_t *source;
  int32_t height;
  int32_t width;
  int32_t before;
  int32_t middle;
  int32_t first;
};

static struct cut cut_of(const uint32_t *source, int32_t height, int32_t width,
                         struct cimage_window window) {
  struct span columns = inside(window.left, window.width, width);
  int32_t before = window.mirrored ? window.width - columns.end : columns.begin;
  return (struct cut){window, source, height, width, before, columns.end - columns.begin,
                      window.left + columns.begin};
}

/// The inner part of a target's row; null where all of it is border.
static const uint32_t *inner(const struct cut *cut, int32_t y) {
  int32_t from = cut->window.top + (cut->window.flipped ? cut->window.height - 1 - y : y);
  if (from < 0 || from >= cut->height || cut->middle == 0) return NULL;
  return cut->source + (ptrdiff_t)from * cut->width + cut->first;
}

static void fill_words(uint32_t *target, int32_t count, uint32_t word) {
  for (int32_t x = 0; x < count; x++) target[x] = word;
}

wide_versions static void reverse(const uint32_t *source, int32_t count, uint32_t *target) {
  for (int32_t x = 0; x < count; x++) target[x] = source[count - 1 - x];
}

static void cut_row(const struct cut *cut, int32_t y, uint32_t *target) {
  const uint32_t *from = inner(cut, y);
  int32_t width = cut->window.width;
  if (!from) {
    fill_words(target, width, cut->window.border);
    return;
  }
  fill_words(target, cut->before, cut->window.border);
  if (cut->window.mirrored)
    reverse(from, cut->middle, target + cut->before);
  else
    memcpy(target + cut->before, from, sizeof(uint32_t) * (size_t)cut->middle);
  fill_words(target + cut->before + cut->middle, width - cut->before - cut->middle,
             cut->window.border);
}

void cimage_words_cut(const uint32_t *source, int32_t height, int32_t width,
                      struct cimage_window window, uint32_t *target) {
  struct cut cut = cut_of(source, height, width, window);
  for (int32_t y = 0; y < window.height; y++) cut_row(&cut, y, target + (size_t)y * window.width);
}

static int32_t beyond(int32_t at, int32_t extent, enum cimage_padding padding) {
  if (at >= 0 && at < extent) return at;
  if (padding == cimage_pad_edge || extent == 1) return at < 0 ? 0 : extent - 1;
  int32_t skip = padding == cimage_pad_reflect ? 1 : 0;
  int32_t period = 2 * (extent - skip), place = at % period;
  if (place < 0) place += period;
  return place < extent ? place : 2 * extent - 1 - skip - place;
}

void cimage_words_pad(const uint32_t *source, int32_t height, int32_t width, int32_t top,
                      int32_t left, int32_t target_height, int32_t target_width,
                      enum cimage_padding padding, uint32_t *target) {
  for (int32_t y = 0; y < target_height; y++) {
    const uint32_t *row = source + (size_t)beyond(y - top, height, padding) * width;
    for (int32_t x = 0; x < target_width; x++) *target++ = row[beyond(x - left, width, padding)];
  }
}

wide_part uint16_t bfloat(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return (uint16_t)((bits + 0x7FFFu + ((bits >> 16) & 1)) >> 16);
}

wide_versions static void float_plane(const uint32_t *row, int32_t count, int32_t shift,
                                      float scale, float offset, float *target) {
  for (int32_t x = 0; x < count; x++)
    target[x] = (float)(int32_t)((row[x] >> shift) & 255) * scale + offset;
}

wide_versions static void bfloat_plane(const uint32_t *row, int32_t count, int32_t shift,
                                       float scale, float offset, uint16_t *target) {
  for (int32_t x = 0; x < count; x++)
    target[x] = bfloat((float)(int32_t)((row[x] >> shift) & 255) * scale + offset);
}

wide_versions static void float_triples(const uint32_t *row, int32_t count, const float *scale,
                                        const float *offset, float *target) {
  float s0 = scale[0], s1 = scale[1], s2 = scale[2];
  float o0 = offset[0], o1 = offset[1], o2 = offset[2];
  for (int32_t x = 0; x < count; x++) {
    target[3 * x] = (float)(int32_t)byte_at(row[x], 0) * s0 + o0;
    target[3 * x + 1] = (float)(int32_t)byte_at(row[x], 1) * s1 + o1;
    target[3 * x + 2] = (float)(int32_t)byte_at(row[x], 2) * s2 + o2;
  }
}

wide_versions static void bfloat_triples(const uint32_t *row, int32_t count, const float *scale,
                                         const float *offset, uint16_t *target) {
  float s0 = scale[0], s1 = scale[1], s2 = scale[2];
  float o0 = offset[0], o1 = offset[1], o2 = offset[2];
  for (int32_t x = 0; x < count; x++) {
    target[3 * x] = bfloat((float)(int32_t)byte_at(row[x], 0) * s0 + o0);
    target[3 * x + 1] = bfloat((float)(int32_t)byte_at(row[x], 1) * s1 + o1);
    target[3 * x + 2] = bfloat((float)(int32_t)byte_at(row[x], 2) * s2 + o2);
  }
}

/// Normalises a stretch of words that stand at `place` among `plane` pixels.
static void normalize_stretch(const uint32_t *row, int32_t count, size_t place, size_t plane,
                              int32_t channels, const float *scale, const float *offset,
                              enum cimage_layout layout, void *target) {
  int in_planes = layout == cimage_float_planes || layout == cimage_bfloat_planes || channels == 1;
  int is_float = layout == cimage_float_planes || layout == cimage_float_rows;
  if (!in_planes) {
    if (is_float)
      float_triples(row, count, scale, offset, (float *)target + 3 * place);
    else
      bfloat_triples(row, count, scale, offset, (uint16_t *)target + 3 * place);
    return;
  }
  for (int32_t c = 0; c < channels; c++, place += plane) {
    if (is_float)
      float_plane(row, count, 8 * c, scale[c], offset[c], (float *)target + place);
    else
      bfloat_plane(row, count, 8 * c, scale[c], offset[c], (uint16_t *)target + place);
  }
}

void cimage_words_normalize(const uint32_t *source, int32_t height, int32_t width,
                            struct cimage_window window, int32_t channels, const float *scale,
                            const float *offset, enum cimage_layout layout, void *target) {
  struct cut cut = cut_of(source, height, width, window);
  size_t plane = (size_t)window.height * window.width;
  int is_whole = window.top == 0 && window.left == 0 && !window.mirrored && !window.flipped
                 && window.height == height && window.width == width;
  if (is_whole) {
    normalize_stretch(source, (int32_t)plane, 0, plane, channels, scale, offset, layout, target);
    return;
  }
  enum { stretch = 1024 };
  uint32_t row[stretch];
  for (int32_t y = 0; y < window.height; y++) {
    if (window.width <= stretch) {
      cut_row(&cut, y, row);
      normalize_stretch(row, window.width, (size_t)y * window.width, plane, channels, scale, offset,
                        layout, target);
      continue;
    }
    const uint32_t *from = inner(&cut, y);
    for (int32_t x = 0; x < window.width; x++) {
      int32_t column = x - cut.before;
      uint32_t word = window.border;
      if (from && column >= 0 && column < cut.middle)
        word = from[window.mirrored ? cut.middle - 1 - column : column];
      normalize_stretch(&word, 1, (size_t)y * window.width + x, plane, channels, scale, offset,
                        layout, target);
    }
  }
}

wide_versions void cimage_mix(float *own, const float *other, size_t count, float share) {
  float rest = 1 - share;
  for (size_t i = 0; i < count; i++) own[i] = own[i] * share + other[i] * rest;
}
