#include "message.h"
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

struct output {
  uint8_t *bytes;
  size_t count;
  size_t capacity;
};

/// The size that the last member claims, a hint only: it is modulo 2^32 and need not be true.
static size_t claimed_size(const uint8_t *bytes, size_t count) {
  if (count < 18) return 0;
  const uint8_t *at = bytes + count - 4;
  return (size_t)at[0] | (size_t)at[1] << 8 | (size_t)at[2] << 16 | (size_t)at[3] << 24;
}

static int grow(struct output *output, size_t byte_limit, char *message) {
  if (output->capacity >= byte_limit)
    return cimage_fail(cimage_too_large, message, "inflates to more than %zu bytes", byte_limit);
  size_t capacity = output->capacity * 2;
  if (capacity > byte_limit) capacity = byte_limit;
  uint8_t *bytes = realloc(output->bytes, capacity);
  if (!bytes) return cimage_fail(cimage_out_of_memory, message, "no memory for %zu bytes", capacity);
  output->bytes = bytes;
  output->capacity = capacity;
  return cimage_ok;
}

static int inflate_all(z_stream *stream, const uint8_t *bytes, size_t count, size_t byte_limit,
                       struct output *output, char *message) {
  const size_t largest_piece = 1u << 30;
  size_t consumed = 0;
  for (;;) {
    size_t piece = count - consumed < largest_piece ? count - consumed : largest_piece;
    if (output->count == output->capacity) {
      int status = grow(output, byte_limit, message);
      if (status != cimage_ok) return status;
    }
    size_t room = output->capacity - output->count;
    if (room > largest_piece) room = largest_piece;
    stream->next_in = (Bytef *)(uintptr_t)(bytes + consumed);
    stream->avail_in = (uInt)piece;
    stream->next_out = output->bytes + output->count;
    stream->avail_out = (uInt)room;
    int result = inflate(stream, Z_NO_FLUSH);
    consumed += piece - stream->avail_in;
    output->count += room - stream->avail_out;
    if (result == Z_STREAM_END) {
      if (consumed == count) return cimage_ok;
      if (inflateReset(stream) != Z_OK)
        return cimage_fail(cimage_corrupt, message, "the next gzip member cannot be read");
    } else if (result == Z_MEM_ERROR) {
      return cimage_fail(cimage_out_of_memory, message, "no memory to inflate");
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      return cimage_fail(cimage_corrupt, message, "%s", stream->msg ? stream->msg : "bad compressed data");
    } else if (consumed == count && stream->avail_out != 0) {
      return cimage_fail(cimage_truncated, message, "the compressed data end too early");
    }
  }
}

/// `window` is zlib's: its size, and by what it adds or its sign the container.
static int inflate_with(int window, size_t capacity, const uint8_t *bytes, size_t count,
                        size_t byte_limit, uint8_t **output, size_t *output_count, char *message) {
  *output = NULL;
  *output_count = 0;
  z_stream stream;
  memset(&stream, 0, sizeof stream);
  if (inflateInit2(&stream, window) != Z_OK)
    return cimage_fail(cimage_out_of_memory, message, "no memory to inflate");
  // Deflate reaches at most 1032 to 1, so a larger claim is a lie.
  if (capacity / 1032 > count) capacity = count * 4;
  if (capacity < 4096) capacity = 4096;
  if (capacity > byte_limit) capacity = byte_limit ? byte_limit : 1;
  struct output result = {malloc(capacity), 0, capacity};
  int status = result.bytes
                   ? inflate_all(&stream, bytes, count, byte_limit, &result, message)
                   : cimage_fail(cimage_out_of_memory, message, "no memory for %zu bytes", capacity);
  inflateEnd(&stream);
  if (status != cimage_ok) {
    free(result.bytes);
    return status;
  }
  *output = result.bytes;
  *output_count = result.count;
  return cimage_ok;
}

int cimage_inflate(const uint8_t *bytes, size_t count, size_t byte_limit, uint8_t **output,
                   size_t *output_count, char *message) {
  return inflate_with(15 + 16, claimed_size(bytes, count), bytes, count, byte_limit, output,
                      output_count, message);
}

int cimage_inflate_raw(const uint8_t *bytes, size_t count, size_t byte_limit, uint8_t **output,
                       size_t *output_count, char *message) {
  return inflate_with(-15, byte_limit, bytes, count, byte_limit, output, output_count, message);
}
