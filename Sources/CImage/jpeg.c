#include "exif.h"
#include "message.h"
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

// After stdio and stdlib, which jpeglib.h needs and does not include.
#include <jpeglib.h>
#include <jerror.h>

// libjpeg reports errors by a callback that must not return. The jump stays inside this file, so no
// frame of another language is ever skipped.
struct reader {
  struct jpeg_decompress_struct jpeg;
  struct jpeg_error_mgr errors;
  jmp_buf failed;
  int status;
  int ended_early;
  int orientation;
  /// A row of inks.
  uint8_t *row;
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

static void begin(struct reader *reader, char *message) {
  memset(reader, 0, sizeof *reader);
  reader->message = message;
  reader->orientation = 1;
  reader->jpeg.err = jpeg_std_error(&reader->errors);
  reader->jpeg.client_data = reader;
  reader->errors.error_exit = on_error;
  reader->errors.emit_message = on_message;
}

/// Reads up to the first pixels. To be called where `failed` was set.
static int read_header(struct reader *reader, const uint8_t *bytes, size_t count,
                       size_t pixel_limit) {
  struct jpeg_decompress_struct *jpeg = &reader->jpeg;
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
    if (found > 1) reader->orientation = found;
  }
  return cimage_ok;
}

static int read_facts(struct reader *reader, const uint8_t *bytes, size_t count,
                      size_t pixel_limit, struct cimage_facts *facts) {
  if (setjmp(reader->failed)) return reader->status;
  int status = read_header(reader, bytes, count, pixel_limit);
  if (status != cimage_ok) return status;
  facts->width = (int32_t)reader->jpeg.image_width;
  facts->height = (int32_t)reader->jpeg.image_height;
  facts->is_grey = reader->jpeg.jpeg_color_space == JCS_GRAYSCALE;
  return cimage_ok;
}

int cimage_probe_jpeg(const uint8_t *bytes, size_t count, size_t pixel_limit, int turns_upright,
                      struct cimage_facts *facts, char *message) {
  struct reader reader;
  begin(&reader, message);
  memset(facts, 0, sizeof *facts);
  int status = read_facts(&reader, bytes, count, pixel_limit, facts);
  jpeg_destroy_decompress(&reader.jpeg);
  if (status == cimage_ok && turns_upright && reader.orientation >= 5) {
    int32_t width = facts->width;
    facts->width = facts->height;
    facts->height = width;
  }
  return status;
}

/// Whether the end mark stands where a file that is whole has it. What lies below a part is then not
/// worth reading; else all is read, so that a file that was cut short is found whatever part is asked for.
static int has_end_mark(const uint8_t *bytes, size_t count) {
  size_t first = count > 64 ? count - 64 : 0;
  for (size_t at = count; at >= first + 2; at--)
    if (bytes[at - 2] == 0xFF && bytes[at - 1] == 0xD9) return 1;
  return 0;
}

/// Sets the columns that are to be decoded and skips the rows above; what is kept goes to `kept`, in
/// pixels of the output. The pixels are those of the whole picture: as chroma is interpolated from its
/// neighbours, a column and a row of blocks more are decoded on each side.
static void choose_part(struct reader *reader, const struct cimage_box *part,
                        struct cimage_box *kept) {
  struct jpeg_decompress_struct *jpeg = &reader->jpeg;
  int32_t across = 8 * jpeg->max_h_samp_factor, down = 8 * jpeg->max_v_samp_factor;
  JDIMENSION left = part->left > across ? (JDIMENSION)(part->left - across) : 0;
  JDIMENSION right = (JDIMENSION)(part->left + part->width + across);
  if (right > jpeg->output_width) right = jpeg->output_width;
  JDIMENSION width = right - left;
  // Columns are cut where that leaves enough out to be worth it.
  if (jpeg->output_width - width >= (JDIMENSION)(2 * across)) {
    jpeg_crop_scanline(jpeg, &left, &width);
  } else {
    left = 0;
  }
  int32_t top = (part->top / down - 1) * down;
  if (top > 0) jpeg_skip_scanlines(jpeg, (JDIMENSION)top);
  int32_t bottom = part->top + part->height;
  if (bottom > (int32_t)jpeg->output_height) bottom = (int32_t)jpeg->output_height;
  *kept = (struct cimage_box){part->top, (int32_t)left, bottom - part->top,
                              (int32_t)jpeg->output_width};
}

/// The largest of 1, 2, 4 and 8 by which a part may shrink in the inverse transform and still be as
/// large as its target.
static int32_t reduction(const struct cimage_box *part, const struct cimage_wish *wish) {
  int32_t factor = 1;
  while (factor < 8 && part->height / (2 * factor) >= wish->target_height
         && part->width / (2 * factor) >= wish->target_width)
    factor *= 2;
  return factor;
}

/// A box of the upright picture as it lies in the stored one.
static struct cimage_box stored(struct cimage_box box, int orientation, int32_t width,
                                int32_t height) {
  int32_t right = width - box.left - box.width, bottom = height - box.top - box.height;
  int32_t across = height - box.left - box.width, down = width - box.top - box.height;
  switch (orientation) {
    case 2: return (struct cimage_box){box.top, right, box.height, box.width};
    case 3: return (struct cimage_box){bottom, right, box.height, box.width};
    case 4: return (struct cimage_box){bottom, box.left, box.height, box.width};
    case 5: return (struct cimage_box){box.left, box.top, box.width, box.height};
    case 6: return (struct cimage_box){across, box.top, box.width, box.height};
    case 7: return (struct cimage_box){across, down, box.width, box.height};
    case 8: return (struct cimage_box){box.left, down, box.width, box.height};
    default: return box;
  }
}

/// The inverse of `stored`: a box of the stored picture as it lies in the upright one.
static struct cimage_box upright(struct cimage_box box, int orientation, int32_t width,
                                 int32_t height) {
  int32_t right = width - box.left - box.width, bottom = height - box.top - box.height;
  switch (orientation) {
    case 5: return (struct cimage_box){box.left, box.top, box.width, box.height};
    case 6: return (struct cimage_box){box.left, bottom, box.width, box.height};
    case 7: return (struct cimage_box){right, bottom, box.width, box.height};
    case 8: return (struct cimage_box){right, box.top, box.width, box.height};
    default: return stored(box, orientation, width, height);
  }
}

static int is_inside(const struct cimage_box *box, int32_t width, int32_t height) {
  return box->top >= 0 && box->left >= 0 && box->height > 0 && box->width > 0
         && box->height <= height - box->top && box->width <= width - box->left;
}

static int decode_rows(struct reader *reader, const uint8_t *bytes, size_t count,
                       size_t pixel_limit, int turns_upright, const struct cimage_wish *wish,
                       struct cimage_picture *picture, struct cimage_part *part) {
  struct jpeg_decompress_struct *jpeg = &reader->jpeg;
  if (setjmp(reader->failed)) return reader->status;
  int status = read_header(reader, bytes, count, pixel_limit);
  if (status != cimage_ok) return status;
  if (!turns_upright) reader->orientation = 1;
  int32_t width = (int32_t)jpeg->image_width, height = (int32_t)jpeg->image_height;
  struct cimage_box box = {0, 0, height, width};
  int32_t factor = 1;
  if (wish) {
    box = stored(wish->box, reader->orientation, width, height);
    if (!is_inside(&box, width, height))
      return cimage_fail(cimage_corrupt, reader->message, "the part lies outside of %d x %d pixels",
                         width, height);
    if (wish->is_fast) {
      factor = reduction(&box, wish);
      jpeg->do_fancy_upsampling = FALSE;
    }
  }
  int inks = jpeg->jpeg_color_space == JCS_CMYK || jpeg->jpeg_color_space == JCS_YCCK;
  picture->is_grey = jpeg->jpeg_color_space == JCS_GRAYSCALE;
  jpeg->out_color_space = inks ? JCS_CMYK : JCS_RGB;
  jpeg->scale_num = 1;
  jpeg->scale_denom = (unsigned)factor;
  jpeg_start_decompress(jpeg);
  struct cimage_box kept = {0, 0, (int32_t)jpeg->output_height, (int32_t)jpeg->output_width};
  int32_t whole_width = kept.width, whole_height = kept.height;
  if (wish) {
    box.top /= factor;
    box.left /= factor;
    box.height /= factor;
    box.width /= factor;
    choose_part(reader, &box, &kept);
  }
  picture->width = kept.width;
  picture->height = kept.height;
  size_t row = 3 * (size_t)kept.width;
  picture->pixels = malloc(row * (size_t)kept.height);
  // Rows above the part that could not be skipped go where the part begins, and are written over.
  int reads_all = !wish || !has_end_mark(bytes, count);
  if (inks || reads_all) reader->row = malloc(4 * (size_t)kept.width);
  if (!picture->pixels || ((inks || reads_all) && !reader->row))
    return cimage_fail(cimage_out_of_memory, reader->message, "no memory for %d x %d pixels",
                       kept.width, kept.height);
  int32_t end = reads_all ? whole_height : kept.top + kept.height;
  for (int32_t y = (int32_t)jpeg->output_scanline; y < end; y = (int32_t)jpeg->output_scanline) {
    int32_t place = y - kept.top;
    place = place < 0 ? 0 : place;
    if (place >= kept.height) {
      // Rows that are skipped up to the end are not read at all; the last one makes sure that they are.
      JSAMPROW last = reader->row;
      if (end - y > 1) jpeg_skip_scanlines(jpeg, (JDIMENSION)(end - y - 1));
      jpeg_read_scanlines(jpeg, &last, 1);
      break;
    }
    uint8_t *target = picture->pixels + (size_t)place * row;
    JSAMPROW into = inks ? reader->row : target;
    jpeg_read_scanlines(jpeg, &into, 1);
    if (inks) rgb_from_inverted_cmyk(reader->row, target, kept.width);
  }
  if (reader->ended_early)
    return cimage_fail(cimage_truncated, reader->message, "the JPEG ends before its last row");
  if (part) {
    struct cimage_box turned = upright(kept, reader->orientation, whole_width, whole_height);
    *part = (struct cimage_part){turned.top, turned.left, factor};
  }
  if (!wish) jpeg_finish_decompress(jpeg);
  return cimage_ok;
}

int cimage_decode_jpeg_part(const uint8_t *bytes, size_t count, size_t pixel_limit,
                            int turns_upright, const struct cimage_wish *wish,
                            struct cimage_picture *picture, struct cimage_part *part,
                            char *message) {
  struct reader reader;
  begin(&reader, message);
  memset(picture, 0, sizeof *picture);
  int status = decode_rows(&reader, bytes, count, pixel_limit, turns_upright, wish, picture, part);
  jpeg_destroy_decompress(&reader.jpeg);
  free(reader.row);
  if (status == cimage_ok && turns_upright)
    status = cimage_turn(picture, reader.orientation, message);
  if (status != cimage_ok) {
    free(picture->pixels);
    picture->pixels = NULL;
  }
  return status;
}

int cimage_decode_jpeg(const uint8_t *bytes, size_t count, size_t pixel_limit, int turns_upright,
                       struct cimage_picture *picture, char *message) {
  return cimage_decode_jpeg_part(bytes, count, pixel_limit, turns_upright, NULL, picture, NULL,
                                 message);
}
