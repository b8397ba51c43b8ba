#include "CImage.h"
#include <string.h>

void cimage_histogram(const uint8_t *source, size_t count, uint64_t histogram[256]) {
  // Four tables, so that runs of one value do not wait for each other's stores.
  uint32_t parts[4][256];
  while (count > 0) {
    size_t piece = count < (1u << 30) ? count : (1u << 30);
    memset(parts, 0, sizeof parts);
    size_t i = 0;
    for (; i + 4 <= piece; i += 4)
      for (size_t k = 0; k < 4; k++) parts[k][source[i + k]]++;
    for (; i < piece; i++) parts[0][source[i]]++;
    for (size_t value = 0; value < 256; value++)
      histogram[value] += (uint64_t)parts[0][value] + parts[1][value] + parts[2][value]
                          + parts[3][value];
    source += piece;
    count -= piece;
  }
}

static uint64_t scrambled(uint64_t value) {
  value ^= value >> 32;
  value *= 0xD6E8FEB86659FD93u;
  value ^= value >> 32;
  value *= 0xD6E8FEB86659FD93u;
  return value ^ value >> 32;
}

static uint64_t little_endian(const uint8_t *at) {
  uint64_t value = 0;
  for (int i = 0; i < 8; i++) value |= (uint64_t)at[i] << (8 * i);
  return value;
}

uint64_t cimage_hash(const uint8_t *bytes, size_t count, uint64_t seed) {
  uint64_t lanes[4];
  for (uint64_t k = 0; k < 4; k++) lanes[k] = scrambled(seed + k * 0x9E3779B97F4A7C15u + count);
  size_t i = 0;
  for (; i + 32 <= count; i += 32)
    for (size_t k = 0; k < 4; k++) {
      uint64_t mixed = (lanes[k] ^ little_endian(bytes + i + 8 * k)) * 0x9FB21C651E98DF25u;
      lanes[k] = mixed ^ mixed >> 29;
    }
  uint8_t rest[32] = {0};
  if (i < count) memcpy(rest, bytes + i, count - i);
  for (size_t k = 0; k < 4; k++) lanes[k] = scrambled(lanes[k] ^ little_endian(rest + 8 * k));
  return scrambled(lanes[0] + scrambled(lanes[1] + scrambled(lanes[2] + lanes[3])));
}
