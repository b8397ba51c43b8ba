#ifndef CIMAGE_WORDS_H
#define CIMAGE_WORDS_H

#include <stddef.h>
#include <stdint.h>

/// The passes of image augmentation.
///
/// An image in work is an array of words, one for each pixel, row by row: channel c lies in the bits
/// 8c...8c+7, so that one load fetches a pixel. Images have one or three channels; passes over colour
/// take three channels, and leave rubbish in the upper ones of a grey image. Where a source and a
/// target are given they may be the same, unless the pass looks at neighbours.

/// A window of an image: where it begins in the source (negative reaches into the border), whether it
/// is mirrored or turned upside down after it was cut, its size, and the border's word.
struct cimage_window {
  int32_t top;
  int32_t left;
  int32_t mirrored;
  int32_t flipped;
  int32_t height;
  int32_t width;
  uint32_t border;
};

/// How normalised pixels lie in their target.
enum cimage_layout {
  /// 32-bit floats, `[channels, height, width]`.
  cimage_float_planes = 0,
  /// 32-bit floats, `[height, width, channels]`.
  cimage_float_rows = 1,
  /// bfloat16, `[channels, height, width]`.
  cimage_bfloat_planes = 2,
  /// bfloat16, `[height, width, channels]`.
  cimage_bfloat_rows = 3,
};

/// Where a source's bytes are: `base + y * row + x * pixel + c * channel`.
struct cimage_source {
  const uint8_t *base;
  int32_t height;
  int32_t width;
  int32_t channels;
  ptrdiff_t row;
  ptrdiff_t pixel;
  ptrdiff_t channel;
};

void cimage_words_from(struct cimage_source source, uint32_t *target);
void cimage_words_to_planes(const uint32_t *source, size_t count, int32_t channels,
                            uint8_t *target);

/// Writes `source * scale + offset` of a window.
void cimage_words_normalize(const uint32_t *source, int32_t height, int32_t width,
                            struct cimage_window window, int32_t channels, const float *scale,
                            const float *offset, enum cimage_layout layout, void *target);
/// Copies a window.
void cimage_words_cut(const uint32_t *source, int32_t height, int32_t width,
                      struct cimage_window window, uint32_t *target);

/// What lies beyond the edge of a padded image.
enum cimage_padding {
  /// The pixel at the edge.
  cimage_pad_edge = 0,
  /// The image mirrored at the middle of its edge pixel.
  cimage_pad_reflect = 1,
  /// The image mirrored at its edge.
  cimage_pad_symmetric = 2,
};
/// Copies an image with pixels of its own beyond its edges.
void cimage_words_pad(const uint32_t *source, int32_t height, int32_t width, int32_t top,
                      int32_t left, int32_t target_height, int32_t target_width,
                      enum cimage_padding padding, uint32_t *target);

/// A box of an image.
struct cimage_box {
  int32_t top;
  int32_t left;
  int32_t height;
  int32_t width;
};
/// Resizes a box with a triangle filter whose support grows with the scale (antialiasing), half-pixel
/// centres, rounding once at the end. Returns 0 where memory lacked.
int cimage_words_resize(struct cimage_source source, struct cimage_box box, int32_t target_height,
                        int32_t target_width, uint32_t *target);
/// Resizes by taking the pixel at `floor(target * scale)`.
void cimage_words_resize_nearest(const uint32_t *source, int32_t height, int32_t width,
                                 int32_t target_height, int32_t target_width, uint32_t *target);

/// Takes each target pixel (x, y), at its centre, from the source's
/// `(m0 x + m1 y + m2, m3 x + m4 y + m5) / (m6 x + m7 y + 1)`, in pixels from the upper left centre.
/// Nearest pixels, or four neighbours blended and what they lack of the image filled.
void cimage_words_warp(const uint32_t *source, int32_t height, int32_t width, const double *map,
                       int bilinear, uint32_t fill, int32_t target_height, int32_t target_width,
                       uint32_t *target);
/// Takes each pixel from beside it, as two fields of offsets in pixels say.
void cimage_words_displace(const uint32_t *source, int32_t height, int32_t width,
                           const float *across, const float *down, int bilinear, uint32_t fill,
                           uint32_t *target);

/// Multiplies by a factor; clamps and truncates, as all the blends do.
void cimage_words_brightness(const uint32_t *source, size_t count, float factor, uint32_t *target);
/// Blends with a constant: `source * factor + constant * (1 - factor)`.
void cimage_words_contrast(const uint32_t *source, size_t count, float factor, float constant,
                           uint32_t *target);
/// Blends each pixel with its luma (0.2989, 0.587, 0.114).
void cimage_words_saturation(const uint32_t *source, size_t count, float factor, uint32_t *target);
/// Turns the hue by a share of the circle.
void cimage_words_hue(const uint32_t *source, size_t count, float turn, uint32_t *target);
/// Sets all channels to the luma, truncated.
void cimage_words_grey(const uint32_t *source, size_t count, uint32_t *target);
/// The mean of the truncated lumas, or of the first channel of grey images.
double cimage_words_mean_light(const uint32_t *source, size_t count, int32_t channels);
/// Replaces each byte by what its channel's table of 256 says.
void cimage_words_look_up(const uint32_t *source, size_t count, const uint8_t *tables,
                          uint32_t *target);
/// Counts byte values, 256 for each channel.
void cimage_words_histogram(const uint32_t *source, size_t count, int32_t channels,
                            uint32_t *histograms);
/// Brings channel `order[c]` to channel c.
void cimage_words_permute(const uint32_t *source, size_t count, const int32_t *order,
                          uint32_t *target);
/// Adds `source * share` to 3 floats for each pixel.
void cimage_words_accumulate(const uint32_t *source, size_t count, float share, float *sums);
/// Words of 3 floats for each pixel, clamped and truncated.
void cimage_words_from_sums(const float *sums, size_t count, uint32_t *target);

/// Blends with the image smoothed by (1 1 1, 1 5 1, 1 1 1)/13; edge pixels stay.
void cimage_words_sharpness(const uint32_t *source, int32_t height, int32_t width, float factor,
                            uint32_t *target);
/// Convolves with weights across and down, odd counts, the image mirrored at the middle of its edge
/// pixels. Returns 0 where memory lacked.
int cimage_words_convolve(const uint32_t *source, int32_t height, int32_t width,
                          const float *across, int32_t across_count, const float *down,
                          int32_t down_count, uint32_t *target);
/// The mean along a line of `length` pixels through each pixel, edge pixels repeated.
void cimage_words_streak(const uint32_t *source, int32_t height, int32_t width, int32_t length,
                         double radians, uint32_t *target);
/// The median of each channel among `size` times `size` pixels, edge pixels repeated.
void cimage_words_median(const uint32_t *source, int32_t height, int32_t width, int32_t size,
                         uint32_t *target);
/// Equalises within tiles, histograms clipped at `limit` times their mean, and blends between tiles'
/// centres (Zuiderveld 1994). Returns 0 where memory lacked.
int cimage_words_clahe(const uint32_t *source, int32_t height, int32_t width, int32_t channels,
                       double limit, int32_t tiles, uint32_t *target);

/// Standard normal numbers of a key: number i is the same whatever the count.
void cimage_normal(uint64_t key, size_t count, float *target);
/// Numbers uniform in -1..<1.
void cimage_signed_uniform(uint64_t key, size_t count, float *target);
/// Adds a whole part of normal noise to each byte, clamped.
void cimage_words_noise(const uint32_t *source, size_t count, int32_t channels, float mean,
                        float deviation, uint64_t key, uint32_t *target);
/// Sets a share of pixels to black or white.
void cimage_words_salt(const uint32_t *source, size_t count, float share, uint64_t key,
                       uint32_t *target);
/// Convolves a plane of floats in place, mirrored as `cimage_words_convolve` mirrors. Returns 0 where
/// memory lacked.
int cimage_field_smooth(float *field, int32_t height, int32_t width, const float *weights,
                        int32_t count);

/// Sets a box of a normalised image to one value for each channel, or to standard normal noise of a
/// key where `values` is null.
void cimage_erase(void *target, enum cimage_layout layout, int32_t channels, int32_t height,
                  int32_t width, struct cimage_box box, const float *values, uint64_t key);

/// Mixes normalised batches in place: `x = x * share + before * (1 - share)`.
void cimage_mix(float *own, const float *other, size_t count, float share);

#endif
