#include "exif.h"
#include "message.h"
#include <stdlib.h>
#include <string.h>
#include <webp/decode.h>
#include <webp/demux.h>

static int fail_with(VP8StatusCode error, char *message) {
  switch (error) {
    case VP8_STATUS_NOT_ENOUGH_DATA:
    case VP8_STATUS_SUSPENDED:
      return cimage_fail(cimage_truncated, message, "the WebP ends before its content does");
    case VP8_STATUS_OUT_OF_MEMORY:
      return cimage_fail(cimage_out_of_memory, message, "no memory for the WebP");
    case VP8_STATUS_UNSUPPORTED_FEATURE:
      return cimage_fail(cimage_unsupported, message, "a variant of WebP that is not read here");
    default: return cimage_fail(cimage_corrupt, message, "the WebP's content is damaged");
  }
}

/// Finds the first frame of a moving picture, and the orientation that the file names.
static int inspect(const uint8_t *bytes, size_t count, int moves, WebPData *frame,
                   int *orientation, char *message) {
  WebPData file = {bytes, count};
  WebPDemuxer *demuxer = WebPDemux(&file);
  if (!demuxer)
    return moves ? cimage_fail(cimage_corrupt, message, "the WebP's frames cannot be found")
                 : (int)cimage_ok;
  WebPIterator iterator;
  if (moves && WebPDemuxGetFrame(demuxer, 1, &iterator)) {
    *frame = iterator.fragment;
    WebPDemuxReleaseIterator(&iterator);
  }
  WebPChunkIterator chunk;
  if (WebPDemuxGetChunk(demuxer, "EXIF", 1, &chunk)) {
    *orientation = cimage_exif_orientation(chunk.chunk.bytes, chunk.chunk.size);
    WebPDemuxReleaseChunkIterator(&chunk);
  }
  WebPDemuxDelete(demuxer);
  return cimage_ok;
}

int cimage_decode_webp(const uint8_t *bytes, size_t count, size_t pixel_limit, int turns_upright,
                       struct cimage_picture *picture, char *message) {
  memset(picture, 0, sizeof *picture);
  WebPBitstreamFeatures features;
  VP8StatusCode error = WebPGetFeatures(bytes, count, &features);
  if (error != VP8_STATUS_OK) return fail_with(error, message);
  WebPData frame = {bytes, count};
  int orientation = 1;
  int status = inspect(bytes, count, features.has_animation, &frame, &orientation, message);
  if (status != cimage_ok) return status;
  WebPDecoderConfig config;
  if (!WebPInitDecoderConfig(&config))
    return cimage_fail(cimage_unsupported, message, "libwebp is of another version than its header");
  error = WebPGetFeatures(frame.bytes, frame.size, &config.input);
  if (error != VP8_STATUS_OK) return fail_with(error, message);
  int width = config.input.width, height = config.input.height;
  size_t pixels = (size_t)width * (size_t)height;
  if (pixels > pixel_limit)
    return cimage_fail(cimage_too_large, message, "%d x %d pixels, the limit is %zu in all", width,
                       height, pixel_limit);
  picture->pixels = malloc(pixels * 3);
  if (!picture->pixels)
    return cimage_fail(cimage_out_of_memory, message, "no memory for %zu pixels", pixels);
  config.output.colorspace = MODE_RGB;
  config.output.is_external_memory = 1;
  config.output.u.RGBA.rgba = picture->pixels;
  config.output.u.RGBA.stride = width * 3;
  config.output.u.RGBA.size = pixels * 3;
  error = WebPDecode(frame.bytes, frame.size, &config);
  WebPFreeDecBuffer(&config.output);
  picture->width = width;
  picture->height = height;
  if (error != VP8_STATUS_OK) status = fail_with(error, message);
  if (status == cimage_ok && turns_upright) status = cimage_turn(picture, orientation, message);
  if (status != cimage_ok) {
    free(picture->pixels);
    picture->pixels = NULL;
  }
  return status;
}
