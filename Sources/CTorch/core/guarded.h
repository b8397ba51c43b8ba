// What every exported function is made of: argument conversion, and a guard that lets no exception out.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/List.h>
#include <ATen/core/Tensor.h>
#include <c10/core/SymIntArrayRef.h>
#include <c10/util/Exception.h>
#include <c10/util/OptionalArrayRef.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../include/ctorch_types.h"

#define CT_EXPORT extern "C" CT_API

namespace ct {

/// Thrown by argument conversion when an argument is poisoned.
struct Poisoned {};

void count_handle(int change);
ct_status fail(const char* operation);
/// Whether two tensors have one element type, and each element has the same place in memory.
bool lies_like(const at::Tensor& first, const at::Tensor& second);

inline at::Tensor* raw(ct_tensor handle) { return reinterpret_cast<at::Tensor*>(handle); }
inline at::Generator* raw(ct_generator handle) { return reinterpret_cast<at::Generator*>(handle); }

/// Runs the body; turns whatever it throws into a status with a message.
template <typename Body>
inline ct_status guarded(const char* operation, Body&& body) {
  try {
    body();
    return CT_OK;
  } catch (...) {
    return fail(operation);
  }
}

inline at::Tensor& tensor(ct_tensor handle, const char* name) {
  if (handle == nullptr) throw Poisoned{};
  at::Tensor& value = *raw(handle);
  TORCH_CHECK_VALUE(value.defined(), "argument '", name, "' is an undefined tensor");
  return value;
}

inline std::optional<at::Tensor> optional_tensor(ct_tensor handle) {
  if (handle == nullptr) return std::nullopt;
  return tensor(handle, "optional argument");
}

inline std::vector<at::Tensor> tensor_list(const ct_tensor* handles, ct_int count) {
  std::vector<at::Tensor> list;
  list.reserve(count);
  for (ct_int i = 0; i < count; ++i) list.push_back(tensor(handles[i], "list element"));
  return list;
}

inline c10::List<std::optional<at::Tensor>> optional_tensor_list(
    const ct_tensor* handles, ct_int count) {
  c10::List<std::optional<at::Tensor>> list;
  list.reserve(count);
  for (ct_int i = 0; i < count; ++i) list.push_back(optional_tensor(handles[i]));
  return list;
}

inline at::Scalar scalar(const ct_scalar& value) {
  switch (value.kind) {
    case CT_BOOL: return at::Scalar(value.integer != 0);
    case CT_INT: return at::Scalar(value.integer);
    case CT_DOUBLE: return at::Scalar(value.real);
    default: TORCH_CHECK_VALUE(false, "a scalar argument has no value");
  }
}

inline std::optional<at::Scalar> optional_scalar(const ct_scalar& value) {
  if (value.kind == CT_NONE) return std::nullopt;
  return scalar(value);
}

inline std::vector<at::Scalar> scalar_list(const ct_scalar* values, ct_int count) {
  std::vector<at::Scalar> list;
  for (ct_int i = 0; i < count; ++i) list.push_back(scalar(values[i]));
  return list;
}

template <typename T, typename V>
inline std::optional<T> optional(V value, bool given) {
  if (!given) return std::nullopt;
  return T(value);
}

inline std::optional<bool> optional_bool(int8_t value) {
  if (value < 0) return std::nullopt;
  return value != 0;
}

template <typename E>
inline std::optional<E> optional_enum(int8_t value) {
  if (value < 0) return std::nullopt;
  return static_cast<E>(value);
}

inline std::optional<std::string_view> optional_string(const char* value) {
  if (value == nullptr) return std::nullopt;
  return std::string_view(value);
}

inline std::optional<at::Device> optional_device(ct_device device) {
  if (device.type < 0) return std::nullopt;
  return at::Device(static_cast<at::DeviceType>(device.type), device.index);
}

inline std::optional<at::Generator> optional_generator(ct_generator handle) {
  if (handle == nullptr) return std::nullopt;
  return *raw(handle);
}

inline at::OptionalIntArrayRef optional_ints(const ct_int* values, ct_int count) {
  if (count < 0) return std::nullopt;
  return at::IntArrayRef(values, count);
}

inline at::OptionalSymIntArrayRef optional_symints(const ct_int* values, ct_int count) {
  if (count < 0) return std::nullopt;
  return c10::fromIntArrayRefSlow(at::IntArrayRef(values, count));
}

inline std::optional<at::ArrayRef<double>> optional_doubles(const double* values, ct_int count) {
  if (count < 0) return std::nullopt;
  return at::ArrayRef<double>(values, count);
}

inline ct_tensor wrap(at::Tensor value) {
  auto* owned = new at::Tensor(std::move(value));
  count_handle(1);
  return reinterpret_cast<ct_tensor>(owned);
}

ct_tensor_array wrap(std::vector<at::Tensor> values);

}  // namespace ct
