#include "products.h"

#include <ATen/ops/addmm.h>
#include <ATen/ops/mm.h>
#include <dlfcn.h>

#include <algorithm>

#include "../core/allocate.h"
#include "panel_product.h"

// libtorch's operators spend about as long on finding their kernel, on views and on checks as the product of
// two matrices of a small model takes. The BLAS that it computes with is called by its standard name instead,
// with the same arguments and so with the same bits; where the library does not show that name, the
// operators serve. Where that BLAS leaves a part of the processor unused, small products go through tiles
// of our own.

namespace ct::products {

namespace {

using Sgemm = void (*)(
    const char* transposes_a, const char* transposes_b, const int* m, const int* n, const int* k,
    const float* alpha, const float* a, const int* lda, const float* b, const int* ldb,
    const float* beta, float* c, const int* ldc);

/// The product of the library that libtorch's own operators are in.
Sgemm find_sgemm() {
  Dl_info own;
  if (dladdr(reinterpret_cast<void*>(&at::_ops::mm::call), &own) == 0) return nullptr;
  void* library = dlopen(own.dli_fname, RTLD_LAZY | RTLD_NOLOAD);
  if (library == nullptr) return nullptr;
  return reinterpret_cast<Sgemm>(dlsym(library, "sgemm_"));
}

const Sgemm sgemm = find_sgemm();

bool suits(const at::Tensor& a, const at::Tensor& b) {
  return sgemm != nullptr && is_plain(a) && is_plain(b);
}

/// Adds the product to a share of what is in c. BLAS sees the transpose of each matrix: c^T = b^T a^T.
void multiply(const Factor& a, const Factor& b, float share, at::Tensor& c) {
  const int m = static_cast<int>(b.columns()), n = static_cast<int>(a.rows());
  const int k = static_cast<int>(a.columns());
  const int lda = static_cast<int>(a.matrix.size(1)), ldb = static_cast<int>(b.matrix.size(1));
  const float one = 1;
  sgemm(
      b.is_transposed ? "t" : "n", a.is_transposed ? "t" : "n", &m, &n, &k, &one,
      b.matrix.const_data_ptr<float>(), &ldb, a.matrix.const_data_ptr<float>(), &lda, &share,
      c.data_ptr<float>(), &m);
}

at::Tensor multiplied(const Factor& a, const Factor& b) {
  at::Tensor c = ct::uninitialized({a.rows(), b.columns()});
  suits_panels(a, b) ? multiply_panels(a, b, nullptr, c) : multiply(a, b, 0, c);
  return c;
}

}  // namespace

at::Tensor linear(
    const at::Tensor& rows, const at::Tensor& weight, const std::optional<at::Tensor>& bias) {
  if (!suits(rows, weight) || (bias && !bias->is_contiguous()))
    return bias ? at::addmm(*bias, rows, weight.t()) : at::mm(rows, weight.t());
  if (!bias) return multiplied({rows, false}, {weight, true});
  const int64_t outputs = weight.size(0);
  at::Tensor c = ct::uninitialized({rows.size(0), outputs});
  const float* shift = bias->const_data_ptr<float>();
  if (suits_panels({rows, false}, {weight, true})) {
    multiply_panels({rows, false}, {weight, true}, shift, c);
    return c;
  }
  float* to = c.data_ptr<float>();
  for (int64_t row = 0; row < rows.size(0); ++row, to += outputs) std::copy_n(shift, outputs, to);
  multiply({rows, false}, {weight, true}, 1, c);
  return c;
}

at::Tensor plain(const at::Tensor& a, const at::Tensor& b) {
  return suits(a, b) ? multiplied({a, false}, {b, false}) : at::mm(a, b);
}

at::Tensor transposed(const at::Tensor& a, const at::Tensor& b) {
  return suits(a, b) ? multiplied({a, true}, {b, false}) : at::mm(a.t(), b);
}

}  // namespace ct::products
