// Kernels of Hone's own on top of libtorch; each equals the plain operators to rounding.
#ifndef CTORCH_KERNELS_H
#define CTORCH_KERNELS_H

#include "ctorch_types.h"

#ifdef __cplusplus
extern "C" {
#endif

// input [.., inputs] x weight [outputs, inputs] + bias [outputs] through oneDNN where that is
// faster than the default matrix product (fp32 on CPU), with its gradients; bias may be null.
CT_API ct_status ct_fast_linear(ct_tensor input, ct_tensor weight, ct_tensor bias, ct_tensor *out);
// Whether the fast path is present in this libtorch.
CT_API bool ct_fast_linear_available(void);

// Keeps memory that tensors free within the process, where glibc is the C library, instead of giving
// it to the system and faulting it in again at each training step. Returns whether it took effect.
CT_API bool ct_keep_freed_memory(void);

#ifdef __cplusplus
}
#endif
#endif
