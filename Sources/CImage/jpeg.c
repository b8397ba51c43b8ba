#include "exif.h"
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
    int found = cimage_exif_orientation(marker->data, marker->data_length);
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

int cimage_decode_jpeg(const uint8_t *bytes, size_t count, size_t pixel_limit, int turns_upright,
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
  if (status == cimage_ok && turns_upright) status = cimage_turn(picture, orientation, message);
  if (status != cimage_ok) {
    free(picture->pixels);
    picture->pixels = NULL;
  }
  return status;
}
