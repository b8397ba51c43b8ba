// Handles and what can be asked of a tensor without computing.
#include <atomic>
#include <cstdlib>

#include "../include/ctorch.h"
#include "guarded.h"

static_assert(_GLIBCXX_USE_CXX11_ABI == 1, "libtorch 2.7 and later use the C++11 ABI");

// The numbers that the C header promises.
static_assert(static_cast<int>(c10::DeviceType::CPU) == 0 && static_cast<int>(c10::DeviceType::CUDA) == 1);
static_assert(static_cast<int>(c10::DeviceType::MPS) == 13 && static_cast<int>(c10::DeviceType::Meta) == 14);
static_assert(static_cast<int>(c10::ScalarType::Byte) == 0 && static_cast<int>(c10::ScalarType::Char) == 1);
static_assert(static_cast<int>(c10::ScalarType::Short) == 2 && static_cast<int>(c10::ScalarType::Int) == 3);
static_assert(static_cast<int>(c10::ScalarType::Long) == 4 && static_cast<int>(c10::ScalarType::Half) == 5);
static_assert(static_cast<int>(c10::ScalarType::Float) == 6 && static_cast<int>(c10::ScalarType::Double) == 7);
static_assert(static_cast<int>(c10::ScalarType::Bool) == 11 && static_cast<int>(c10::ScalarType::BFloat16) == 15);
static_assert(static_cast<int>(c10::MemoryFormat::Contiguous) == 0 && static_cast<int>(c10::MemoryFormat::ChannelsLast) == 2);
static_assert(sizeof(ct_int) == sizeof(int64_t));

namespace {
std::atomic<ct_int> live_handles{0};

const at::Tensor* defined(ct_tensor handle) {
  if (handle == nullptr || !ct::raw(handle)->defined()) return nullptr;
  return ct::raw(handle);
}
}  // namespace

namespace ct {

void count_handle(int change) { live_handles.fetch_add(change, std::memory_order_relaxed); }

ct_tensor_array wrap(std::vector<at::Tensor> values) {
  ct_tensor_array array{nullptr, static_cast<ct_int>(values.size())};
  if (values.empty()) return array;
  array.items = static_cast<ct_tensor*>(std::malloc(values.size() * sizeof(ct_tensor)));
  if (array.items == nullptr) throw std::bad_alloc();
  for (size_t i = 0; i < values.size(); ++i) array.items[i] = wrap(std::move(values[i]));
  return array;
}

bool lies_like(const at::Tensor& first, const at::Tensor& second) {
  if (first.scalar_type() != second.scalar_type() || first.sizes() != second.sizes()) return false;
  for (int64_t i = 0; i < first.dim(); ++i)
    if (first.size(i) > 1 && first.stride(i) != second.stride(i)) return false;
  return first.is_non_overlapping_and_dense() && second.is_non_overlapping_and_dense();
}

}  // namespace ct

CT_EXPORT void ct_tensor_free(ct_tensor tensor) {
  if (tensor == nullptr) return;
  delete ct::raw(tensor);
  ct::count_handle(-1);
}

CT_EXPORT void ct_tensor_array_free(ct_tensor_array array) { std::free(array.items); }

CT_EXPORT ct_int ct_tensor_live_count(void) { return live_handles.load(std::memory_order_relaxed); }

CT_EXPORT ct_tensor ct_tensor_undefined(void) { return ct::wrap(at::Tensor()); }

CT_EXPORT ct_tensor ct_tensor_alias(ct_tensor tensor) {
  return tensor == nullptr ? nullptr : ct::wrap(*ct::raw(tensor));
}

CT_EXPORT bool ct_tensor_same(ct_tensor first, ct_tensor second) {
  return first != nullptr && second != nullptr && ct::raw(first)->is_same(*ct::raw(second));
}

CT_EXPORT bool ct_tensor_defined(ct_tensor tensor) { return defined(tensor) != nullptr; }

CT_EXPORT ct_int ct_tensor_dimensions(ct_tensor tensor) {
  const at::Tensor* value = defined(tensor);
  return value == nullptr ? 0 : value->dim();
}

CT_EXPORT void ct_tensor_sizes(ct_tensor tensor, ct_int* sizes) {
  const at::Tensor* value = defined(tensor);
  if (value == nullptr) return;
  for (int64_t i = 0; i < value->dim(); ++i) sizes[i] = value->size(i);
}

CT_EXPORT void ct_tensor_strides(ct_tensor tensor, ct_int* strides) {
  const at::Tensor* value = defined(tensor);
  if (value == nullptr) return;
  for (int64_t i = 0; i < value->dim(); ++i) strides[i] = value->stride(i);
}

CT_EXPORT ct_int ct_tensor_elements(ct_tensor tensor) {
  const at::Tensor* value = defined(tensor);
  return value == nullptr ? 0 : value->numel();
}

CT_EXPORT int8_t ct_tensor_dtype(ct_tensor tensor) {
  const at::Tensor* value = defined(tensor);
  return static_cast<int8_t>(value == nullptr ? c10::ScalarType::Float : value->scalar_type());
}

CT_EXPORT ct_device ct_tensor_device(ct_tensor tensor) {
  const at::Tensor* value = defined(tensor);
  if (value == nullptr) return ct_device{0, -1};
  const at::Device device = value->device();
  return ct_device{static_cast<int8_t>(device.type()), static_cast<int8_t>(device.index())};
}

CT_EXPORT bool ct_tensor_is_contiguous(ct_tensor tensor, int8_t memory_format) {
  const at::Tensor* value = defined(tensor);
  return value != nullptr && value->is_contiguous(static_cast<at::MemoryFormat>(memory_format));
}

CT_EXPORT bool ct_tensor_lies_like(ct_tensor first, ct_tensor second) {
  const at::Tensor* one = defined(first);
  const at::Tensor* other = defined(second);
  return one != nullptr && other != nullptr && ct::lies_like(*one, *other);
}
