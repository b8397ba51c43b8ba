// Sums of squares over all tensors of a list as one piece of work: norms of weights, gradients and steps; and
// copies of a list, from which a step is measured.
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

/// A part of a tensor that one thread works on.
struct Piece {
  size_t tensor;
  int64_t start, count;
};

std::vector<Piece> pieces_of(const std::vector<at::Tensor>& tensors) {
  std::vector<Piece> pieces;
  for (size_t i = 0; i < tensors.size(); ++i)
    for (int64_t start = 0; start < tensors[i].numel(); start += portion)
      pieces.push_back({i, start, std::min(portion, tensors[i].numel() - start)});
  return pieces;
}

/// Many small tensors make many pieces of little work, which one thread does sooner.
template <typename Work>
void work_on(const std::vector<at::Tensor>& tensors, const std::vector<Piece>& pieces, const Work& work) {
  int64_t all = 0;
  for (const at::Tensor& tensor : tensors) all += tensor.numel();
  if (all <= portion)
    work(0, static_cast<int64_t>(pieces.size()));
  else
    ct::divide(static_cast<int64_t>(pieces.size()), 1, work);
}

std::vector<at::Tensor> listed(const ct_tensor* tensors, ct_int count, const char* name) {
  std::vector<at::Tensor> list;
  if (tensors == nullptr) return list;
  list.reserve(count);
  for (ct_int i = 0; i < count; ++i) list.push_back(ct::tensor(tensors[i], name));
  return list;
}

/// Whether tensors are of one type, on the CPU and without holes, and others, if any, lie as they do.
bool suits(const std::vector<at::Tensor>& own, const std::vector<at::Tensor>& other) {
  for (size_t i = 0; i < own.size(); ++i) {
    const at::Tensor& tensor = own[i];
    const bool is_dense = tensor.is_cpu() && tensor.is_non_overlapping_and_dense();
    if (!is_dense || tensor.scalar_type() != own[0].scalar_type()) return false;
    if (!other.empty() && !(other[i].is_cpu() && ct::lies_like(tensor, other[i]))) return false;
  }
  return true;
}

template <typename T>
Pair total(const std::vector<at::Tensor>& own, const std::vector<at::Tensor>& other) {
  const std::vector<Piece> pieces = pieces_of(own);
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
  work_on(own, pieces, work);
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
    const auto own = listed(values, count, "value"), other = listed(others, count, "other value");
    const auto type = own[0].scalar_type();
    if ((type != at::kFloat && type != at::kDouble) || !suits(own, other)) return;
    const Pair sums = type == at::kFloat ? total<float>(own, other) : total<double>(own, other);
    *out = sums.own;
    if (differences != nullptr) *differences = sums.difference;
    *done = true;
  });
}

CT_EXPORT ct_status ct_copy_values(const ct_tensor* values, const ct_tensor* copies, ct_int count, bool* done) {
  *done = false;
  return ct::guarded("copy_values", [&] {
    if (count == 0 || ct::uses_standard_kernels()) return;
    const auto own = listed(values, count, "value"), other = listed(copies, count, "copy");
    if (!suits(own, other)) return;
    const std::vector<Piece> pieces = pieces_of(own);
    const auto size = static_cast<int64_t>(own[0].element_size());
    work_on(own, pieces, [&](int64_t begin, int64_t end) {
      for (int64_t place = begin; place < end; ++place) {
        const Piece& piece = pieces[place];
        const auto* from = static_cast<const char*>(own[piece.tensor].const_data_ptr()) + piece.start * size;
        auto* to = static_cast<char*>(other[piece.tensor].mutable_data_ptr()) + piece.start * size;
        std::copy(from, from + piece.count * size, to);
      }
    });
    *done = true;
  });
}
