#include "dispatch.h"
#include "words.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

// Down the columns, pixels become 16-bit numbers with 7 bits below the point and weights have 15; along
// the rows weights have 14, and the sum of 32 bits is rounded once. Integers give every machine the
// same pixels, whatever the width of its vectors.
enum { down_bits = 15, across_bits = 14, kept_bits = 7 };

/// The weights of one direction: `taps` for each target pixel, from `first` on.
struct filter {
  int32_t taps;
  int32_t *first;
  int16_t *weights;
};

static int32_t taps_of(int32_t from, int32_t to) {
  double scale = (double)from / to;
  int32_t taps = (int32_t)ceil(scale > 1 ? scale : 1) * 2 + 1;
  // An even count, since rows are weighed in pairs of pixels.
  return (taps + 1) & ~1;
}

static void make_filter(struct filter *filter, int32_t from, int32_t to, int bits, double *exact) {
  double scale = (double)from / to, support = scale > 1 ? scale : 1, inverse = 1 / support;
  int32_t used = 0;
  for (int32_t x = 0; x < to; x++) {
    double center = (x + 0.5) * scale;
    int32_t first = (int32_t)(center - support + 0.5), end = (int32_t)(center + support + 0.5);
    if (first < 0) first = 0;
    if (end > from) end = from;
    double total = 0;
    for (int32_t k = first; k < end; k++) {
      double distance = fabs((k - center + 0.5) * inverse);
      exact[k - first] = distance < 1 ? 1 - distance : 0;
      total += exact[k - first];
    }
    int16_t *weights = filter->weights + (size_t)x * filter->taps;
    filter->first[x] = first;
    double unit = (1 << bits) / total;
    for (int32_t k = 0; k < filter->taps; k++) {
      double weight = k < end - first ? exact[k] * unit + 0.5 : 0;
      weights[k] = weight > INT16_MAX ? INT16_MAX : (int16_t)weight;
      if (weights[k] && k >= used) used = k + 1;
    }
  }
  // Closer together where fewer taps do.
  int32_t needed = (used + 1) & ~1;
  if (needed < filter->taps) {
    for (int32_t x = 0; x < to; x++)
      memmove(filter->weights + (size_t)x * needed, filter->weights + (size_t)x * filter->taps,
              sizeof(int16_t) * (size_t)needed);
    filter->taps = needed;
  }
}

/// A byte times a weight, with 7 bits below the point; what is below them is cut off.
wide_part int16_t weighed(uint8_t value, uint16_t weight) {
  uint16_t high = (uint16_t)(value << 8);
  return (int16_t)(((uint32_t)high * weight) >> 16);
}

/// Blends rows of bytes.
wide_versions static void blend_rows(const uint8_t *rows, ptrdiff_t stride, const int16_t *weights,
                                     int32_t taps, int32_t count, int16_t *restrict target) {
  const uint8_t *second = rows + stride;
  uint16_t w0 = (uint16_t)weights[0], w1 = (uint16_t)weights[1];
  // On average half a step is cut off each product.
  int16_t lost = (int16_t)(taps / 2);
  for (int32_t i = 0; i < count; i++)
    target[i] = (int16_t)(weighed(rows[i], w0) + weighed(second[i], w1) + lost);
  for (int32_t k = 2; k + 1 < taps; k += 2) {
    const uint8_t *row = rows + k * stride, *next = row + stride;
    uint16_t w2 = (uint16_t)weights[k], w3 = (uint16_t)weights[k + 1];
    for (int32_t i = 0; i < count; i++)
      target[i] = (int16_t)(target[i] + weighed(row[i], w2) + weighed(next[i], w3));
  }
  if (taps & 1) {
    const uint8_t *row = rows + (taps - 1) * stride;
    uint16_t last = (uint16_t)weights[taps - 1];
    for (int32_t i = 0; i < count; i++)
      target[i] = (int16_t)(target[i] + weighed(row[i], last));
  }
}

wide_versions static void scale_row(const uint8_t *row, uint16_t weight, int32_t count,
                                    int16_t *target) {
  for (int32_t i = 0; i < count; i++) target[i] = weighed(row[i], weight);
}

wide_versions static void interleave(const int16_t *planes, int32_t plane, int32_t count,
                                     int16_t *target) {
  const int16_t *green = planes + plane, *blue = green + plane;
  for (int32_t x = 0; x < count; x++) {
    target[4 * x] = planes[x];
    target[4 * x + 1] = green[x];
    target[4 * x + 2] = blue[x];
    target[4 * x + 3] = 0;
  }
}

enum { half = 1 << (across_bits + kept_bits - 1), shift = across_bits + kept_bits };

static uint32_t rounded(int32_t sum) {
  int32_t value = sum >> shift;
  return (uint32_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

static void shrink_grey(const struct filter *filter, const int16_t *row, int32_t width,
                        uint32_t *target) {
  for (int32_t x = 0; x < width; x++) {
    const int16_t *weights = filter->weights + (size_t)x * filter->taps;
    const int16_t *from = row + filter->first[x];
    int32_t sum = half;
    for (int32_t k = 0; k < filter->taps; k++) sum += weights[k] * from[k];
    target[x] = rounded(sum);
  }
}

#if defined(__SSE2__)
/// The sums of a pixel's channels, two source pixels at a time.
static inline __attribute__((always_inline)) __m128i sums(const int16_t *from, int32_t stride,
                                                          const int16_t *weights, int32_t pairs) {
  __m128i total = _mm_set1_epi32(half);
  for (int32_t pair = 0; pair < pairs; pair++, from += 2 * stride, weights += 2) {
    int32_t both;
    memcpy(&both, weights, sizeof both);
    __m128i pixel = _mm_loadl_epi64((const __m128i *)from);
    __m128i next = _mm_loadl_epi64((const __m128i *)(from + stride));
    total = _mm_add_epi32(
        total, _mm_madd_epi16(_mm_unpacklo_epi16(pixel, next), _mm_set1_epi32(both)));
  }
  return _mm_srai_epi32(total, shift);
}

static inline __attribute__((always_inline)) void shrink_row(const struct filter *filter,
                                                             const int16_t *row, int32_t stride,
                                                             int32_t width, int32_t pairs,
                                                             uint32_t *target) {
  const int32_t *first = filter->first;
  const int16_t *weights = filter->weights;
  __m128i mask = _mm_set1_epi32(0xFFFFFF);
  int32_t x = 0;
  for (; x + 4 <= width; x += 4, weights += 8 * pairs) {
    __m128i a = sums(row + first[x] * stride, stride, weights, pairs);
    __m128i b = sums(row + first[x + 1] * stride, stride, weights + 2 * pairs, pairs);
    __m128i c = sums(row + first[x + 2] * stride, stride, weights + 4 * pairs, pairs);
    __m128i d = sums(row + first[x + 3] * stride, stride, weights + 6 * pairs, pairs);
    __m128i bytes = _mm_packus_epi16(_mm_packs_epi32(a, b), _mm_packs_epi32(c, d));
    _mm_storeu_si128((__m128i *)(target + x), _mm_and_si128(bytes, mask));
  }
  for (; x < width; x++, weights += 2 * pairs) {
    __m128i a = sums(row + first[x] * stride, stride, weights, pairs);
    __m128i bytes = _mm_packus_epi16(_mm_packs_epi32(a, a), a);
    target[x] = (uint32_t)_mm_cvtsi128_si32(bytes) & 0xFFFFFF;
  }
}

static void shrink_color(const struct filter *filter, const int16_t *row, int32_t stride,
                         int32_t width, uint32_t *target) {
  switch (filter->taps) {
    case 2: shrink_row(filter, row, stride, width, 1, target); break;
    case 4: shrink_row(filter, row, stride, width, 2, target); break;
    case 6: shrink_row(filter, row, stride, width, 3, target); break;
    default: shrink_row(filter, row, stride, width, filter->taps / 2, target); break;
  }
}
#else
static void shrink_color(const struct filter *filter, const int16_t *row, int32_t stride,
                         int32_t width, uint32_t *target) {
  for (int32_t x = 0; x < width; x++) {
    const int16_t *weights = filter->weights + (size_t)x * filter->taps;
    const int16_t *from = row + filter->first[x] * stride;
    int32_t red = half, green = half, blue = half;
    for (int32_t k = 0; k < filter->taps; k++, from += stride) {
      red += weights[k] * from[0];
      green += weights[k] * from[1];
      blue += weights[k] * from[2];
    }
    target[x] = rounded(red) | rounded(green) << 8 | rounded(blue) << 16;
  }
}
#endif

/// One row of the box, weighed down the columns: 16-bit numbers, `stride` to a pixel.
static void weigh_rows(const struct cimage_source *source, const struct cimage_box *box,
                       const struct filter *down, int32_t y, int16_t *row, int16_t *planes,
                       int32_t plane) {
  const int16_t *weights = down->weights + (size_t)y * down->taps;
  int32_t taps = down->taps, first = down->first[y];
  while (taps > 1 && weights[taps - 1] == 0) taps--;
  int is_planar = source->pixel == 1 && source->channels > 1;
  int32_t passes = is_planar ? source->channels : 1;
  int32_t count = is_planar ? box->width : box->width * (int32_t)source->pixel;
  for (int32_t c = 0; c < passes; c++) {
    const uint8_t *from = source->base + (box->top + first) * source->row
                          + box->left * source->pixel + c * source->channel;
    int16_t *target = is_planar ? planes + c * plane : row;
    if (taps == 1)
      scale_row(from, (uint16_t)weights[0], count, target);
    else
      blend_rows(from, source->row, weights, taps, count, target);
  }
  if (is_planar) interleave(planes, plane, box->width, row);
}

int cimage_words_resize(struct cimage_source source, struct cimage_box box, int32_t target_height,
                        int32_t target_width, uint32_t *target) {
  struct filter across = {taps_of(box.width, target_width), NULL, NULL};
  struct filter down = {taps_of(box.height, target_height), NULL, NULL};
  int is_planar = source.pixel == 1 && source.channels > 1;
  int32_t stride = is_planar ? 4 : (int32_t)source.pixel;
  // Weights of zero still read a few pixels past the end.
  int32_t plane = box.width + across.taps + 8;
  size_t row_count = (size_t)plane * (size_t)(stride < 4 ? 4 : stride);
  size_t most = (size_t)(across.taps > down.taps ? across.taps : down.taps);
  size_t weight_count = (size_t)target_width * across.taps + (size_t)target_height * down.taps;
  size_t bytes = sizeof(double) * most + sizeof(int32_t) * (size_t)(target_width + target_height)
                 + sizeof(int16_t) * (weight_count + row_count + 3 * (size_t)plane);
  double *exact = calloc(1, bytes);
  if (!exact) return 0;
  across.first = (int32_t *)(exact + most);
  down.first = across.first + target_width;
  across.weights = (int16_t *)(down.first + target_height);
  down.weights = across.weights + (size_t)target_width * across.taps;
  int16_t *row = down.weights + (size_t)target_height * down.taps;
  int16_t *planes = row + row_count;
  make_filter(&across, box.width, target_width, across_bits, exact);
  make_filter(&down, box.height, target_height, down_bits, exact);
  for (int32_t y = 0; y < target_height; y++, target += target_width) {
    weigh_rows(&source, &box, &down, y, row, planes, plane);
    if (source.channels == 1 && stride == 1)
      shrink_grey(&across, row, target_width, target);
    else
      shrink_color(&across, row, stride, target_width, target);
  }
  free(exact);
  return 1;
}

void cimage_words_resize_nearest(const uint32_t *source, int32_t height, int32_t width,
                                 int32_t target_height, int32_t target_width, uint32_t *target) {
  float down = (float)height / (float)target_height, across = (float)width / (float)target_width;
  for (int32_t y = 0; y < target_height; y++) {
    int32_t from_y = (int32_t)((float)y * down);
    const uint32_t *row = source + (size_t)(from_y < height ? from_y : height - 1) * width;
    for (int32_t x = 0; x < target_width; x++) {
      int32_t from_x = (int32_t)((float)x * across);
      *target++ = row[from_x < width ? from_x : width - 1];
    }
  }
}
