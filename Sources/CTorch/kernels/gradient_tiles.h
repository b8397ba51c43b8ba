// The innermost loops of a convolution's gradient for its weight: the sums of some taps for a group of
// outputs are kept in registers while they run over the pixels of many rows.
#pragma once

#include <cstdint>

namespace ct::direct {

/// Rows of which sums are taken. A word is a pixel's value in float32, or two pixels' in bfloat16; a step goes
/// over one word of each channel.
struct GradientJob {
  /// The sums of each output: of the columns of one row of the window and all inputs.
  int64_t taps;
  int64_t images, rows, steps;
  /// Words from one image, row and step to the next. The taps of a step lie side by side and reach into the
  /// next steps.
  int64_t input_image, input_row, input_step;
  int64_t output_image, output_row, output_step;
  const uint32_t *input, *output;
  /// `[taps, lanes]`; what the rows contribute is added.
  float* sums;
};

/// Whether there are loops for this processor, in float32 and in bfloat16.
bool has_gradient_tiles(bool is_bfloat16);

void run_gradient_tiles(const GradientJob& job, bool is_bfloat16);

/// A row of pixels in bfloat16, and which of them become words.
struct PixelRow {
  /// `[width, channels]`.
  const uint16_t* values;
  int64_t width, channels;
  /// The first word's first pixel, the distance of its second, and that of the next word's first. Pixels
  /// outside of the row are zero.
  int64_t first, second, next;
};

/// Writes so many words of each channel, `[words, channels]`.
void pack_pairs(const PixelRow& row, int64_t words, uint32_t* to);

}  // namespace ct::direct
