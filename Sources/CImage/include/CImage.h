#ifndef CIMAGE_H
#define CIMAGE_H

#include <stddef.h>
#include <stdint.h>
#include "words.h"

/// Image decoding, inflation and the pixel passes of the loader. No function keeps state between
/// calls, so all may run on many threads at once.

/// What a call came to.
enum cimage_status {
  cimage_ok = 0,
  /// The file ends before its content does.
  cimage_truncated = 1,
  /// The content contradicts its format.
  cimage_corrupt = 2,
  /// The format, or a variant of it, is not read here.
  cimage_unsupported = 3,
  /// The content is larger than the limit given.
  cimage_too_large = 4,
  cimage_out_of_memory = 5,
};

/// Bytes of a message buffer, the terminating zero included.
#define CIMAGE_MESSAGE_SIZE 256

/// A decoded picture: RGB, 8 bits, interleaved, row-major. Free `pixels` with `cimage_free`.
struct cimage_picture {
  int32_t width;
  int32_t height;
  /// Whether the file stores no colour; the three channels are then equal.
  int32_t is_grey;
  uint8_t *pixels;
};

/// Decodes a JPEG, PNG, WebP or BMP, told by its first bytes: alpha is dropped, 16 bits are reduced to
/// the upper 8, inks become light. `turns_upright` applies the orientation that EXIF names. Of moving
/// pictures the first frame is taken. Refuses pictures of more than `pixel_limit` pixels before it
/// allocates for them.
int cimage_decode(const uint8_t *bytes, size_t count, size_t pixel_limit, int turns_upright,
                  struct cimage_picture *picture, char *message);
int cimage_decode_jpeg(const uint8_t *bytes, size_t count, size_t pixel_limit, int turns_upright,
                       struct cimage_picture *picture, char *message);
int cimage_decode_png(const uint8_t *bytes, size_t count, size_t pixel_limit, int turns_upright,
                      struct cimage_picture *picture, char *message);
int cimage_decode_webp(const uint8_t *bytes, size_t count, size_t pixel_limit, int turns_upright,
                       struct cimage_picture *picture, char *message);

/// What a file's header says of its picture. The sides of a JPEG are those after turning, the sides of a PNG
/// those before, because a PNG may name its orientation behind its pixels.
struct cimage_facts {
  int32_t width;
  int32_t height;
  int32_t is_grey;
};
/// Reads the header of a JPEG or PNG; `cimage_unsupported` for other files, whose header says less.
int cimage_probe(const uint8_t *bytes, size_t count, size_t pixel_limit, int turns_upright,
                 struct cimage_facts *facts, char *message);
int cimage_probe_jpeg(const uint8_t *bytes, size_t count, size_t pixel_limit, int turns_upright,
                      struct cimage_facts *facts, char *message);
int cimage_probe_png(const uint8_t *bytes, size_t count, size_t pixel_limit,
                     struct cimage_facts *facts, char *message);

/// The part of a picture that is wanted.
struct cimage_wish {
  /// The part, in pixels of the upright picture.
  struct cimage_box box;
  /// The size that the part will be resized to.
  int32_t target_height;
  int32_t target_width;
  /// Whether pixels may differ a little for speed: the part is halved in the inverse transform as often as
  /// its target allows, and chroma is repeated in place of interpolated.
  int32_t is_fast;
};
/// Where a decoded part lies in its picture, and what the picture's sides were divided by: 1, 2, 4 or 8.
struct cimage_part {
  int32_t top;
  int32_t left;
  int32_t factor;
};
/// Decodes what a part of a JPEG needs, and a border about it. Pixels are those that `cimage_decode_jpeg`
/// gives, unless the wish is a fast one.
int cimage_decode_jpeg_part(const uint8_t *bytes, size_t count, size_t pixel_limit,
                            int turns_upright, const struct cimage_wish *wish,
                            struct cimage_picture *picture, struct cimage_part *part,
                            char *message);
/// A bitmap has no orientation but its rows' order, which is applied.
int cimage_decode_bmp(const uint8_t *bytes, size_t count, size_t pixel_limit,
                      struct cimage_picture *picture, char *message);

/// Inflates a gzip file of one or more members. Free `*output` with `cimage_free`.
int cimage_inflate(const uint8_t *bytes, size_t count, size_t byte_limit, uint8_t **output,
                   size_t *output_count, char *message);

/// Inflates what has no container, as in zip archives, to `byte_limit` bytes at most. Free `*output`
/// with `cimage_free`.
int cimage_inflate_raw(const uint8_t *bytes, size_t count, size_t byte_limit, uint8_t **output,
                       size_t *output_count, char *message);

/// Encodes an 8-bit picture as PNG: interleaved rows of 1 (grey) or 3 (RGB) channels.
/// Free `*output` with `cimage_free`.
int cimage_encode_png(const uint8_t *pixels, int32_t height, int32_t width, int32_t channels,
                      uint8_t **output, size_t *output_count, char *message);

/// Encodes interleaved rows of 1 (grey) or 3 (RGB) channels as JPEG, quality 1...100.
/// Free `*output` with `cimage_free`.
int cimage_encode_jpeg(const uint8_t *pixels, int32_t height, int32_t width, int32_t channels,
                       int32_t quality, uint8_t **output, size_t *output_count, char *message);

void cimage_free(void *memory);

/// Resizes interleaved 8-bit rows with a triangle filter whose support grows with the scale, so
/// that shrinking averages (antialiasing), as Pillow and torchvision do. Half-pixel centres.
int cimage_resize(const uint8_t *source, int32_t height, int32_t width, int32_t channels,
                  uint8_t *target, int32_t target_height, int32_t target_width);

/// How pixels between pixels are found.
enum cimage_kernel {
  /// A triangle: four neighbours.
  cimage_triangle = 0,
  /// Keys' cubic with -0.5: sixteen neighbours.
  cimage_cubic = 1,
  /// A sine under the first lobe of another: thirty-six neighbours.
  cimage_lanczos = 2,
};
/// The same with a kernel, whose support grows with the scale in the same way.
int cimage_resize_by(enum cimage_kernel kernel, const uint8_t *source, int32_t height,
                     int32_t width, int32_t channels, uint8_t *target, int32_t target_height,
                     int32_t target_width);

/// Copies a window of interleaved RGB rows to planes; one plane takes the luma (ITU-R 601-2).
void cimage_planes_from_rgb(const uint8_t *source, int32_t width, int32_t top, int32_t left,
                            int32_t target_height, int32_t target_width, int32_t target_planes,
                            uint8_t *target);

/// Asks for bytes that will be read soon, so that memory brings them meanwhile. Never waits.
void cimage_will_read(const uint8_t *bytes, int64_t count);

/// Writes `source * scale + offset` of a window, plane by plane, in one pass. A mirrored window is
/// mirrored after it was cut.
void cimage_normalize(const uint8_t *source, int32_t planes, int32_t height, int32_t width,
                      struct cimage_window window, const float *scale, const float *offset,
                      float *target);
/// Writes `matrix * row - shift` of each row of `source`: a matrix of `outputs` rows of `inputs` numbers.
void cimage_project(const float *matrix, const float *shift, size_t outputs, size_t inputs,
                    const float *source, size_t rows, float *target);
/// Adds the counts of each byte value to `histogram`.
void cimage_histogram(const uint8_t *source, size_t count, uint64_t histogram[256]);
/// A 64-bit hash of bytes, the same on every machine; chained through `seed`.
uint64_t cimage_hash(const uint8_t *bytes, size_t count, uint64_t seed);

#endif
