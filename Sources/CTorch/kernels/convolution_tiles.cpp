#include "convolution_tiles.h"

#include "versions.h"

namespace ct::direct {

#if defined(__x86_64__) && defined(__linux__)

namespace {

typedef float Lanes __attribute__((vector_size(lanes * sizeof(float))));
/// The same where it lies in memory.
typedef float Stored __attribute__((vector_size(lanes * sizeof(float)), aligned(4), may_alias));

wide_part const Stored& at(const float* x) { return *reinterpret_cast<const Stored*>(x); }

/// Where a tile reads and writes.
struct Place {
  const float *input, *added;
  float* result;
};

/// Adds what some channels of the pixels contribute.
template <int channels, int pixels, int groups, int stride>
wide_part void add(
    const float* __restrict x, const float* __restrict weight, int64_t group_weight,
    Lanes (&sums)[pixels][groups]) {
#pragma clang loop unroll(full)
  for (int channel = 0; channel < channels; ++channel)
#pragma clang loop unroll(full)
    for (int group = 0; group < groups; ++group) {
      const Lanes w = at(weight + group * group_weight + channel * lanes);
#pragma clang loop unroll(full)
      for (int pixel = 0; pixel < pixels; ++pixel)
        sums[pixel][group] += w * x[pixel * stride * lanes + channel];
    }
}

template <int pixels, int groups, int stride>
wide_part void tile(const TileJob& job, const Place& place) {
  constexpr int at_once = 4;
  Lanes sums[pixels][groups];
  for (int group = 0; group < groups; ++group)
    for (int pixel = 0; pixel < pixels; ++pixel) sums[pixel][group] = at(job.shift + group * lanes);
  const float* weight = job.weight;
  for (int64_t block = 0; block < job.blocks; ++block) {
    const int64_t channels = block + 1 < job.blocks ? lanes : job.channels_of_last;
    for (int64_t row = 0; row < job.window_rows; ++row) {
      const float* x = place.input + block * job.input_block + row * job.input_row;
      for (int64_t column = 0; column < job.window_columns; ++column) {
        int64_t channel = 0;
        for (; channel + at_once <= channels; channel += at_once)
          add<at_once, pixels, groups, stride>(
              x + channel, weight + channel * lanes, job.group_weight, sums);
        for (; channel < channels; ++channel)
          add<1, pixels, groups, stride>(
              x + channel, weight + channel * lanes, job.group_weight, sums);
        x += lanes;
        weight += lanes * lanes;
      }
    }
  }
  for (int pixel = 0; pixel < pixels; ++pixel)
    for (int group = 0; group < groups; ++group) {
      const int64_t offset = pixel * job.outputs + group * lanes;
      Lanes y = sums[pixel][group];
      if (place.added != nullptr) y += at(place.added + offset);
      if (job.rectified) y = y < 0.0f ? Lanes{} : y;
      *reinterpret_cast<Stored*>(place.result + offset) = y;
    }
}

/// The outputs of a row that are left: tiles of so many, then smaller ones.
template <int pixels, int groups, int stride>
wide_part void tiles(const TileJob& job, Place place, int64_t left) {
  for (; left >= pixels; left -= pixels) {
    tile<pixels, groups, stride>(job, place);
    place.input += pixels * stride * lanes;
    place.result += pixels * job.outputs;
    if (place.added != nullptr) place.added += pixels * job.outputs;
  }
  if constexpr (pixels > 1)
    if (left > 0) tiles<pixels / 2, groups, stride>(job, place, left);
}

template <int pixels, int groups, int stride>
wide_part void rows(const TileJob& job) {
  const int64_t row = job.columns * job.outputs;
  for (int64_t i = 0; i < job.rows; ++i) {
    const float* added = job.added == nullptr ? nullptr : job.added + i * row;
    tiles<pixels, groups, stride>(
        job, {job.input + i * job.stride * job.input_row, added, job.result + i * row}, job.columns);
  }
}

template <int pixels, int groups>
wide_part void rows(const TileJob& job) {
  job.stride == 1 ? rows<pixels, groups, 1>(job) : rows<pixels, groups, 2>(job);
}

// As many sums as fill the registers of a level. By the level's name compilers would tune for processors that
// slow down with wide vectors.
__attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,avx2,fma"))) void run_v4(const TileJob& job) {
  if (job.groups == 4)
    rows<4, 4>(job);
  else if (job.groups == 2)
    rows<8, 2>(job);
  else
    rows<16, 1>(job);
}

__attribute__((target("avx2,fma"))) void run_v3(const TileJob& job) { rows<4, 1>(job); }

const bool is_v4 = __builtin_cpu_supports("x86-64-v4");
const bool is_v3 = __builtin_cpu_supports("x86-64-v3");

}  // namespace

bool has_tiles() { return is_v3; }

int64_t groups_at_once(int64_t columns, int64_t left) {
  if (!is_v4) return 1;
  if (columns <= 4 && left >= 4) return 4;
  return left >= 2 ? 2 : 1;
}

void run_tiles(const TileJob& job) { is_v4 ? run_v4(job) : run_v3(job); }

#else

bool has_tiles() { return false; }
int64_t groups_at_once(int64_t, int64_t) { return 1; }
void run_tiles(const TileJob&) {}

#endif

}  // namespace ct::direct
