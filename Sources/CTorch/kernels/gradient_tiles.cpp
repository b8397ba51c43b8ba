#include "gradient_tiles.h"

#include "convolution_tiles.h"
#include "versions.h"

#if defined(__x86_64__) && defined(__linux__)
#include <immintrin.h>
#endif

namespace ct::direct {

#if defined(__x86_64__) && defined(__linux__)

namespace {

// One level for both: what is made of float32 alone holds no instruction for bfloat16.
#define gradient_level target("avx512bf16,avx512f,avx512vl,avx512bw,avx512dq,avx2,fma")

/// Adds the product of two words to each lane's sum.
struct Single {
  __attribute__((always_inline, gradient_level)) static __m512 add(__m512 sum, __m512i y, __m512i x) {
    return _mm512_fmadd_ps(_mm512_castsi512_ps(y), _mm512_castsi512_ps(x), sum);
  }
};

struct Pair {
  __attribute__((always_inline, gradient_level)) static __m512 add(__m512 sum, __m512i y, __m512i x) {
    return _mm512_dpbf16_ps(sum, (__m512bh)y, (__m512bh)x);
  }
};

/// Some taps from the given one on.
template <typename Product, int taps>
__attribute__((always_inline, gradient_level)) inline void tile(const GradientJob& job, int64_t first) {
  __m512 sums[taps];
  float* place = job.sums + first * lanes;
#pragma clang loop unroll(full)
  for (int tap = 0; tap < taps; ++tap) sums[tap] = _mm512_loadu_ps(place + tap * lanes);
  for (int64_t image = 0; image < job.images; ++image)
    for (int64_t row = 0; row < job.rows; ++row) {
      const uint32_t* x = job.input + image * job.input_image + row * job.input_row + first;
      const uint32_t* y = job.output + image * job.output_image + row * job.output_row;
      for (int64_t step = 0; step < job.steps; ++step) {
        const __m512i outputs = _mm512_loadu_si512(y);
#pragma clang loop unroll(full)
        for (int tap = 0; tap < taps; ++tap)
          sums[tap] =
              Product::add(sums[tap], outputs, _mm512_set1_epi32(static_cast<int>(x[tap])));
        x += job.input_step;
        y += job.output_step;
      }
    }
#pragma clang loop unroll(full)
  for (int tap = 0; tap < taps; ++tap) _mm512_storeu_ps(place + tap * lanes, sums[tap]);
}

/// As many taps as the registers hold beside what they are multiplied by, then those that are left.
template <typename Product>
__attribute__((always_inline, gradient_level)) inline void tiles(const GradientJob& job) {
  int64_t tap = 0;
  for (; tap + 24 <= job.taps; tap += 24) tile<Product, 24>(job, tap);
  for (; tap + 8 <= job.taps; tap += 8) tile<Product, 8>(job, tap);
  for (; tap < job.taps; ++tap) tile<Product, 1>(job, tap);
}

__attribute__((gradient_level)) void run_single(const GradientJob& job) { tiles<Single>(job); }
__attribute__((gradient_level)) void run_pairs(const GradientJob& job) { tiles<Pair>(job); }

const bool has_single = __builtin_cpu_supports("x86-64-v4");
// Where there are tiles of matrices (AMX), libtorch's kernel multiplies by them, many times as fast.
const bool has_pairs = has_single && __builtin_cpu_supports("avx512bf16") &&
                       !__builtin_cpu_supports("amx-bf16");

/// Channels of a pixel, each in half a word; zero where it is outside.
__attribute__((always_inline, gradient_level)) inline __m512i halves(
    const PixelRow& row, int64_t pixel, int64_t channel, __mmask16 mask) {
  if (pixel < 0 || pixel >= row.width) return _mm512_setzero_si512();
  return _mm512_cvtepu16_epi32(
      _mm256_maskz_loadu_epi16(mask, row.values + pixel * row.channels + channel));
}

}  // namespace

bool has_gradient_tiles(bool is_bfloat16) { return is_bfloat16 ? has_pairs : has_single; }

void run_gradient_tiles(const GradientJob& job, bool is_bfloat16) {
  is_bfloat16 ? run_pairs(job) : run_single(job);
}

__attribute__((gradient_level)) void pack_pairs(const PixelRow& row, int64_t words, uint32_t* to) {
  for (int64_t word = 0; word < words; ++word, to += row.channels) {
    const int64_t pixel = row.first + word * row.next;
    for (int64_t channel = 0; channel < row.channels; channel += lanes) {
      const int64_t left = row.channels - channel;
      const __mmask16 mask = left >= lanes ? 0xFFFF : static_cast<__mmask16>((1 << left) - 1);
      const __m512i second = halves(row, pixel + row.second, channel, mask);
      _mm512_mask_storeu_epi32(
          to + channel, mask,
          _mm512_or_si512(halves(row, pixel, channel, mask), _mm512_slli_epi32(second, 16)));
    }
  }
}

#else

bool has_gradient_tiles(bool) { return false; }
void run_gradient_tiles(const GradientJob&, bool) {}
void pack_pairs(const PixelRow&, int64_t, uint32_t*) {}

#endif

}  // namespace ct::direct
