#include "exif.h"
#include "message.h"
#include <stdlib.h>
#include <string.h>

static uint32_t number(const uint8_t *at, int bytes, int big_endian) {
  uint32_t value = 0;
  for (int i = 0; i < bytes; i++)
    value |= (uint32_t)at[i] << (8 * (big_endian ? bytes - 1 - i : i));
  return value;
}

int cimage_exif_orientation(const uint8_t *data, size_t count) {
  int is_marked = count >= 6 && memcmp(data, "Exif\0\0", 6) == 0;
  const uint8_t *tiff = is_marked ? data + 6 : data;
  size_t size = is_marked ? count - 6 : count;
  if (size < 8) return 1;
  if (!((tiff[0] == 'I' && tiff[1] == 'I') || (tiff[0] == 'M' && tiff[1] == 'M'))) return 1;
  int big = tiff[0] == 'M';
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

int cimage_turn(struct cimage_picture *picture, int orientation, char *message) {
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
