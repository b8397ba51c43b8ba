// The types of Hone's C interface to libtorch. Plain C11; no libtorch header is visible here.
//
// Conventions: every function that can fail returns a status and leaves its message with
// ct_error_message(). Tensors passed in are borrowed; tensors handed out belong to the caller, who
// frees them with ct_tensor_free(). A null tensor is "poisoned": calls that receive one do nothing
// and return CT_POISONED, so that the first failure of a scope is the one that is seen.
#ifndef CTORCH_TYPES_H
#define CTORCH_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define CT_API __attribute__((visibility("default")))
#else
#define CT_API
#endif

// at::Tensor *: the same representation as libtorch's own AtenTensorHandle.
typedef struct ct_tensor_opaque *ct_tensor;
// at::Generator *
typedef struct ct_generator_opaque *ct_generator;
// Swift imports ptrdiff_t as Int, so that [Int] passes without a copy.
typedef ptrdiff_t ct_int;

typedef enum ct_status {
  CT_OK = 0,
  CT_POISONED = 1,
  CT_INVALID = 2,          // shapes, values and types that do not fit
  CT_INDEX = 3,            // index out of range
  CT_NOT_IMPLEMENTED = 4,  // no kernel for this type or device
  CT_OUT_OF_MEMORY = 5,
  CT_LINEAR_ALGEBRA = 6,   // singular matrix, no convergence
  CT_OTHER = 7
} ct_status;

typedef enum ct_scalar_kind { CT_NONE = 0, CT_BOOL = 1, CT_INT = 2, CT_DOUBLE = 3 } ct_scalar_kind;

typedef struct ct_scalar {
  ct_scalar_kind kind;
  int64_t integer;
  double real;
} ct_scalar;

// type is c10::DeviceType (0 CPU, 1 CUDA, 13 MPS, 14 meta), or -1 for none; index is -1 for "current".
typedef struct ct_device {
  int8_t type;
  int8_t index;
} ct_device;

// The array belongs to the caller (ct_tensor_array_free), and so does each tensor in it.
typedef struct ct_tensor_array {
  ct_tensor *items;
  ct_int count;
} ct_tensor_array;

#endif
