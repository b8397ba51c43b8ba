#include "row_passes.h"

#include <bit>
#include <limits>

#include "versions.h"

namespace ct::rows {

namespace {

wide_part float value(float x) { return x; }
wide_part float value(uint16_t x) { return std::bit_cast<float>(static_cast<uint32_t>(x) << 16); }

wide_part void store(float* to, float x) { *to = x; }
/// Rounds to the nearest, ties to even, as the processor's own conversion does.
wide_part void store(uint16_t* to, float x) {
  const uint32_t bits = std::bit_cast<uint32_t>(x);
  const uint32_t rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
  *to = static_cast<uint16_t>(x != x ? 0x7fc0 : rounded);
}

template <typename T>
wide_part void add_moments(const T* __restrict x, const Block& block, const Sums& sums) {
  float* __restrict first = sums.first;
  float* __restrict second = sums.second;
  const float* __restrict shift = sums.shift;
  for (int64_t row = 0; row < block.rows; ++row, x += block.width)
    for (int64_t i = 0; i < block.width; ++i) {
      const float d = value(x[i]) - shift[i];
      first[i] += d;
      second[i] += d * d;
    }
}

template <bool has_added, typename T>
wide_part void write_affine(
    const T* __restrict x, const T* __restrict added, T* __restrict y, const Block& block,
    const Affine& map) {
  const float floor = map.rectified ? 0.0f : -std::numeric_limits<float>::infinity();
  const float* __restrict scale = map.scale;
  const float* __restrict offset = map.offset;
  for (int64_t row = 0; row < block.rows; ++row, x += block.width, y += block.width) {
    for (int64_t i = 0; i < block.width; ++i) {
      float z = value(x[i]) * scale[i] + offset[i];
      if constexpr (has_added) z += value(added[i]);
      store(y + i, z < floor ? floor : z);
    }
    if constexpr (has_added) added += block.width;
  }
}

template <typename T>
wide_part void write_dropped_affine(
    const T* __restrict x, T* __restrict y, const Block& block, const Affine& map) {
  const float floor = map.rectified ? 0.0f : -std::numeric_limits<float>::infinity();
  const float* __restrict scale = map.scale;
  const float* __restrict offset = map.offset;
  const Drop drop = *map.drop;
  uint32_t place = map.first;
  for (int64_t row = 0; row < block.rows; ++row, x += block.width, y += block.width) {
    for (int64_t i = 0; i < block.width; ++i) {
      const float z = value(x[i]) * scale[i] + offset[i];
      store(y + i, (z < floor ? floor : z) * kept_share(drop, place + static_cast<uint32_t>(i)));
    }
    place += static_cast<uint32_t>(block.width);
  }
}

template <typename T>
wide_part void write_dropped(
    const T* __restrict x, T* __restrict y, int64_t count, const Drop& given, uint32_t first) {
  const Drop drop = given;
  for (int64_t i = 0; i < count; ++i)
    store(y + i, value(x[i]) * kept_share(drop, first + static_cast<uint32_t>(i)));
}

template <typename T>
wide_part void write_dropped_channels(
    const T* __restrict x, T* __restrict y, const Block& block, const Drop& given, uint32_t first,
    uint32_t step) {
  const Drop drop = given;
  for (int64_t row = 0; row < block.rows; ++row, ++first, x += block.width, y += block.width)
    for (int64_t i = 0; i < block.width; ++i)
      store(y + i, value(x[i]) * kept_share(drop, first + static_cast<uint32_t>(i) * step));
}

template <typename T>
wide_part void write_rectified_gradient(
    const T* __restrict dy, const T* __restrict y, T* __restrict dx, const Block& block,
    float factor, float* __restrict sums) {
  for (int64_t row = 0; row < block.rows;
       ++row, y += block.width, dy += block.width, dx += block.width)
    for (int64_t i = 0; i < block.width; ++i) {
      const float g = value(y[i]) <= 0 ? 0.0f : value(dy[i]) * factor;
      sums[i] += g;
      store(dx + i, g);
    }
}

template <typename T>
wide_part void add_rows(const T* __restrict x, const Block& block, float* __restrict sums) {
  for (int64_t row = 0; row < block.rows; ++row, x += block.width)
    for (int64_t i = 0; i < block.width; ++i) sums[i] += value(x[i]);
}

template <bool rectified, bool keeps, typename T>
wide_part void add_gradient_sums(
    const T* __restrict dy, const T* __restrict x, const T* __restrict y, T* __restrict masked,
    const Block& block, const Sums& sums) {
  float* __restrict first = sums.first;
  float* __restrict second = sums.second;
  const float* __restrict shift = sums.shift;
  for (int64_t row = 0; row < block.rows; ++row, x += block.width, dy += block.width) {
    for (int64_t i = 0; i < block.width; ++i) {
      T kept = dy[i];
      if constexpr (rectified) kept = value(y[i]) <= 0 ? T(0) : kept;
      if constexpr (keeps) masked[i] = kept;
      const float g = value(kept);
      first[i] += g;
      second[i] += g * (value(x[i]) - shift[i]);
    }
    if constexpr (rectified) y += block.width;
    if constexpr (keeps) masked += block.width;
  }
}

template <bool rectified, typename T>
wide_part void write_gradient(
    const T* __restrict dy, const T* __restrict x, const T* __restrict y, T* __restrict dx,
    const Block& block, const Gradient& map) {
  const float* __restrict scale = map.scale;
  const float* __restrict slope = map.slope;
  const float* __restrict offset = map.offset;
  for (int64_t row = 0; row < block.rows;
       ++row, x += block.width, dy += block.width, dx += block.width) {
    for (int64_t i = 0; i < block.width; ++i) {
      float g = value(dy[i]);
      if constexpr (rectified) g = value(y[i]) <= 0 ? 0.0f : g;
      store(dx + i, g * scale[i] + (value(x[i]) * slope[i] + offset[i]));
    }
    if constexpr (rectified) y += block.width;
  }
}

}  // namespace

// A function of several versions cannot be a template, hence the two types by name.
#define FOR_TYPE(T)                                                                              \
  wide_versions void moments(const T* x, const Block& block, const Sums& sums) {                 \
    add_moments(x, block, sums);                                                                 \
  }                                                                                              \
  wide_versions void affine(                                                                     \
      const T* x, const T* added, T* y, const Block& block, const Affine& map) {                 \
    if (map.drop)                                                                                \
      write_dropped_affine(x, y, block, map);                                                    \
    else if (added)                                                                              \
      write_affine<true>(x, added, y, block, map);                                               \
    else                                                                                         \
      write_affine<false>(x, added, y, block, map);                                              \
  }                                                                                              \
  wide_versions void dropped(                                                                    \
      const T* x, T* y, int64_t count, const Drop& drop, uint32_t first) {                       \
    write_dropped(x, y, count, drop, first);                                                     \
  }                                                                                              \
  wide_versions void dropped_channels(                                                           \
      const T* x, T* y, const Block& block, const Drop& drop, uint32_t first, uint32_t step) {   \
    write_dropped_channels(x, y, block, drop, first, step);                                      \
  }                                                                                              \
  wide_versions void rectified_gradient(                                                         \
      const T* dy, const T* y, T* dx, const Block& block, float factor, float* sums) {           \
    write_rectified_gradient(dy, y, dx, block, factor, sums);                                    \
  }                                                                                              \
  wide_versions void column_sums(const T* x, const Block& block, float* sums) {                  \
    add_rows(x, block, sums);                                                                    \
  }                                                                                              \
  wide_versions void gradient_sums(                                                              \
      const T* dy, const T* x, const T* y, T* masked, const Block& block, const Sums& sums) {    \
    if (!y)                                                                                      \
      add_gradient_sums<false, false>(dy, x, y, masked, block, sums);                            \
    else if (!masked)                                                                            \
      add_gradient_sums<true, false>(dy, x, y, masked, block, sums);                             \
    else                                                                                         \
      add_gradient_sums<true, true>(dy, x, y, masked, block, sums);                              \
  }                                                                                              \
  wide_versions void gradient(                                                                   \
      const T* dy, const T* x, const T* y, T* dx, const Block& block, const Gradient& map) {     \
    y ? write_gradient<true>(dy, x, y, dx, block, map)                                           \
      : write_gradient<false>(dy, x, y, dx, block, map);                                         \
  }

FOR_TYPE(float)
FOR_TYPE(uint16_t)

}  // namespace ct::rows
