#include "exif.h"
#include "message.h"
#include <spng.h>
#include <stdlib.h>
#include <string.h>

static int fail_with(int error, char *message) {
  int status = error == SPNG_IO_EOF || error == SPNG_EIDAT_STREAM ? cimage_truncated
               : error == SPNG_EMEM                                ? cimage_out_of_memory
                                                                    : cimage_corrupt;
  return cimage_fail(status, message, "%s", spng_strerror(error));
}

/// Whether a chunk of color management or text claims a compression that PNG does not know. The decoder
/// below would drop such a chunk in silence, though the file was written by something unsound.
static int has_unknown_compression(const uint8_t *bytes, size_t count) {
  size_t at = 8;
  while (at + 12 <= count && memcmp(bytes + at + 4, "IDAT", 4) != 0) {
    size_t size = (size_t)bytes[at] << 24 | (size_t)bytes[at + 1] << 16
                  | (size_t)bytes[at + 2] << 8 | (size_t)bytes[at + 3];
    if (size > count - at - 12) return 0;
    const uint8_t *content = bytes + at + 8;
    if (memcmp(bytes + at + 4, "iCCP", 4) == 0 || memcmp(bytes + at + 4, "zTXt", 4) == 0) {
      const uint8_t *name_end = memchr(content, 0, size);
      if (name_end && name_end + 1 < content + size && name_end[1] != 0) return 1;
    }
    at += 12 + size;
  }
  return 0;
}

static int decode_with(spng_ctx *context, const uint8_t *bytes, size_t count, size_t pixel_limit,
                       int turns_upright, struct cimage_picture *picture, char *message) {
  if (has_unknown_compression(bytes, count))
    return cimage_fail(cimage_unsupported, message, "a chunk has an unknown compression method");
  int error = spng_set_png_buffer(context, bytes, count);
  // Ancillary chunks are not needed; their damage must not lose the picture.
  if (!error) error = spng_set_crc_action(context, SPNG_CRC_ERROR, SPNG_CRC_DISCARD);
  if (!error) error = spng_set_chunk_limits(context, 1 << 20, 8 << 20);
  struct spng_ihdr header;
  if (!error) error = spng_get_ihdr(context, &header);
  if (error) return fail_with(error, message);
  size_t pixels = (size_t)header.width * header.height;
  if (pixels > pixel_limit)
    return cimage_fail(cimage_too_large, message, "%u x %u pixels, the limit is %zu in all",
                       header.width, header.height, pixel_limit);
  size_t size = 0;
  error = spng_decoded_image_size(context, SPNG_FMT_RGB8, &size);
  if (error) return fail_with(error, message);
  picture->pixels = malloc(size);
  if (!picture->pixels)
    return cimage_fail(cimage_out_of_memory, message, "no memory for %zu pixels", pixels);
  error = spng_decode_image(context, picture->pixels, size, SPNG_FMT_RGB8, 0);
  // Reads on to the end mark, so that a file that lost its tail is not taken for whole.
  if (!error) error = spng_decode_chunks(context);
  if (error) return fail_with(error, message);
  picture->width = (int32_t)header.width;
  picture->height = (int32_t)header.height;
  picture->is_grey = header.color_type == SPNG_COLOR_TYPE_GRAYSCALE
                     || header.color_type == SPNG_COLOR_TYPE_GRAYSCALE_ALPHA;
  struct spng_exif exif;
  if (!turns_upright || spng_get_exif(context, &exif)) return cimage_ok;
  int orientation = cimage_exif_orientation((const uint8_t *)exif.data, exif.length);
  return cimage_turn(picture, orientation, message);
}

int cimage_decode_png(const uint8_t *bytes, size_t count, size_t pixel_limit, int turns_upright,
                      struct cimage_picture *picture, char *message) {
  memset(picture, 0, sizeof *picture);
  spng_ctx *context = spng_ctx_new(0);
  if (!context) return cimage_fail(cimage_out_of_memory, message, "no memory for the decoder");
  int status = decode_with(context, bytes, count, pixel_limit, turns_upright, picture, message);
  spng_ctx_free(context);
  if (status != cimage_ok) {
    free(picture->pixels);
    picture->pixels = NULL;
  }
  return status;
}

int cimage_probe_png(const uint8_t *bytes, size_t count, size_t pixel_limit,
                     struct cimage_facts *facts, char *message) {
  spng_ctx *context = spng_ctx_new(0);
  if (!context) return cimage_fail(cimage_out_of_memory, message, "no memory for the decoder");
  struct spng_ihdr header;
  int error = spng_set_png_buffer(context, bytes, count);
  if (!error) error = spng_get_ihdr(context, &header);
  spng_ctx_free(context);
  if (error) return fail_with(error, message);
  if ((size_t)header.width * header.height > pixel_limit)
    return cimage_fail(cimage_too_large, message, "%u x %u pixels, the limit is %zu in all",
                       header.width, header.height, pixel_limit);
  facts->width = (int32_t)header.width;
  facts->height = (int32_t)header.height;
  facts->is_grey = header.color_type == SPNG_COLOR_TYPE_GRAYSCALE
                   || header.color_type == SPNG_COLOR_TYPE_GRAYSCALE_ALPHA;
  return cimage_ok;
}

int cimage_encode_png(const uint8_t *pixels, int32_t height, int32_t width, int32_t channels,
                      uint8_t **output, size_t *output_count, char *message) {
  *output = NULL;
  *output_count = 0;
  spng_ctx *context = spng_ctx_new(SPNG_CTX_ENCODER);
  if (!context) return cimage_fail(cimage_out_of_memory, message, "no memory for the encoder");
  struct spng_ihdr header;
  memset(&header, 0, sizeof header);
  header.width = (uint32_t)width;
  header.height = (uint32_t)height;
  header.bit_depth = 8;
  header.color_type = channels == 1 ? SPNG_COLOR_TYPE_GRAYSCALE : SPNG_COLOR_TYPE_TRUECOLOR;
  int error = spng_set_option(context, SPNG_ENCODE_TO_BUFFER, 1);
  if (!error) error = spng_set_ihdr(context, &header);
  if (!error)
    error = spng_encode_image(context, pixels, (size_t)height * width * channels, SPNG_FMT_PNG,
                              SPNG_ENCODE_FINALIZE);
  if (!error) *output = spng_get_png_buffer(context, output_count, &error);
  spng_ctx_free(context);
  return error ? fail_with(error, message) : cimage_ok;
}
