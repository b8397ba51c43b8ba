#include "message.h"
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

// After stdio and stdlib, which jpeglib.h needs and does not include.
#include <jpeglib.h>
#include <jerror.h>

// libjpeg reports errors by a callback that must not return. The jump stays inside decode_rows, so
// no frame of another language is ever skipped.
struct reader {
  struct jpeg_decompress_struct jpeg;
  struct jpeg_error_mgr errors;
  jmp_buf failed;
  int status;
  int ended_early;
  char *message;
};

static void on_error(j_common_ptr common) {
  struct reader *reader = common->client_data;
  char text[JMSG_LENGTH_MAX];
  common->err->format_message(common, text);
  snprintf(reader->message, CIMAGE_MESSAGE_SIZE, "%s", text);
  reader->status = common->err->msg_code == JERR_OUT_OF_MEMORY ? cimage_out_of_memory
                   : reader->ended_early                       ? cimage_truncated
                                                               : cimage_corrupt;
  longjmp(reader->failed, 1);
}

static void on_message(j_common_ptr common, int level) {
  struct reader *reader = common->client_data;
  if (level < 0 && common->err->msg_code == JWRN_JPEG_EOF) reader->ended_early = 1;
}

static int big_endian_reader(const uint8_t *tiff) { return tiff[0] == 'M'; }

static uint32_t number(const uint8_t *at, int bytes, int big_endian) {
  uint32_t value = 0;
  for (int i = 0; i < bytes; i++)
    value |= (uint32_t)at[i] << (8 * (big_endian ? bytes - 1 - i : i));
  return value;
}

/// The orientation tag (0x0112) of an APP1 segment, 1 where there is none.
static int orientation_of(const uint8_t *data, size_t count) {
  if (count < 14 || memcmp(data, "Exif\0\0", 6) != 0) return 1;
  const uint8_t *tiff = data + 6;
  size_t size = count - 6;
  if (!((tiff[0] == 'I' && tiff[1] == 'I') || (tiff[0] == 'M' && tiff[1] == 'M'))) return 1;
  int big = big_endian_reader(tiff);
  size_t directory = number(tiff + 4, 4, big);
  if (directory > size || size - directory < 2) return 1;
  uint32_t entries = number(tiff + directory, 2, big);
  for (uint32_t i = 0; i < entries; i++) {
    size_t at = directory + 2 + 12 * (size_t)i;
    if (at + 12 > size) return 1;
    if (number(tiff + at, 2, big) == 0x0112) {
      uint32_t value = number(tiff + at + 8, 2, big);
      return value >= 1 && value <= 8 ? (int)value : 1;
    }
  }
  return 1;
}

/// Turns a picture so that the orientation becomes 1. Orientations 5...8 swap the sides.
static int turn(struct cimage_picture *picture, int orientation, char *message) {
  if (orientation <= 1) return cimage_ok;
  int32_t width = picture->width, height = picture->height;
  int swapped = orientation >= 5;
  int32_t target_width = swapped ? height : width, target_height = swapped ? width : height;
  uint8_t *turned = malloc((size_t)width * (size_t)height * 3);
  if (!turned) return cimage_fail(cimage_out_of_memory, message, "no memory to turn the picture");
  for (int32_t y = 0; y < target_height; y++) {
    for (int32_t x = 0; x < target_width; x++) {
      int32_t from_x = x, from_y = y;
      switch (orientation) {
        case 2: from_x = width - 1 - x; break;
        case 3: from_x = width - 1 - x; from_y = height - 1 - y; break;
        case 4: from_y = height - 1 - y; break;
        case 5: from_x = y; from_y = x; break;
        case 6: from_x = y; from_y = height - 1 - x; break;
        case 7: from_x = width - 1 - y; from_y = height - 1 - x; break;
        case 8: from_x = width - 1 - y; from_y = x; break;
      }
      memcpy(turned + 3 * ((size_t)y * target_width + x),
             picture->pixels + 3 * ((size_t)from_y * width + from_x), 3);
    }
  }
  free(picture->pixels);
  picture->pixels = turned;
  picture->width = target_width;
  picture->height = target_height;
  return cimage_ok;
}

/// Inks to light. Adobe stores inks inverted, and no other program writes CMYK in JPEG.
static void rgb_from_inverted_cmyk(const uint8_t *row, uint8_t *target, int32_t width) {
  for (int32_t x = 0; x < width; x++) {
    int black = row[4 * x + 3];
    for (int c = 0; c < 3; c++) {
      int product = (255 - row[4 * x + c]) * black + 128;
      int light = black - ((product + (product >> 8)) >> 8);
      target[3 * x + c] = (uint8_t)(light < 0 ? 0 : light);
    }
  }
}

static int decode_rows(struct reader *reader, const uint8_t *bytes, size_t count,
                       size_t pixel_limit, struct cimage_picture *picture, int *orientation,
                       uint8_t **row) {
  struct jpeg_decompress_struct *jpeg = &reader->jpeg;
  if (setjmp(reader->failed)) return reader->status;
  jpeg_create_decompress(jpeg);
  jpeg->client_data = reader;
  jpeg_mem_src(jpeg, bytes, count);
  jpeg_save_markers(jpeg, JPEG_APP0 + 1, 0xFFFF);
  jpeg_read_header(jpeg, TRUE);
  size_t pixels = (size_t)jpeg->image_width * jpeg->image_height;
  if (pixels > pixel_limit)
    return cimage_fail(cimage_too_large, reader->message, "%u x %u pixels, the limit is %zu in all",
                       jpeg->image_width, jpeg->image_height, pixel_limit);
  for (jpeg_saved_marker_ptr marker = jpeg->marker_list; marker; marker = marker->next) {
    int found = orientation_of(marker->data, marker->data_length);
    if (found > 1) *orientation = found;
  }
  int inks = jpeg->jpeg_color_space == JCS_CMYK || jpeg->jpeg_color_space == JCS_YCCK;
  picture->is_grey = jpeg->jpeg_color_space == JCS_GRAYSCALE;
  jpeg->out_color_space = inks ? JCS_CMYK : JCS_RGB;
  jpeg_start_decompress(jpeg);
  picture->width = (int32_t)jpeg->output_width;
  picture->height = (int32_t)jpeg->output_height;
  picture->pixels = malloc(pixels * 3);
  if (inks) *row = malloc((size_t)picture->width * 4);
  if (!picture->pixels || (inks && !*row))
    return cimage_fail(cimage_out_of_memory, reader->message, "no memory for %zu pixels", pixels);
  while (jpeg->output_scanline < jpeg->output_height) {
    uint8_t *target = picture->pixels + (size_t)jpeg->output_scanline * picture->width * 3;
    JSAMPROW into = inks ? *row : target;
    jpeg_read_scanlines(jpeg, &into, 1);
    if (inks) rgb_from_inverted_cmyk(*row, target, picture->width);
  }
  if (reader->ended_early)
    return cimage_fail(cimage_truncated, reader->message, "the JPEG ends before its last row");
  jpeg_finish_decompress(jpeg);
  return cimage_ok;
}

int cimage_decode_jpeg(const uint8_t *bytes, size_t count, size_t pixel_limit,
                       struct cimage_picture *picture, char *message) {
  struct reader reader;
  memset(&reader, 0, sizeof reader);
  memset(picture, 0, sizeof *picture);
  reader.message = message;
  reader.jpeg.err = jpeg_std_error(&reader.errors);
  reader.jpeg.client_data = &reader;
  reader.errors.error_exit = on_error;
  reader.errors.emit_message = on_message;
  int orientation = 1;
  uint8_t *row = NULL;
  int status =
      decode_rows(&reader, bytes, count, pixel_limit, picture, &orientation, &row);
  jpeg_destroy_decompress(&reader.jpeg);
  free(row);
  if (status == cimage_ok) status = turn(picture, orientation, message);
  if (status != cimage_ok) {
    free(picture->pixels);
    picture->pixels = NULL;
  }
  return status;
}
