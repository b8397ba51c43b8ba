#include "row_products.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>

#include <algorithm>

#include "../core/threads.h"
#include "convolution_tiles.h"
#include "gradient_tiles.h"

namespace ct::direct {

namespace {

/// Rows after which the sums go back to memory, so that what is read again and again stays in a core's cache.
constexpr int64_t band_rows = 128;
/// Products for which a thread pays.
constexpr int64_t portion = 1 << 19;

/// Sums `[groups, taps, lanes]` of the products of a wide and a narrow matrix.
struct Sums {
  const at::Tensor &wide, &narrow;

  int64_t rows() const { return wide.size(0); }
  int64_t taps() const { return narrow.size(1); }
  int64_t groups() const { return wide.size(1) / lanes; }

  /// Adds what all rows contribute to some groups.
  void add(int64_t begin, int64_t end, float* sums) const {
    const auto* const x = static_cast<const uint32_t*>(narrow.const_data_ptr());
    const auto* const y = static_cast<const uint32_t*>(wide.const_data_ptr());
    GradientJob job{};
    job.taps = taps();
    job.images = job.rows = 1;
    job.input_step = taps();
    job.output_step = wide.size(1);
    for (int64_t row = 0; row < rows(); row += band_rows) {
      job.steps = std::min(band_rows, rows() - row);
      job.input = x + row * job.input_step;
      for (int64_t group = begin; group < end; ++group) {
        job.output = y + row * job.output_step + group * lanes;
        job.sums = sums + group * taps() * lanes;
        run_gradient_tiles(job, false);
      }
    }
  }
};

}  // namespace

bool has_slow_products() {
#if defined(__x86_64__) && defined(__linux__)
  static const bool slow = __builtin_cpu_is("amd") && has_gradient_tiles(false);
  return slow;
#else
  return false;
#endif
}

bool suits_row_product(const at::Tensor& a, const at::Tensor& b) {
  return has_slow_products() && a.scalar_type() == at::kFloat && b.scalar_type() == at::kFloat &&
         a.is_cpu() && b.is_cpu() && a.is_contiguous() && b.is_contiguous() &&
         a.numel() > 0 && b.numel() > 0 &&
         std::max(a.size(1), b.size(1)) % lanes == 0;
}

at::Tensor row_product(const at::Tensor& a, const at::Tensor& b) {
  const bool a_is_wide = a.size(1) >= b.size(1);
  const Sums sums{a_is_wide ? a : b, a_is_wide ? b : a};
  const int64_t taps = sums.taps();
  const at::Tensor values = at::zeros({sums.groups(), taps, lanes}, a.options());
  const at::Tensor result = at::empty({a.size(1), b.size(1)}, a.options());
  float* const from = values.data_ptr<float>();
  float* const to = result.data_ptr<float>();
  // From one lane, and one tap, to the next.
  const int64_t lane_step = a_is_wide ? taps : 1, tap_step = a_is_wide ? 1 : b.size(1);
  ct::divide(sums.groups(), portion / (sums.rows() * taps * lanes) + 1, [&](int64_t begin, int64_t end) {
    sums.add(begin, end, from);
    for (int64_t group = begin; group < end; ++group)
      for (int64_t lane = 0; lane < lanes; ++lane)
        for (int64_t tap = 0; tap < taps; ++tap)
          to[(group * lanes + lane) * lane_step + tap * tap_step] =
              from[(group * taps + tap) * lanes + lane];
  });
  return result;
}

}  // namespace ct::direct
