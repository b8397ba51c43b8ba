#include "dispatch.h"
#include "words.h"

#pragma STDC FP_CONTRACT OFF

/// The nearest whole number, halves to the even one; for numbers below 2^22 in size.
wide_part float nearest(float value) { return (value + 12582912.0f) - 12582912.0f; }

wide_part float below(float value) {
  float whole = nearest(value);
  return whole > value ? whole - 1 : whole;
}

/// An image that pixels are taken from.
struct picture {
  const uint32_t *words;
  float height;
  float width;
  int32_t stride;
  uint32_t fill;
};

// Places are computed many at a time, then pixels are fetched one by one, since fetching many at once is
// no faster on many processors, then colours are blended many at a time.
enum { chunk = 256 };

/// Where the pixels of a stretch are taken from.
struct places {
  float x[chunk];
  float y[chunk];
};

/// The number of the nearest pixel, -1 outside.
wide_versions static void nearest_numbers(struct picture from, const struct places *places,
                                          int32_t count, int32_t *numbers) {
  for (int32_t i = 0; i < count; i++) {
    float column = nearest(places->x[i]), row = nearest(places->y[i]);
    int inside = (column >= 0) & (column < from.width) & (row >= 0) & (row < from.height);
    int32_t at = (int32_t)(inside ? row : 0) * from.stride + (int32_t)(inside ? column : 0);
    numbers[i] = inside ? at : -1;
  }
}

static void take_nearest(struct picture from, const struct places *places, int32_t count,
                         uint32_t *target) {
  int32_t numbers[chunk];
  nearest_numbers(from, places, count, numbers);
  for (int32_t i = 0; i < count; i++)
    target[i] = numbers[i] < 0 ? from.fill : from.words[numbers[i]];
}

/// Four neighbours of each place: their numbers, and the shares they have; none outside.
struct neighbors {
  int32_t numbers[4][chunk];
  float shares[4][chunk];
  uint32_t words[4][chunk];
};

wide_versions static void find_neighbors(struct picture from, const struct places *places,
                                         int32_t count, struct neighbors *found) {
  float width = from.width, height = from.height;
  for (int32_t i = 0; i < count; i++) {
    float x = places->x[i], y = places->y[i];
    // Farther than a pixel outside is as good as a pixel outside.
    x = x < -2 ? -2 : x > width + 1 ? width + 1 : x;
    y = y < -2 ? -2 : y > height + 1 ? height + 1 : y;
    float left = below(x), top = below(y);
    float right_share = x - left, lower_share = y - top;
    int has_left = (left >= 0) & (left < width);
    int has_right = (left >= -1) & (left < width - 1);
    int has_top = (top >= 0) & (top < height);
    int has_bottom = (top >= -1) & (top < height - 1);
    int32_t first = (int32_t)(has_left ? left : 0);
    int32_t second = (int32_t)(has_right ? left + 1 : 0);
    int32_t upper = (int32_t)(has_top ? top : 0) * from.stride;
    int32_t lower = (int32_t)(has_bottom ? top + 1 : 0) * from.stride;
    float left_share = has_left ? 1 - right_share : 0;
    float top_share = has_top ? 1 - lower_share : 0;
    right_share = has_right ? right_share : 0;
    lower_share = has_bottom ? lower_share : 0;
    found->numbers[0][i] = upper + first;
    found->numbers[1][i] = upper + second;
    found->numbers[2][i] = lower + first;
    found->numbers[3][i] = lower + second;
    found->shares[0][i] = left_share * top_share;
    found->shares[1][i] = right_share * top_share;
    found->shares[2][i] = left_share * lower_share;
    found->shares[3][i] = right_share * lower_share;
  }
}

wide_part float light(uint32_t word, int shift) { return (float)(int32_t)((word >> shift) & 255); }

/// A channel of the neighbours, blended; what they lack of the image is filled.
wide_part uint32_t blended(const struct neighbors *from, int32_t i, float share, uint32_t fill,
                           int shift) {
  float sum = light(from->words[0][i], shift) * from->shares[0][i]
              + light(from->words[1][i], shift) * from->shares[1][i]
              + light(from->words[2][i], shift) * from->shares[2][i]
              + light(from->words[3][i], shift) * from->shares[3][i];
  float full = light(fill, shift);
  float value = nearest((sum - full) * share + full);
  value = value < 0 ? 0 : value > 255 ? 255 : value;
  return (uint32_t)(int32_t)value << shift;
}

wide_versions static void blend_neighbors(const struct neighbors *from, int32_t count,
                                          uint32_t fill, uint32_t *target) {
  for (int32_t i = 0; i < count; i++) {
    float share =
        from->shares[0][i] + from->shares[1][i] + from->shares[2][i] + from->shares[3][i];
    target[i] = blended(from, i, share, fill, 0) | blended(from, i, share, fill, 8)
                | blended(from, i, share, fill, 16);
  }
}

static void take_blended(struct picture from, const struct places *places, int32_t count,
                         uint32_t *target) {
  struct neighbors found;
  find_neighbors(from, places, count, &found);
  for (int k = 0; k < 4; k++)
    for (int32_t i = 0; i < count; i++) found.words[k][i] = from.words[found.numbers[k][i]];
  blend_neighbors(&found, count, from.fill, target);
}

static void take(struct picture from, const struct places *places, int32_t count, int bilinear,
                 uint32_t *target) {
  if (bilinear)
    take_blended(from, places, count, target);
  else
    take_nearest(from, places, count, target);
}

/// One row of a map: the numerators and the denominator at x are `start + step * x`.
struct line {
  float start_x, step_x, start_y, step_y, start_w, step_w;
};

wide_versions static void affine_places(struct line line, int32_t first, int32_t count,
                                        struct places *places) {
  for (int32_t i = 0; i < count; i++) {
    places->x[i] = line.start_x + line.step_x * (float)(first + i);
    places->y[i] = line.start_y + line.step_y * (float)(first + i);
  }
}

wide_versions static void projective_places(struct line line, int32_t first, int32_t count,
                                            struct places *places) {
  for (int32_t i = 0; i < count; i++) {
    float x = (float)(first + i), depth = line.start_w + line.step_w * x;
    // Behind the horizon nothing is seen.
    int seen = depth > 1e-6f;
    float divisor = seen ? depth : 1;
    places->x[i] = seen ? (line.start_x + line.step_x * x) / divisor : -9;
    places->y[i] = seen ? (line.start_y + line.step_y * x) / divisor : -9;
  }
}

void cimage_words_warp(const uint32_t *source, int32_t height, int32_t width, const double *map,
                       int bilinear, uint32_t fill, int32_t target_height, int32_t target_width,
                       uint32_t *target) {
  struct picture from = {source, (float)height, (float)width, width, fill};
  struct places places;
  int is_affine = map[6] == 0 && map[7] == 0;
  for (int32_t y = 0; y < target_height; y++, target += target_width) {
    struct line line = {(float)(map[1] * y + map[2]), (float)map[0],
                        (float)(map[4] * y + map[5]), (float)map[3],
                        (float)(map[7] * y + 1),      (float)map[6]};
    for (int32_t x = 0; x < target_width; x += chunk) {
      int32_t count = target_width - x < chunk ? target_width - x : chunk;
      if (is_affine)
        affine_places(line, x, count, &places);
      else
        projective_places(line, x, count, &places);
      take(from, &places, count, bilinear, target + x);
    }
  }
}

wide_versions static void displaced_places(int32_t x, int32_t y, int32_t count,
                                           const float *across, const float *down,
                                           struct places *places) {
  for (int32_t i = 0; i < count; i++) {
    places->x[i] = (float)(x + i) + across[i];
    places->y[i] = (float)y + down[i];
  }
}

void cimage_words_displace(const uint32_t *source, int32_t height, int32_t width,
                           const float *across, const float *down, int bilinear, uint32_t fill,
                           uint32_t *target) {
  struct picture from = {source, (float)height, (float)width, width, fill};
  struct places places;
  for (int32_t y = 0; y < height; y++) {
    for (int32_t x = 0; x < width; x += chunk) {
      int32_t count = width - x < chunk ? width - x : chunk;
      size_t start = (size_t)y * (size_t)width + (size_t)x;
      displaced_places(x, y, count, across + start, down + start, &places);
      take(from, &places, count, bilinear, target + start);
    }
  }
}
