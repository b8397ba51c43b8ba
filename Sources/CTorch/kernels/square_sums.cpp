// Sums of squares over all tensors of a list as one piece of work: norms of weights, gradients and steps.
#include <ATen/core/Tensor.h>

#include <algorithm>
#include <vector>

#include "../core/guarded.h"
#include "../core/threads.h"
#include "../include/ctorch.h"
#include "choice.h"
#include "versions.h"

namespace {

struct Pair {
  double own = 0, difference = 0;
};

/// Elements that are summed one after another, whatever the number of threads: the sums do not depend on it.
constexpr int64_t portion = 32768;
/// Sums that are kept apart, so that they fill vectors.
constexpr int64_t lanes = 16;

template <bool has_other, typename T>
wide_part void add_squares(const T* __restrict own, const T* __restrict other, int64_t count, Pair* sums) {
  double first[lanes] = {}, second[lanes] = {};
  int64_t i = 0;
  for (; i + lanes <= count; i += lanes)
    for (int64_t lane = 0; lane < lanes; ++lane) {
      const double value = own[i + lane];
      first[lane] += value * value;
      if constexpr (has_other) {
        const double difference = value - static_cast<double>(other[i + lane]);
        second[lane] += difference * difference;
      }
    }
  for (; i < count; ++i) {
    const double value = own[i];
    first[i % lanes] += value * value;
    if constexpr (has_other) {
      const double difference = value - static_cast<double>(other[i]);
      second[i % lanes] += difference * difference;
    }
  }
  for (int64_t lane = 0; lane < lanes; ++lane) {
    sums->own += first[lane];
    sums->difference += second[lane];
  }
}

// A function of several versions cannot be a template, hence the two types by name.
#define FOR_TYPE(T)                                                                    \
  wide_versions void add(const T* own, const T* other, int64_t count, Pair* sums) {    \
    other ? add_squares<true>(own, other, count, sums)                                 \
          : add_squares<false>(own, other, count, sums);                               \
  }

FOR_TYPE(float)
FOR_TYPE(double)

/// A part of a tensor that is summed on one thread.
struct Piece {
  size_t tensor;
  int64_t start, count;
};

template <typename T>
Pair total(const std::vector<at::Tensor>& own, const std::vector<at::Tensor>& other) {
  std::vector<Piece> pieces;
  for (size_t i = 0; i < own.size(); ++i)
    for (int64_t start = 0; start < own[i].numel(); start += portion)
      pieces.push_back({i, start, std::min(portion, own[i].numel() - start)});
  std::vector<Pair> sums(pieces.size());
  const auto work = [&](int64_t begin, int64_t end) {
    for (int64_t place = begin; place < end; ++place) {
      const Piece& piece = pieces[place];
      const auto at = [&](const at::Tensor& tensor) {
        return static_cast<const T*>(tensor.const_data_ptr()) + piece.start;
      };
      const T* compared = other.empty() ? nullptr : at(other[piece.tensor]);
      add(at(own[piece.tensor]), compared, piece.count, &sums[place]);
    }
  };
  // Many small tensors make many pieces of little work.
  int64_t all = 0;
  for (const at::Tensor& tensor : own) all += tensor.numel();
  if (all <= portion)
    work(0, static_cast<int64_t>(pieces.size()));
  else
    ct::divide(static_cast<int64_t>(pieces.size()), 1, work);
  Pair result;
  for (const Pair& sum : sums) {
    result.own += sum.own;
    result.difference += sum.difference;
  }
  return result;
}

}  // namespace

CT_EXPORT ct_status ct_square_sums(
    const ct_tensor* values, const ct_tensor* others, ct_int count, double* out, double* differences,
    bool* done) {
  *done = false;
  return ct::guarded("square_sums", [&] {
    if (count == 0 || ct::uses_standard_kernels()) return;
    std::vector<at::Tensor> own, other;
    own.reserve(count);
    for (ct_int i = 0; i < count; ++i) own.push_back(ct::tensor(values[i], "value"));
    if (others != nullptr)
      for (ct_int i = 0; i < count; ++i) other.push_back(ct::tensor(others[i], "other value"));
    const auto type = own[0].scalar_type();
    if (type != at::kFloat && type != at::kDouble) return;
    for (size_t i = 0; i < own.size(); ++i) {
      const at::Tensor& tensor = own[i];
      if (!tensor.is_cpu() || tensor.scalar_type() != type || !tensor.is_non_overlapping_and_dense()) return;
      if (!other.empty() && !(other[i].is_cpu() && ct::lies_like(tensor, other[i]))) return;
    }
    const Pair sums = type == at::kFloat ? total<float>(own, other) : total<double>(own, other);
    *out = sums.own;
    if (differences != nullptr) *differences = sums.difference;
    *done = true;
  });
}
