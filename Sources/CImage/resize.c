#include "CImage.h"
#include <math.h>
#include <stdlib.h>

// Weights are fixed-point with as many bits as a sum of 8-bit products leaves in 32 bits, so that
// every machine gives the same pixels.
enum { fraction_bits = 22 };

struct filter {
  int32_t taps;
  int32_t *first;
  int32_t *count;
  int32_t *weights;
};

static void filter_free(struct filter *filter) {
  free(filter->first);
  free(filter->count);
  free(filter->weights);
}

/// How far a kernel reaches where nothing shrinks.
static double kernel_reach(enum cimage_kernel kernel) {
  return kernel == cimage_lanczos ? 3 : kernel == cimage_cubic ? 2 : 1;
}

static double wave(double x) { return x == 0 ? 1 : sin(x * M_PI) / (x * M_PI); }

/// A kernel's value at a distance.
static double kernel_value(enum cimage_kernel kernel, double x) {
  switch (kernel) {
    case cimage_lanczos: return x < 3 ? wave(x) * wave(x / 3) : 0;
    case cimage_cubic:
      if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
      return x < 2 ? ((2.5 - 0.5 * x) * x - 4) * x + 2 : 0;
    default: return x < 1 ? 1 - x : 0;
  }
}

static int filter_make(struct filter *filter, enum cimage_kernel kernel, int32_t from,
                       int32_t to) {
  double scale = (double)from / to;
  double stretch = scale > 1 ? scale : 1;
  double support = stretch * kernel_reach(kernel);
  filter->taps = (int32_t)ceil(support) * 2 + 1;
  filter->first = malloc(sizeof(int32_t) * (size_t)to);
  filter->count = malloc(sizeof(int32_t) * (size_t)to);
  filter->weights = malloc(sizeof(int32_t) * (size_t)to * (size_t)filter->taps);
  double *exact = malloc(sizeof(double) * (size_t)filter->taps);
  int complete = filter->first && filter->count && filter->weights && exact;
  for (int32_t x = 0; complete && x < to; x++) {
    double center = (x + 0.5) * scale;
    int32_t first = (int32_t)(center - support + 0.5), end = (int32_t)(center + support + 0.5);
    if (first < 0) first = 0;
    if (end > from) end = from;
    double total = 0;
    for (int32_t k = first; k < end; k++) {
      exact[k - first] = kernel_value(kernel, fabs((k - center + 0.5) / stretch));
      total += exact[k - first];
    }
    filter->first[x] = first;
    filter->count[x] = end - first;
    for (int32_t k = 0; k < end - first; k++) {
      double weight = exact[k] / total * (1 << fraction_bits);
      filter->weights[(size_t)x * filter->taps + k] = (int32_t)(weight + (weight < 0 ? -0.5 : 0.5));
    }
  }
  free(exact);
  return complete;
}

static uint8_t rounded(int32_t sum) {
  int32_t value = sum >> fraction_bits;
  return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

static void resize_row_of_rgb(const struct filter *filter, const uint8_t *row, uint8_t *target,
                              int32_t target_width) {
  for (int32_t x = 0; x < target_width; x++, target += 3) {
    const int32_t *weights = filter->weights + (size_t)x * filter->taps;
    const uint8_t *from = row + (size_t)filter->first[x] * 3;
    int32_t red = 1 << (fraction_bits - 1), green = red, blue = red;
    for (int32_t k = 0; k < filter->count[x]; k++, from += 3) {
      red += weights[k] * from[0];
      green += weights[k] * from[1];
      blue += weights[k] * from[2];
    }
    target[0] = rounded(red);
    target[1] = rounded(green);
    target[2] = rounded(blue);
  }
}

static void resize_row(const struct filter *filter, const uint8_t *row, int32_t channels,
                       uint8_t *target, int32_t target_width) {
  for (int32_t x = 0; x < target_width; x++) {
    const int32_t *weights = filter->weights + (size_t)x * filter->taps;
    const uint8_t *from = row + (size_t)filter->first[x] * channels;
    for (int32_t c = 0; c < channels; c++) {
      int32_t sum = 1 << (fraction_bits - 1);
      for (int32_t k = 0; k < filter->count[x]; k++) sum += weights[k] * from[k * channels + c];
      *target++ = rounded(sum);
    }
  }
}

static void resize_rows(const struct filter *filter, const uint8_t *source, int32_t height,
                        int32_t width, int32_t channels, uint8_t *target, int32_t target_width) {
  for (int32_t y = 0; y < height; y++) {
    const uint8_t *row = source + (size_t)y * width * channels;
    uint8_t *into = target + (size_t)y * target_width * channels;
    if (channels == 3)
      resize_row_of_rgb(filter, row, into, target_width);
    else
      resize_row(filter, row, channels, into, target_width);
  }
}

static void resize_columns(const struct filter *filter, const uint8_t *source, size_t row_bytes,
                           uint8_t *target, int32_t target_height, int32_t *sums) {
  for (int32_t y = 0; y < target_height; y++) {
    const int32_t *weights = filter->weights + (size_t)y * filter->taps;
    const uint8_t *from = source + (size_t)filter->first[y] * row_bytes;
    for (size_t i = 0; i < row_bytes; i++) sums[i] = 1 << (fraction_bits - 1);
    for (int32_t k = 0; k < filter->count[y]; k++, from += row_bytes)
      for (size_t i = 0; i < row_bytes; i++) sums[i] += weights[k] * from[i];
    for (size_t i = 0; i < row_bytes; i++) *target++ = rounded(sums[i]);
  }
}

int cimage_resize(const uint8_t *source, int32_t height, int32_t width, int32_t channels,
                  uint8_t *target, int32_t target_height, int32_t target_width) {
  return cimage_resize_by(cimage_triangle, source, height, width, channels, target, target_height,
                          target_width);
}

int cimage_resize_by(enum cimage_kernel kernel, const uint8_t *source, int32_t height,
                     int32_t width, int32_t channels, uint8_t *target, int32_t target_height,
                     int32_t target_width) {
  struct filter across = {0, NULL, NULL, NULL}, down = {0, NULL, NULL, NULL};
  size_t row_bytes = (size_t)target_width * channels;
  uint8_t *narrowed = malloc(row_bytes * (size_t)height);
  int32_t *sums = malloc(sizeof(int32_t) * row_bytes);
  int complete = narrowed && sums && filter_make(&across, kernel, width, target_width)
                 && filter_make(&down, kernel, height, target_height);
  if (complete) {
    resize_rows(&across, source, height, width, channels, narrowed, target_width);
    resize_columns(&down, narrowed, row_bytes, target, target_height, sums);
  }
  filter_free(&across);
  filter_free(&down);
  free(narrowed);
  free(sums);
  return complete ? cimage_ok : cimage_out_of_memory;
}
