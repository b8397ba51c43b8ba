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

// How ct_fused_batch_norm works.
typedef struct {
  bool uses_batch;  // the batch's own statistics, which go into the running ones
  double momentum;  // the weight of this batch in the running statistics
  double epsilon;
  bool rectified;  // zero instead of what is negative
  bool fuses;      // in few passes where the arguments allow it, else operator by operator
} ct_batch_norm_options;

// The batch normalization of input [batch, channels, ..], plus `added` of the same shape, rectified;
// all but the input, and the running statistics where the batch's own are not used, may be null.
CT_API ct_status ct_fused_batch_norm(
    ct_tensor input, ct_tensor weight, ct_tensor bias, ct_tensor added, ct_tensor running_mean,
    ct_tensor running_variance, const ct_batch_norm_options *options, ct_tensor *out);

// Weights of several models, those of each a row of every tensor, with their gradients and what an
// optimiser keeps for them; contiguous float32 on the CPU.
typedef struct {
  const ct_tensor *values;
  const ct_tensor *gradients;
  const ct_tensor *first;   // Adam's averages of gradients, or directions
  const ct_tensor *second;  // Adam's averages of squares
  ct_int count;             // of tensors
  ct_int models;
} ct_row_tensors;

// A step of Adam with decoupled weight decay for one model's row of one tensor.
typedef struct {
  float keep;          // what the weights are multiplied by: 1 - rate * decay
  float rate;          // over the first average's correction
  float root;          // one over the root of the second average's correction
  float epsilon;
  float first_share;   // of a new gradient in the first average
  float second_share;  // of its square in the second
} ct_adam_row;

// A step of gradient descent for one model's row of one tensor.
typedef struct {
  float rate;
  float decay;     // of the weights, added to gradients
  float momentum;  // of the direction so far; zero in the first step
  float share;     // of a new gradient in the direction
  bool nesterov;
} ct_descent_row;

// A step for every row; rules are those of all models for the first tensor, then for the next.
CT_API ct_status ct_adam_rows(const ct_row_tensors *tensors, const ct_adam_row *rules);
CT_API ct_status ct_descent_rows(const ct_row_tensors *tensors, const ct_descent_row *rules);

// Computes a part of the graph again: takes the gradient of the part's output over, adds the gradients
// of parameters to them, and gives that of the input, or null where it has none.
typedef ct_status (*ct_recompute)(void *context, ct_tensor gradient, ct_tensor *input_gradient);
// The output of a part that was computed without being recorded, with a gradient that `recompute` finds
// in the backward pass. `release` is called with the context when the graph is gone, also after a failure.
CT_API ct_status ct_recomputed(
    ct_tensor input, ct_tensor output, ct_recompute recompute, void *context,
    void (*release)(void *), ct_tensor *out);

// Keeps memory that tensors free within the process, where glibc is the C library, instead of giving
// it to the system and faulting it in again at each training step. Returns whether it took effect.
CT_API bool ct_keep_freed_memory(void);

#ifdef __cplusplus
}
#endif
#endif
