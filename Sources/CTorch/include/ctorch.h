// Hone's C interface to libtorch: what is written by hand. Operators are in ctorch_ops.h.
#ifndef CTORCH_H
#define CTORCH_H

#include "ctorch_ops.h"
#include "ctorch_types.h"

#ifdef __cplusplus
extern "C" {
#endif

// ---- errors ----
// The message of this thread's last failure; valid until its next one.
CT_API const char *ct_error_message(void);
// Error scopes of this thread: while the depth is above zero, failures are kept and not trapped.
CT_API ct_int ct_error_scope_depth(void);
CT_API void ct_error_scope_enter(void);
// Notes a failure in the innermost scope; whether it is the scope's first.
CT_API bool ct_error_scope_fail(void);
// Leaves the innermost scope; whether something failed in it.
CT_API bool ct_error_scope_leave(void);

// ---- handles ----
CT_API void ct_tensor_free(ct_tensor tensor);
CT_API void ct_tensor_array_free(ct_tensor_array array);
// Handles that are alive in this process: for leak tests.
CT_API ct_int ct_tensor_live_count(void);
// A tensor that is not defined: for tests of error paths.
CT_API ct_tensor ct_tensor_undefined(void);
// Another handle to the same tensor.
CT_API ct_tensor ct_tensor_alias(ct_tensor tensor);
// Whether two handles name the same tensor.
CT_API bool ct_tensor_same(ct_tensor first, ct_tensor second);

// ---- metadata: never fail; an undefined or poisoned tensor has no dimensions ----
CT_API bool ct_tensor_defined(ct_tensor tensor);
CT_API ct_int ct_tensor_dimensions(ct_tensor tensor);
CT_API void ct_tensor_sizes(ct_tensor tensor, ct_int *sizes);
CT_API void ct_tensor_strides(ct_tensor tensor, ct_int *strides);
CT_API ct_int ct_tensor_elements(ct_tensor tensor);
CT_API int8_t ct_tensor_dtype(ct_tensor tensor);
CT_API ct_device ct_tensor_device(ct_tensor tensor);
CT_API bool ct_tensor_is_contiguous(ct_tensor tensor, int8_t memory_format);
// Whether two tensors have one element type, shape and memory order, without gaps.
CT_API bool ct_tensor_lies_like(ct_tensor first, ct_tensor second);

// ---- the first operation of this thread that makes numbers that are not finite ----
CT_API ct_status ct_watch_begin(void);
// Counts a tensor among those by which the place of an operation is told.
CT_API ct_status ct_watch_mark(ct_tensor tensor);
// The operation's name; null where there was none. Valid until the watch ends.
CT_API const char *ct_watch_operation(void);
// The number of the mark that was used last before it, or by it; -1 for none.
CT_API ct_int ct_watch_found_mark(void);
CT_API void ct_watch_end(void);

// ---- host memory ----
// From now on, memory that tensors free stays within the process for the next ones, as far as it was
// ever in use at once.
CT_API void ct_keep_freed_memory(void);
// Bytes of large tensors, once freed memory is kept: in use, kept, and the most ever in use.
CT_API void ct_kept_memory(ct_int *used, ct_int *kept, ct_int *most);
// Copies bytes in (row-major); the tensor owns its memory.
CT_API ct_status ct_tensor_from_host(
    const void *bytes, const ct_int *sizes, ct_int dimensions, int8_t dtype, ct_device device,
    ct_tensor *out);
// Copies the elements out in row-major order, from any device; byte_count must be exact.
CT_API ct_status ct_tensor_to_host(ct_tensor tensor, void *bytes, ct_int byte_count);
// The value of a tensor of one element. Waits for the device.
CT_API ct_status ct_tensor_item_double(ct_tensor tensor, double *out);
CT_API ct_status ct_tensor_item_int(ct_tensor tensor, int64_t *out);
CT_API ct_status ct_tensor_to_device(ct_tensor tensor, ct_device device, bool non_blocking, ct_tensor *out);

// ---- autograd ----
CT_API bool ct_tensor_requires_grad(ct_tensor tensor);
CT_API ct_status ct_tensor_set_requires_grad(ct_tensor tensor, bool requires_grad);
// The accumulated gradient, or null where there is none.
CT_API ct_status ct_tensor_grad(ct_tensor tensor, ct_tensor *out);
// Replaces the accumulated gradient; null drops it.
CT_API ct_status ct_tensor_set_grad(ct_tensor tensor, ct_tensor gradient);
CT_API ct_status ct_backward(ct_tensor tensor, ct_tensor gradient, bool retain_graph, bool create_graph);
// Gradients of outputs (weighted by output_gradients, or null for ones) with respect to inputs.
// An input that the outputs do not depend on gets an undefined tensor if allow_unused is set.
CT_API ct_status ct_gradients(
    const ct_tensor *outputs, ct_int outputs_count, const ct_tensor *inputs, ct_int inputs_count,
    const ct_tensor *output_gradients, bool retain_graph, bool create_graph, bool allow_unused,
    ct_tensor_array *out);
// Writes values in place without the graphs that hold the tensor noticing: for values that are brought
// back before a graph is used.
CT_API ct_status ct_tensor_overwrite(ct_tensor tensor, ct_tensor values);
CT_API bool ct_grad_mode(void);
CT_API void ct_set_grad_mode(bool enabled);
// Whether what the calling thread computes now without a record is computed again with one in the
// backward pass, so that kernels are chosen as for a recorded pass.
CT_API bool ct_records_later(void);
// Changes that; gives what held before.
CT_API bool ct_exchange_records_later(bool records_later);
CT_API void *ct_inference_mode_enter(void);
CT_API void ct_inference_mode_leave(void *guard);
// Autocast of a device type; dtype is a c10::ScalarType. Returns whether it was on before.
CT_API bool ct_autocast_enter(int8_t device_type, int8_t dtype, int8_t *previous_dtype);
CT_API void ct_autocast_leave(int8_t device_type, bool was_enabled, int8_t previous_dtype);
// Whether autocast on this thread keeps weights that it has converted; gives what held before.
CT_API bool ct_exchange_autocast_cache(bool keeps);

// ---- randomness ----
CT_API ct_status ct_generator_new(uint64_t seed, ct_device device, ct_generator *out);
// Begins anew with a seed.
CT_API ct_status ct_generator_seed(ct_generator generator, uint64_t seed);
CT_API void ct_generator_free(ct_generator generator);
CT_API ct_status ct_generator_state(ct_generator generator, ct_tensor *out);
CT_API ct_status ct_generator_set_state(ct_generator generator, ct_tensor state);
// What the calling thread's layers draw from, an address that this library does not look into.
CT_API void *ct_thread_source(void);
CT_API void *ct_exchange_thread_source(void *source);
// Seeds a device's default generator and keeps other threads from doing so until it is given back.
CT_API ct_status ct_default_generator_take(ct_device device, uint64_t seed);
CT_API void ct_default_generator_give_back(void);
// The default generators, which dropout draws from.
CT_API ct_status ct_manual_seed(uint64_t seed);
CT_API ct_status ct_default_state(ct_device device, ct_tensor *out);
CT_API ct_status ct_set_default_state(ct_device device, ct_tensor state);

// ---- threads, versions, devices ----
CT_API ct_int ct_threads(void);
CT_API void ct_set_threads(ct_int count);
// How many threads take a part when kernels of this library divide their work.
CT_API ct_int ct_working_threads(void);
CT_API void ct_set_flush_denormal(bool enabled);
CT_API void ct_set_deterministic(bool enabled);
CT_API const char *ct_compiled_version(void);
CT_API const char *ct_cpu_capability(void);
// Loads the CUDA library when it lies beside libtorch_cpu; returns whether CUDA can be used.
CT_API bool ct_load_cuda(const char *folder);
CT_API ct_int ct_cuda_device_count(void);
CT_API ct_status ct_synchronize(ct_device device);

// ---- kernels of our own (Sources/CTorch/kernels) ----
#include "ctorch_kernels.h"

// ---- processes that train together (Sources/CTorch/parallel) ----
#include "ctorch_parallel.h"

#ifdef __cplusplus
}
#endif
#endif
