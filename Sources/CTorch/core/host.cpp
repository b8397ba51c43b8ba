// Between tensors and host memory.
#include <ATen/ops/empty.h>

#include <cstring>

#include "../include/ctorch.h"
#include "guarded.h"

CT_EXPORT ct_status ct_tensor_from_host(
    const void* bytes, const ct_int* sizes, ct_int dimensions, int8_t dtype, ct_device device,
    ct_tensor* out) {
  return ct::guarded("tensor", [&] {
    const auto options = at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype));
    at::Tensor host = at::empty(at::IntArrayRef(sizes, dimensions), options);
    if (host.nbytes() > 0) std::memcpy(host.mutable_data_ptr(), bytes, host.nbytes());
    const auto target = ct::optional_device(device);
    *out = ct::wrap(target && !target->is_cpu() ? host.to(*target) : std::move(host));
  });
}

CT_EXPORT ct_status ct_tensor_to_host(ct_tensor tensor, void* bytes, ct_int byte_count) {
  return ct::guarded("values", [&] {
    const at::Tensor host = ct::tensor(tensor, "tensor").detach().to(at::kCPU).contiguous();
    TORCH_CHECK_VALUE(
        static_cast<ct_int>(host.nbytes()) == byte_count, "the tensor holds ", host.nbytes(),
        " bytes, the destination ", byte_count);
    if (byte_count > 0) std::memcpy(bytes, host.const_data_ptr(), byte_count);
  });
}

CT_EXPORT ct_status ct_tensor_item_double(ct_tensor tensor, double* out) {
  return ct::guarded("item", [&] { *out = ct::tensor(tensor, "tensor").item().toDouble(); });
}

CT_EXPORT ct_status ct_tensor_item_int(ct_tensor tensor, int64_t* out) {
  return ct::guarded("item", [&] { *out = ct::tensor(tensor, "tensor").item().toLong(); });
}

CT_EXPORT ct_status ct_tensor_to_device(
    ct_tensor tensor, ct_device device, bool non_blocking, ct_tensor* out) {
  return ct::guarded("to device", [&] {
    *out = ct::wrap(
        ct::tensor(tensor, "tensor").to(ct::optional_device(device).value(), non_blocking));
  });
}
