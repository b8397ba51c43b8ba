#include "message.h"
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

struct writer {
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;
  jmp_buf failed;
  char *message;
};

static void on_error(j_common_ptr common) {
  struct writer *writer = common->client_data;
  char text[JMSG_LENGTH_MAX];
  common->err->format_message(common, text);
  snprintf(writer->message, CIMAGE_MESSAGE_SIZE, "%s", text);
  longjmp(writer->failed, 1);
}

static int encode_rows(struct writer *writer, const uint8_t *pixels, int32_t height, int32_t width,
                       int32_t channels, int32_t quality, uint8_t **output,
                       unsigned long *output_count) {
  struct jpeg_compress_struct *jpeg = &writer->jpeg;
  if (setjmp(writer->failed)) return cimage_unsupported;
  jpeg_create_compress(jpeg);
  jpeg->client_data = writer;
  jpeg_mem_dest(jpeg, output, output_count);
  jpeg->image_width = (JDIMENSION)width;
  jpeg->image_height = (JDIMENSION)height;
  jpeg->input_components = channels;
  jpeg->in_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(jpeg);
  jpeg_set_quality(jpeg, quality, TRUE);
  jpeg_start_compress(jpeg, TRUE);
  while (jpeg->next_scanline < jpeg->image_height) {
    JSAMPROW row = (JSAMPROW)(pixels + (size_t)jpeg->next_scanline * (size_t)(width * channels));
    jpeg_write_scanlines(jpeg, &row, 1);
  }
  jpeg_finish_compress(jpeg);
  return cimage_ok;
}

int cimage_encode_jpeg(const uint8_t *pixels, int32_t height, int32_t width, int32_t channels,
                       int32_t quality, uint8_t **output, size_t *output_count, char *message) {
  struct writer writer;
  memset(&writer, 0, sizeof writer);
  writer.message = message;
  writer.jpeg.err = jpeg_std_error(&writer.errors);
  writer.jpeg.client_data = &writer;
  writer.errors.error_exit = on_error;
  unsigned long count = 0;
  *output = NULL;
  int status = encode_rows(&writer, pixels, height, width, channels, quality, output, &count);
  jpeg_destroy_compress(&writer.jpeg);
  *output_count = count;
  if (status != cimage_ok) {
    free(*output);
    *output = NULL;
  }
  return status;
}
