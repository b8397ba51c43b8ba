#include "message.h"
#include <stdlib.h>
#include <string.h>

void cimage_free(void *memory) { free(memory); }

static int begins(const uint8_t *bytes, size_t count, const char *mark, size_t size) {
  return count >= size && memcmp(bytes, mark, size) == 0;
}

int cimage_decode(const uint8_t *bytes, size_t count, size_t pixel_limit, int turns_upright,
                  struct cimage_picture *picture, char *message) {
  memset(picture, 0, sizeof *picture);
  if (count == 0) return cimage_fail(cimage_truncated, message, "the file is empty");
  if (begins(bytes, count, "\x89PNG", 4))
    return cimage_decode_png(bytes, count, pixel_limit, turns_upright, picture, message);
  if (begins(bytes, count, "\xFF\xD8", 2))
    return cimage_decode_jpeg(bytes, count, pixel_limit, turns_upright, picture, message);
  if (begins(bytes, count, "RIFF", 4) && count >= 12 && memcmp(bytes + 8, "WEBP", 4) == 0)
    return cimage_decode_webp(bytes, count, pixel_limit, turns_upright, picture, message);
  if (begins(bytes, count, "BM", 2))
    return cimage_decode_bmp(bytes, count, pixel_limit, picture, message);
  return cimage_fail(cimage_unsupported, message, "neither JPEG, PNG, WebP nor BMP");
}

int cimage_probe(const uint8_t *bytes, size_t count, size_t pixel_limit, int turns_upright,
                 struct cimage_facts *facts, char *message) {
  memset(facts, 0, sizeof *facts);
  if (begins(bytes, count, "\x89PNG", 4))
    return cimage_probe_png(bytes, count, pixel_limit, facts, message);
  if (begins(bytes, count, "\xFF\xD8", 2))
    return cimage_probe_jpeg(bytes, count, pixel_limit, turns_upright, facts, message);
  return cimage_fail(cimage_unsupported, message, "neither JPEG nor PNG");
}
