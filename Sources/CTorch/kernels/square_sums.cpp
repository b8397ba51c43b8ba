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

struct Sums {
  double own = 0, difference = 0, product = 0;
};

/// Elements that are summed one after another, whatever the number of threads: the sums do not depend on it.
constexpr int64_t portion = 32768;
/// Sums that are kept apart, so that they fill vectors.
constexpr int64_t lanes = 16;

/// What some elements are compared with and multiplied by; null for none.
template <typename T>
struct Compared {
  const T *other, *slope;
};

template <bool has_other, bool has_slope, typename T>
wide_part void add_squares(const T* __restrict own, const Compared<T>& compared, int64_t count, Sums* sums) {
  const T *__restrict other = compared.other, *__restrict slope = compared.slope;
  double first[lanes] = {}, second[lanes] = {}, third[lanes] = {};
  const auto add = [&](int64_t i, int64_t lane) {
    const double value = own[i];
    first[lane] += value * value;
    if constexpr (has_other) {
      const double difference = value - static_cast<double>(other[i]);
      second[lane] += difference * difference;
      if constexpr (has_slope) third[lane] += difference * static_cast<double>(slope[i]);
    }
  };
  int64_t i = 0;
  for (; i + lanes <= count; i += lanes)
    for (int64_t lane = 0; lane < lanes; ++lane) add(i + lane, lane);
  for (; i < count; ++i) add(i, i % lanes);
  for (int64_t lane = 0; lane < lanes; ++lane) {
    sums->own += first[lane];
    sums->difference += second[lane];
    sums->product += third[lane];
  }
}

// A function of several versions cannot be a template, hence the two types by name.
#define FOR_TYPE(T)                                                                              \
  wide_versions void add(const T* own, const Compared<T>& compared, int64_t count, Sums* sums) { \
    if (compared.slope)                                                                          \
      add_squares<true, true>(own, compared, count, sums);                                       \
    else if (compared.other)                                                                     \
      add_squares<true, false>(own, compared, count, sums);                                      \
    else                                                                                         \
      add_squares<false, false>(own, compared, count, sums);                                     \
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

/// What tensors are compared with and multiplied by, one each; empty for none.
struct Lists {
  std::vector<at::Tensor> own, other, slope;
};

template <typename T>
Sums total(const Lists& lists) {
  const std::vector<Piece> pieces = pieces_of(lists.own);
  std::vector<Sums> sums(pieces.size());
  const auto work = [&](int64_t begin, int64_t end) {
    for (int64_t place = begin; place < end; ++place) {
      const Piece& piece = pieces[place];
      const auto at = [&](const std::vector<at::Tensor>& list) -> const T* {
        if (list.empty()) return nullptr;
        return static_cast<const T*>(list[piece.tensor].const_data_ptr()) + piece.start;
      };
      const Compared<T> compared{at(lists.other), at(lists.slope)};
      add(at(lists.own), compared, piece.count, &sums[place]);
    }
  };
  work_on(lists.own, pieces, work);
  Sums result;
  for (const Sums& sum : sums) {
    result.own += sum.own;
    result.difference += sum.difference;
    result.product += sum.product;
  }
  return result;
}

}  // namespace

CT_EXPORT ct_status ct_square_sums(
    const ct_tensor* values, const ct_tensor* others, const ct_tensor* slopes, ct_int count,
    ct_square_totals* out, bool* done) {
  *done = false;
  return ct::guarded("square_sums", [&] {
    if (count == 0 || ct::uses_standard_kernels()) return;
    const Lists lists{
        listed(values, count, "value"), listed(others, count, "other value"),
        listed(slopes, count, "slope")};
    const auto type = lists.own[0].scalar_type();
    if (type != at::kFloat && type != at::kDouble) return;
    if (!suits(lists.own, lists.other) || !suits(lists.own, lists.slope)) return;
    const Sums sums = type == at::kFloat ? total<float>(lists) : total<double>(lists);
    *out = {sums.own, sums.difference, sums.product};
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
