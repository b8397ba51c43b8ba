#include "product_tiles.h"

#include <algorithm>

#include "versions.h"

#if defined(__x86_64__) && defined(__linux__)
#include <immintrin.h>
#endif

namespace ct::products {

#if defined(__x86_64__) && defined(__linux__)

namespace {

#define product_level target("avx512f,avx512vl,avx512bw,avx512dq,avx2,fma")

constexpr int64_t lanes = 16;

/// Those of sixteen lanes that as many columns are left for.
inline __mmask16 mask_of(int64_t columns) {
  return static_cast<__mmask16>(columns >= lanes ? 0xFFFF : (1 << std::max<int64_t>(columns, 0)) - 1);
}

/// What sixteen sums begin with.
__attribute__((always_inline, product_level)) inline __m512 start_of(
    const float* values, __mmask16 mask) {
  return values == nullptr ? _mm512_setzero_ps() : _mm512_maskz_loadu_ps(mask, values);
}

/// Some rows from the given one on, of one panel's columns: those of its first half, or of both.
template <int rows, int halves>
__attribute__((always_inline, product_level)) inline void tile(
    const Job& job, int64_t row, int64_t column, const float* b) {
  float* const c = job.c + row * job.c_row + column;
  const float* const shift = job.shift == nullptr ? nullptr : job.shift + column;
  __mmask16 masks[halves];
  __m512 sums[rows][halves];
#pragma clang loop unroll(full)
  for (int half = 0; half < halves; ++half) {
    const int64_t place = half * lanes;
    masks[half] = mask_of(job.columns - column - place);
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; ++i)
      sums[i][half] = job.adds ? _mm512_maskz_loadu_ps(masks[half], c + i * job.c_row + place)
                               : start_of(shift ? shift + place : nullptr, masks[half]);
  }
  const float* a = job.a + row * job.a_row;
  for (int64_t step = 0; step < job.steps; ++step, b += panel, a += job.a_step) {
    __m512 values[halves];
#pragma clang loop unroll(full)
    for (int half = 0; half < halves; ++half) values[half] = _mm512_loadu_ps(b + half * lanes);
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; ++i) {
      const __m512 factor = _mm512_set1_ps(a[i * job.a_row]);
#pragma clang loop unroll(full)
      for (int half = 0; half < halves; ++half)
        sums[i][half] = _mm512_fmadd_ps(factor, values[half], sums[i][half]);
    }
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; ++i)
#pragma clang loop unroll(full)
    for (int half = 0; half < halves; ++half)
      _mm512_mask_storeu_ps(c + i * job.c_row + half * lanes, masks[half], sums[i][half]);
}

/// All rows of one panel's columns.
template <int halves>
__attribute__((always_inline, product_level)) inline void tiles(
    const Job& job, int64_t column, const float* b) {
  int64_t row = 0;
  for (; row + 8 <= job.rows; row += 8) tile<8, halves>(job, row, column, b);
  for (; row + 2 <= job.rows; row += 2) tile<2, halves>(job, row, column, b);
  if (row < job.rows) tile<1, halves>(job, row, column, b);
}

/// Sixteen rows of sixteen values, columns made rows.
__attribute__((always_inline, product_level)) inline void transpose(__m512 (&rows)[lanes]) {
  __m512 pairs[lanes], fours[lanes];
#pragma clang loop unroll(full)
  for (int i = 0; i < lanes; i += 2) {
    pairs[i] = _mm512_unpacklo_ps(rows[i], rows[i + 1]);
    pairs[i + 1] = _mm512_unpackhi_ps(rows[i], rows[i + 1]);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < lanes; i += 4) {
    fours[i] = _mm512_shuffle_ps(pairs[i], pairs[i + 2], 0x44);
    fours[i + 1] = _mm512_shuffle_ps(pairs[i], pairs[i + 2], 0xEE);
    fours[i + 2] = _mm512_shuffle_ps(pairs[i + 1], pairs[i + 3], 0x44);
    fours[i + 3] = _mm512_shuffle_ps(pairs[i + 1], pairs[i + 3], 0xEE);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 4; ++i) {
    const __m512 low = _mm512_shuffle_f32x4(fours[i], fours[i + 4], 0x88);
    const __m512 low_odd = _mm512_shuffle_f32x4(fours[i], fours[i + 4], 0xDD);
    const __m512 high = _mm512_shuffle_f32x4(fours[i + 8], fours[i + 12], 0x88);
    const __m512 high_odd = _mm512_shuffle_f32x4(fours[i + 8], fours[i + 12], 0xDD);
    rows[i] = _mm512_shuffle_f32x4(low, high, 0x88);
    rows[i + 4] = _mm512_shuffle_f32x4(low_odd, high_odd, 0x88);
    rows[i + 8] = _mm512_shuffle_f32x4(low, high, 0xDD);
    rows[i + 12] = _mm512_shuffle_f32x4(low_odd, high_odd, 0xDD);
  }
}

/// The panel from a column on.
__attribute__((always_inline, product_level)) inline void write(
    const Matrix& b, int64_t column, float* to) {
  const __mmask16 first = mask_of(b.columns - column), second = mask_of(b.columns - column - lanes);
  const float* from = b.values + column;
  for (int64_t step = 0; step < b.steps; ++step, from += b.row, to += panel) {
    _mm512_storeu_ps(to, _mm512_maskz_loadu_ps(first, from));
    _mm512_storeu_ps(to + lanes, _mm512_maskz_loadu_ps(second, from + lanes));
  }
}

__attribute__((always_inline, product_level)) inline void write_transposed(
    const Matrix& b, int64_t column, float* to) {
  for (int64_t half = 0; half < panel; half += lanes) {
    const int64_t count = b.columns - column - half;
    const float* const from = b.values + (column + half) * b.row;
    for (int64_t step = 0; step < b.steps; step += lanes) {
      const int64_t left = b.steps - step;
      __m512 rows[lanes];
#pragma clang loop unroll(full)
      for (int64_t i = 0; i < lanes; ++i)
        rows[i] = i < count ? _mm512_maskz_loadu_ps(mask_of(left), from + i * b.row + step)
                            : _mm512_setzero_ps();
      transpose(rows);
#pragma clang loop unroll(full)
      for (int64_t i = 0; i < lanes; ++i)
        if (i < left) _mm512_storeu_ps(to + (step + i) * panel + half, rows[i]);
    }
  }
}

const bool has_instructions = __builtin_cpu_supports("x86-64-v4");

}  // namespace

bool has_tiles() { return has_instructions; }

__attribute__((product_level)) void run(const Job& job) {
  const float* b = job.b;
  for (int64_t column = 0; column < job.columns; column += panel, b += job.b_panel)
    job.columns - column > lanes ? tiles<2>(job, column, b) : tiles<1>(job, column, b);
}

__attribute__((product_level)) void pack(
    const Matrix& b, int64_t begin, int64_t end, float* to) {
  for (int64_t number = begin; number < end; ++number) {
    float* const start = to + number * panel * b.steps;
    b.is_transposed ? write_transposed(b, number * panel, start) : write(b, number * panel, start);
  }
}

#else

bool has_tiles() { return false; }
void run(const Job&) {}
void pack(const Matrix&, int64_t, int64_t, float*) {}

#endif

}  // namespace ct::products
