#include "words.h"

#pragma STDC FP_CONTRACT OFF

static void put(void *target, enum cimage_layout layout, size_t place, float value) {
  if (layout == cimage_float_planes || layout == cimage_float_rows) {
    ((float *)target)[place] = value;
    return;
  }
  union {
    float number;
    uint32_t bits;
  } whole = {value};
  ((uint16_t *)target)[place] =
      (uint16_t)((whole.bits + 0x7FFFu + ((whole.bits >> 16) & 1)) >> 16);
}

void cimage_erase(void *target, enum cimage_layout layout, int32_t channels, int32_t height,
                  int32_t width, struct cimage_box box, const float *values, uint64_t key) {
  enum { stretch = 256 };
  float noise[stretch];
  int in_planes = layout == cimage_float_planes || layout == cimage_bfloat_planes;
  size_t step = in_planes ? 1 : (size_t)channels;
  size_t plane = in_planes ? (size_t)height * (size_t)width : 1;
  for (int32_t c = 0; c < channels; c++) {
    for (int32_t y = 0; y < box.height; y++) {
      size_t place = ((size_t)(box.top + y) * (size_t)width + (size_t)box.left) * step
                     + (size_t)c * plane;
      for (int32_t x = 0; x < box.width; x++, place += step) {
        if (!values && x % stretch == 0) {
          int32_t count = box.width - x < stretch ? box.width - x : stretch;
          uint64_t row = ((uint64_t)c * (uint64_t)height + (uint64_t)y) << 16 | (uint64_t)x;
          cimage_normal(key + row * 0x9E3779B97F4A7C15u, (size_t)count, noise);
        }
        put(target, layout, place, values ? values[c] : noise[x % stretch]);
      }
    }
  }
}
