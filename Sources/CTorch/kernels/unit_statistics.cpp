// What is told of a layer's outputs: how large they are, how far they spread, and how many units say
// nothing. One pass over memory instead of a dozen operators.
#include <ATen/core/Tensor.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "../core/guarded.h"
#include "../core/threads.h"
#include "../include/ctorch.h"
#include "choice.h"
#include "versions.h"

namespace {

/// Sums for each unit, a number each: of values less the unit's first one, of the squares of those, of
/// zeros, and of values outside of the range.
struct Sums {
  explicit Sums(int64_t units) : shift(units), first(units), second(units), zeros(units), outside(units) {}
  std::vector<float> shift;
  std::vector<double> first, second, zeros, outside;
};

struct Range {
  float lower, upper;
};

struct Accumulators {
  const float* shift;
  double *first, *second, *zeros, *outside;
};

/// Rows of units that lie side by side.
wide_versions void add_rows(
    const float* x, int64_t rows, int64_t stride, int64_t units, const Range& range, const Accumulators& to) {
  const float* __restrict shift = to.shift;
  double* __restrict first = to.first;
  double* __restrict second = to.second;
  double* __restrict zeros = to.zeros;
  double* __restrict outside = to.outside;
  const float lower = range.lower, upper = range.upper;
  for (int64_t row = 0; row < rows; ++row) {
    const float* __restrict values = x + row * stride;
    for (int64_t unit = 0; unit < units; ++unit) {
      const float value = values[unit];
      const double moved = static_cast<double>(value) - static_cast<double>(shift[unit]);
      first[unit] += moved;
      second[unit] += moved * moved;
      zeros[unit] += value == 0 ? 1.0 : 0.0;
      outside[unit] += ((value < lower) | (value > upper)) ? 1.0 : 0.0;
    }
  }
}

/// Sums that are kept apart, so that they fill vectors.
constexpr int64_t lanes = 16;

/// The positions of one unit, which lie side by side.
wide_versions void add_positions(
    const float* x, int64_t count, int64_t unit, const Range& range, const Accumulators& to) {
  const float shift = to.shift[unit], lower = range.lower, upper = range.upper;
  double first[lanes] = {}, second[lanes] = {}, zeros[lanes] = {}, outside[lanes] = {};
  for (int64_t start = 0; start < count; start += lanes) {
    const int64_t most = count - start < lanes ? count - start : lanes;
    for (int64_t lane = 0; lane < most; ++lane) {
      const float value = x[start + lane];
      const double moved = static_cast<double>(value) - static_cast<double>(shift);
      first[lane] += moved;
      second[lane] += moved * moved;
      zeros[lane] += value == 0 ? 1.0 : 0.0;
      outside[lane] += ((value < lower) | (value > upper)) ? 1.0 : 0.0;
    }
  }
  for (int64_t lane = 0; lane < lanes; ++lane) {
    to.first[unit] += first[lane];
    to.second[unit] += second[lane];
    to.zeros[unit] += zeros[lane];
    to.outside[unit] += outside[lane];
  }
}

/// Elements for which a thread pays.
constexpr int64_t portion = 32768;

/// The sums of a tensor [samples, units, positions]; each unit's are made by one thread, in one order.
Sums sums_of(const at::Tensor& x, const Range& range) {
  const int64_t samples = x.size(0), units = x.size(1), positions = x.size(2);
  const int64_t by_sample = x.stride(0), by_unit = x.stride(1), by_position = x.stride(2);
  const float* data = static_cast<const float*>(x.const_data_ptr());
  Sums sums(units);
  for (int64_t unit = 0; unit < units; ++unit) sums.shift[unit] = data[unit * by_unit];
  const int64_t each = std::max<int64_t>(1, samples * positions);
  ct::divide(units, std::max<int64_t>(1, portion / each), [&](int64_t begin, int64_t end) {
    const auto from = [&](int64_t unit) {
      return Accumulators{
          &sums.shift[unit], &sums.first[unit], &sums.second[unit], &sums.zeros[unit], &sums.outside[unit]};
    };
    if (by_unit == 1 || units == 1) {
      const float* start = data + begin;
      if (positions == 1)
        return add_rows(start, samples, by_sample, end - begin, range, from(begin));
      for (int64_t sample = 0; sample < samples; ++sample)
        add_rows(start + sample * by_sample, positions, by_position, end - begin, range, from(begin));
      return;
    }
    for (int64_t sample = 0; sample < samples; ++sample)
      for (int64_t unit = begin; unit < end; ++unit) {
        const float* start = data + sample * by_sample + unit * by_unit;
        if (by_position == 1)
          add_positions(start, positions, 0, range, from(unit));
        else
          add_rows(start, positions, by_position, 1, range, from(unit));
      }
  });
  return sums;
}

}  // namespace

CT_EXPORT ct_status ct_unit_statistics(
    ct_tensor units, double lower, double upper, ct_unit_numbers* out, bool* done) {
  *done = false;
  return ct::guarded("unit_statistics", [&] {
    const at::Tensor x = ct::tensor(units, "units");
    if (ct::uses_standard_kernels() || !x.is_cpu() || x.scalar_type() != at::kFloat || x.dim() != 3) return;
    if (x.numel() == 0 || x.layout() != at::kStrided) return;
    const Range range{static_cast<float>(lower), static_cast<float>(upper)};
    const Sums sums = sums_of(x, range);
    const double count = static_cast<double>(x.size(0) * x.size(2));
    const double units_count = static_cast<double>(x.size(1));
    double squares = 0, variances = 0, zeros = 0, outside = 0, dead = 0;
    for (int64_t unit = 0; unit < x.size(1); ++unit) {
      const double shift = sums.shift[unit], first = sums.first[unit], second = sums.second[unit];
      squares += second + 2 * shift * first + count * shift * shift;
      const double mean = first / count, variance = second / count - mean * mean;
      // Comparisons with what is no number are false: it stays what it is.
      variances += variance < 0 ? 0 : variance;
      zeros += sums.zeros[unit];
      outside += sums.outside[unit];
      dead += sums.zeros[unit] == count ? 1 : 0;
    }
    const double all = count * units_count;
    out->root_mean_square = std::sqrt(squares < 0 ? 0 : squares / all);
    out->spread = count > 1 ? std::sqrt(variances / units_count) : std::numeric_limits<double>::quiet_NaN();
    out->zero_share = zeros / all;
    out->outside_share = outside / all;
    out->dead_share = dead / units_count;
    *done = true;
  });
}
