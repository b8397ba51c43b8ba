#include "message.h"
#include <stdlib.h>
#include <string.h>

void cimage_free(void *memory) { free(memory); }

int cimage_decode(const uint8_t *bytes, size_t count, size_t pixel_limit,
                  struct cimage_picture *picture, char *message) {
  static const uint8_t png[4] = {0x89, 'P', 'N', 'G'};
  memset(picture, 0, sizeof *picture);
  if (count == 0) return cimage_fail(cimage_truncated, message, "the file is empty");
  if (count >= 4 && memcmp(bytes, png, 4) == 0)
    return cimage_decode_png(bytes, count, pixel_limit, picture, message);
  if (count >= 2 && bytes[0] == 0xFF && bytes[1] == 0xD8)
    return cimage_decode_jpeg(bytes, count, pixel_limit, picture, message);
  return cimage_fail(cimage_unsupported, message, "neither JPEG nor PNG");
}
