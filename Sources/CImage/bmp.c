#include "message.h"
#include <stdlib.h>
#include <string.h>

// The Windows and OS/2 bitmap: Microsoft's BITMAPCOREHEADER to BITMAPV5HEADER.

enum compression { plain = 0, runs8 = 1, runs4 = 2, masks = 3, alpha_masks = 6 };

struct bitmap {
  int32_t width, height;
  int bottom_up, bits;
  uint32_t compression;
  uint32_t masks[3];
  const uint8_t *palette;
  uint32_t colors;
  int color_bytes;
  const uint8_t *rows;
  size_t row_count;
};

static uint32_t little(const uint8_t *at, int bytes) {
  uint32_t value = 0;
  for (int i = 0; i < bytes; i++) value |= (uint32_t)at[i] << (8 * i);
  return value;
}

static int is_known(const struct bitmap *map) {
  switch (map->compression) {
    case plain:
      return map->bits == 1 || map->bits == 4 || map->bits == 8 || map->bits == 16
             || map->bits == 24 || map->bits == 32;
    case runs8: return map->bits == 8 && map->bottom_up;
    case runs4: return map->bits == 4 && map->bottom_up;
    case masks:
    case alpha_masks: return map->bits == 16 || map->bits == 32;
    default: return 0;
  }
}

/// The lengths of headers that programs write: OS/2's, Windows', with masks, with colour spaces. Lengths
/// between them would end within a field.
static int is_length(uint32_t size) {
  return size == 12 || size == 40 || size == 52 || size == 56 || size == 64 || size == 108
         || size == 124;
}

/// Reads the header and the palette; nothing is allocated.
static int read_header(const uint8_t *bytes, size_t count, struct bitmap *map, char *message) {
  if (count < 26) return cimage_fail(cimage_truncated, message, "the BMP ends in its header");
  uint32_t start = little(bytes + 10, 4), size = little(bytes + 14, 4);
  int is_core = size == 12;
  if (!is_length(size))
    return cimage_fail(cimage_unsupported, message, "a BMP header of %u bytes", size);
  if (count < 14 + (size_t)size)
    return cimage_fail(cimage_truncated, message, "the BMP ends in its header");
  const uint8_t *header = bytes + 14;
  int64_t height = is_core ? (int32_t)little(header + 6, 2) : (int32_t)little(header + 8, 4);
  map->width = is_core ? (int32_t)little(header + 4, 2) : (int32_t)little(header + 4, 4);
  map->bottom_up = height > 0;
  if (height < 0) height = -height;
  if (map->width <= 0 || height <= 0 || height > INT32_MAX)
    return cimage_fail(cimage_corrupt, message, "a BMP of no size");
  map->height = (int32_t)height;
  map->bits = (int)little(header + (is_core ? 10 : 14), 2);
  map->compression = is_core ? plain : little(header + 16, 4);
  if (!is_known(map))
    return cimage_fail(cimage_unsupported, message, "a BMP of %d bits with compression %u",
                       map->bits, map->compression);
  size_t after = 14 + (size_t)size;
  map->masks[0] = map->bits == 16 ? 0x7C00 : 0xFF0000;
  map->masks[1] = map->bits == 16 ? 0x03E0 : 0x00FF00;
  map->masks[2] = map->bits == 16 ? 0x001F : 0x0000FF;
  if (map->compression == masks || map->compression == alpha_masks) {
    const uint8_t *at = header + 40;
    if (size == 40) after += map->compression == masks ? 12 : 16;
    if (count < after) return cimage_fail(cimage_truncated, message, "the BMP ends in its header");
    for (int c = 0; c < 3; c++) map->masks[c] = little(at + 4 * c, 4);
  }
  map->color_bytes = is_core ? 3 : 4;
  if (map->bits <= 8) {
    uint32_t colors = is_core ? 0 : little(header + 32, 4);
    uint32_t most = 1u << map->bits;
    map->colors = colors == 0 || colors > most ? most : colors;
    if (count < after + (size_t)map->colors * map->color_bytes)
      return cimage_fail(cimage_truncated, message, "the BMP ends in its palette");
    map->palette = bytes + after;
  }
  if (start > count || start < 14)
    return cimage_fail(cimage_corrupt, message, "the BMP's pixels begin outside of the file");
  map->rows = bytes + start;
  map->row_count = count - start;
  return cimage_ok;
}

static int put_color(const struct bitmap *map, uint32_t index, uint8_t *target) {
  if (index >= map->colors) return 0;
  const uint8_t *color = map->palette + (size_t)index * map->color_bytes;
  target[0] = color[2];
  target[1] = color[1];
  target[2] = color[0];
  return 1;
}

/// The bits of a mask, stretched to 0...255 and rounded down, as Pillow does.
static uint8_t masked(uint32_t value, uint32_t mask) {
  if (mask == 0) return 0;
  int shift = __builtin_ctz(mask);
  uint64_t most = mask >> shift;
  return (uint8_t)((uint64_t)((value & mask) >> shift) * 255 / most);
}

static int read_rows(const struct bitmap *map, uint8_t *pixels, char *message) {
  size_t stride = ((size_t)map->width * map->bits + 31) / 32 * 4;
  if (map->row_count / stride < (size_t)map->height
      && map->row_count < stride * ((size_t)map->height - 1) + ((size_t)map->width * map->bits + 7) / 8)
    return cimage_fail(cimage_truncated, message, "the BMP ends before its last row");
  for (int32_t y = 0; y < map->height; y++) {
    const uint8_t *row = map->rows + stride * y;
    int32_t at = map->bottom_up ? map->height - 1 - y : y;
    uint8_t *target = pixels + (size_t)at * map->width * 3;
    for (int32_t x = 0; x < map->width; x++, target += 3) {
      if (map->bits == 24) {
        target[0] = row[3 * (size_t)x + 2];
        target[1] = row[3 * (size_t)x + 1];
        target[2] = row[3 * (size_t)x];
      } else if (map->bits > 8) {
        int bytes = map->bits / 8;
        uint32_t value = little(row + (size_t)x * bytes, bytes);
        for (int c = 0; c < 3; c++) target[c] = masked(value, map->masks[c]);
      } else {
        int each = 8 / map->bits, shift = 8 - map->bits * (x % each + 1);
        uint32_t index = (row[x / each] >> shift) & ((1u << map->bits) - 1);
        if (!put_color(map, index, target))
          return cimage_fail(cimage_corrupt, message, "a BMP pixel outside of its palette");
      }
    }
  }
  return cimage_ok;
}

/// Runs of equal pixels (RLE8 and RLE4). What no run covers keeps the first color.
static int read_runs(const struct bitmap *map, uint8_t *pixels, char *message) {
  for (size_t i = 0; i < (size_t)map->width * map->height; i++) put_color(map, 0, pixels + 3 * i);
  int half = map->bits == 4;
  size_t at = 0;
  int64_t x = 0, y = 0;
  while (at + 2 <= map->row_count) {
    uint32_t length = map->rows[at], value = map->rows[at + 1];
    at += 2;
    const uint8_t *raw = NULL;
    if (length == 0) {
      if (value == 0) { x = 0; y++; continue; }
      if (value == 1) return cimage_ok;
      if (value == 2) {
        if (at + 2 > map->row_count) break;
        x += map->rows[at];
        y += map->rows[at + 1];
        at += 2;
        continue;
      }
      size_t bytes = half ? (value + 1) / 2 : value;
      if (bytes > map->row_count - at) break;
      raw = map->rows + at;
      at += (bytes + 1) & ~(size_t)1;
      length = value;
    }
    for (uint32_t i = 0; i < length; i++, x++) {
      if (y >= map->height || x >= map->width)
        return cimage_fail(cimage_corrupt, message, "a BMP run outside of the picture");
      uint32_t pair = raw ? raw[half ? i / 2 : i] : value;
      uint32_t index = !half ? pair : i % 2 ? pair & 15 : pair >> 4;
      int64_t row = map->height - 1 - y;
      if (!put_color(map, index, pixels + 3 * (size_t)(row * map->width + x)))
        return cimage_fail(cimage_corrupt, message, "a BMP pixel outside of its palette");
    }
  }
  return cimage_fail(cimage_truncated, message, "the BMP ends before its end mark");
}

static int has_grey_palette(const struct bitmap *map) {
  for (uint32_t i = 0; i < map->colors; i++) {
    const uint8_t *color = map->palette + (size_t)i * map->color_bytes;
    if (color[0] != color[1] || color[1] != color[2]) return 0;
  }
  return map->bits <= 8;
}

int cimage_decode_bmp(const uint8_t *bytes, size_t count, size_t pixel_limit,
                      struct cimage_picture *picture, char *message) {
  memset(picture, 0, sizeof *picture);
  struct bitmap map;
  memset(&map, 0, sizeof map);
  int status = read_header(bytes, count, &map, message);
  if (status != cimage_ok) return status;
  size_t pixels = (size_t)map.width * (size_t)map.height;
  if (pixels > pixel_limit)
    return cimage_fail(cimage_too_large, message, "%d x %d pixels, the limit is %zu in all",
                       map.width, map.height, pixel_limit);
  int has_runs = map.compression == runs8 || map.compression == runs4;
  if (!has_runs && map.row_count * 8 / map.bits < pixels)
    return cimage_fail(cimage_truncated, message, "the BMP is too short for %d x %d pixels",
                       map.width, map.height);
  picture->pixels = malloc(pixels * 3);
  if (!picture->pixels)
    return cimage_fail(cimage_out_of_memory, message, "no memory for %zu pixels", pixels);
  status = has_runs ? read_runs(&map, picture->pixels, message)
                    : read_rows(&map, picture->pixels, message);
  picture->width = map.width;
  picture->height = map.height;
  picture->is_grey = has_grey_palette(&map);
  if (status != cimage_ok) {
    free(picture->pixels);
    picture->pixels = NULL;
  }
  return status;
}
