// Passes over rows of channels, for batch normalization: each reads its inputs once.
//
// A map [rows, channels] is seen as fewer, wider rows, so that few channels fill vectors too; the
// values that belong to channels then come repeated to that width. A bf16 value is the upper half of
// a float, and computed with as a float.
#pragma once

#include <cstdint>

#include "random_mask.h"

namespace ct::rows {

/// Consecutive rows.
struct Block {
  int64_t rows;
  int64_t width;
};

/// Two sums per column, which a pass adds to, and what is taken off the values first.
struct Sums {
  const float* shift;
  float* first;
  float* second;
};

/// What turns x into y.
struct Affine {
  const float* scale;
  const float* offset;
  bool rectified;
  /// Drops elements where given, after the rectifier.
  const Drop* drop = nullptr;
  /// The place of the first element, for dropping.
  uint32_t first = 0;
};

/// What turns the gradient by y, and x, into the gradient by x.
struct Gradient {
  const float* scale;
  const float* slope;
  const float* offset;
};

/// Adds x - shift and its square to the sums.
void moments(const float* x, const Block& block, const Sums& sums);
void moments(const uint16_t* x, const Block& block, const Sums& sums);

/// y = x scale + offset (+ added), or zero where that is negative and `rectified`, times the shares of
/// elements that are kept. With `drop` nothing may be added.
void affine(
    const float* x, const float* added, float* y, const Block& block, const Affine& map);
void affine(
    const uint16_t* x, const uint16_t* added, uint16_t* y, const Block& block, const Affine& map);

/// Adds g and g (x - shift) to the sums, where g is dy, or zero where y is given and not above zero.
/// Where `masked` is given too, g is written there.
void gradient_sums(
    const float* dy, const float* x, const float* y, float* masked, const Block& block,
    const Sums& sums);
void gradient_sums(
    const uint16_t* dy, const uint16_t* x, const uint16_t* y, uint16_t* masked, const Block& block,
    const Sums& sums);

/// dx = g scale + x slope + offset, with g as in `gradient_sums`.
void gradient(
    const float* dy, const float* x, const float* y, float* dx, const Block& block,
    const Gradient& map);
void gradient(
    const uint16_t* dy, const uint16_t* x, const uint16_t* y, uint16_t* dx, const Block& block,
    const Gradient& map);

/// g times a factor, with g as in `gradient_sums`, whose first sums it is added to.
void rectified_gradient(
    const float* dy, const float* y, float* dx, const Block& block, float factor, float* sums);
void rectified_gradient(
    const uint16_t* dy, const uint16_t* y, uint16_t* dx, const Block& block, float factor,
    float* sums);

/// Adds the rows to the sums.
void column_sums(const float* x, const Block& block, float* sums);
void column_sums(const uint16_t* x, const Block& block, float* sums);

/// y = x times the shares of elements that are kept; x starts at a place.
void dropped(const float* x, float* y, int64_t count, const Drop& drop, uint32_t first);
void dropped(const uint16_t* x, uint16_t* y, int64_t count, const Drop& drop, uint32_t first);

/// The same for rows of channels of one sample: neighbours in a row are `step` places apart, rows one.
void dropped_channels(
    const float* x, float* y, const Block& block, const Drop& drop, uint32_t first, uint32_t step);
void dropped_channels(
    const uint16_t* x, uint16_t* y, const Block& block, const Drop& drop, uint32_t first,
    uint32_t step);

}  // namespace ct::rows
