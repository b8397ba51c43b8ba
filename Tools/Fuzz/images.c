// What the fuzzer calls with each input: the bytes of an image file. Whatever they are, the decoder
// returns a picture or a reason; the sanitizers see to the rest.
#include "CImage.h"
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  struct cimage_picture picture;
  char message[CIMAGE_MESSAGE_SIZE];
  // A limit low enough that a promise of many pixels does not make each run slow.
  if (cimage_decode(bytes, count, 1 << 20, 1, &picture, message) != cimage_ok) return 0;
  uint8_t resized[3 * 7 * 5];
  cimage_resize_by((enum cimage_kernel)(count % 3), picture.pixels, picture.height, picture.width, 3,
                   resized, 5, 7);
  cimage_free(picture.pixels);
  return 0;
}
