#include "words.h"
#include <stdlib.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

/// The tiles of an image: `count` in each direction, of about equal sizes.
struct tiling {
  int32_t height;
  int32_t width;
  int32_t rows;
  int32_t columns;
};

static int32_t edge(int32_t tile, int32_t tiles, int32_t extent) {
  return (int32_t)((int64_t)tile * extent / tiles);
}

/// Cuts counts above the limit and hands what was cut to all values alike.
static void clip(int32_t *histogram, int32_t limit) {
  int32_t excess = 0;
  for (int i = 0; i < 256; i++) {
    if (histogram[i] <= limit) continue;
    excess += histogram[i] - limit;
    histogram[i] = limit;
  }
  int32_t each = excess / 256, rest = excess % 256;
  for (int i = 0; i < 256; i++) histogram[i] += each;
  int32_t step = rest > 0 ? 256 / rest : 256;
  for (int i = 0; i < 256 && rest > 0; i += step, rest--) histogram[i]++;
}

static void make_table(const uint32_t *source, const struct tiling *tiling, int32_t row,
                       int32_t column, int shift, double limit, uint8_t *table) {
  int32_t histogram[256] = {0};
  int32_t top = edge(row, tiling->rows, tiling->height);
  int32_t bottom = edge(row + 1, tiling->rows, tiling->height);
  int32_t left = edge(column, tiling->columns, tiling->width);
  int32_t right = edge(column + 1, tiling->columns, tiling->width);
  for (int32_t y = top; y < bottom; y++)
    for (int32_t x = left; x < right; x++)
      histogram[(source[(size_t)y * tiling->width + x] >> shift) & 255]++;
  int32_t pixels = (bottom - top) * (right - left);
  double most = limit * pixels / 256;
  clip(histogram, most < 1 ? 1 : (int32_t)most);
  int64_t sum = 0;
  for (int i = 0; i < 256; i++) {
    sum += histogram[i];
    int64_t value = (sum * 255 + pixels / 2) / pixels;
    table[i] = (uint8_t)(value > 255 ? 255 : value);
  }
}

/// The tile whose centre is at or before a pixel, and the share of the one after it.
static int32_t tile_before(int32_t at, int32_t tiles, int32_t extent, float *share) {
  float place = ((float)at + 0.5f) * (float)tiles / (float)extent - 0.5f;
  int32_t tile = place < 0 ? -1 : (int32_t)place;
  *share = place - (float)tile;
  return tile;
}

static int32_t within(int32_t tile, int32_t tiles) {
  return tile < 0 ? 0 : tile >= tiles ? tiles - 1 : tile;
}

static void apply(const uint32_t *source, const struct tiling *tiling, const uint8_t *tables,
                  int shift, uint32_t *target) {
  for (int32_t y = 0; y < tiling->height; y++) {
    float lower;
    int32_t row = tile_before(y, tiling->rows, tiling->height, &lower);
    const uint8_t *above =
        tables + (size_t)within(row, tiling->rows) * (size_t)tiling->columns * 256;
    const uint8_t *under =
        tables + (size_t)within(row + 1, tiling->rows) * (size_t)tiling->columns * 256;
    for (int32_t x = 0; x < tiling->width; x++, source++, target++) {
      float right;
      int32_t column = tile_before(x, tiling->columns, tiling->width, &right);
      size_t first = 256 * (size_t)within(column, tiling->columns) + ((*source >> shift) & 255);
      size_t second =
          256 * (size_t)within(column + 1, tiling->columns) + ((*source >> shift) & 255);
      float top = (float)above[first] * (1 - right) + (float)above[second] * right;
      float bottom = (float)under[first] * (1 - right) + (float)under[second] * right;
      *target |= (uint32_t)(top * (1 - lower) + bottom * lower + 0.5f) << shift;
    }
  }
}

int cimage_words_clahe(const uint32_t *source, int32_t height, int32_t width, int32_t channels,
                       double limit, int32_t tiles, uint32_t *target) {
  struct tiling tiling = {height, width, tiles < height ? tiles : height,
                          tiles < width ? tiles : width};
  uint8_t *tables = malloc((size_t)tiling.rows * (size_t)tiling.columns * 256);
  if (!tables) return 0;
  memset(target, 0, sizeof(uint32_t) * (size_t)height * (size_t)width);
  for (int32_t c = 0; c < channels; c++) {
    for (int32_t row = 0; row < tiling.rows; row++)
      for (int32_t column = 0; column < tiling.columns; column++)
        make_table(source, &tiling, row, column, 8 * c, limit,
                   tables + ((size_t)row * (size_t)tiling.columns + (size_t)column) * 256);
    apply(source, &tiling, tables, 8 * c, target);
  }
  free(tables);
  return 1;
}
