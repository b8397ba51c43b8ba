// Kernels of Hone's own on top of libtorch; each equals the plain operators to rounding.
#ifndef CTORCH_KERNELS_H
#define CTORCH_KERNELS_H

#include "ctorch_types.h"

#ifdef __cplusplus
extern "C" {
#endif

// Whether the calling thread wants libtorch's operators in place of the kernels below, for what it runs
// from now on; gives what held before. Backward passes do as their forward passes did.
CT_API bool ct_exchange_standard_kernels(bool wanted);
CT_API bool ct_uses_standard_kernels(void);

// input [.., inputs] x weight [outputs, inputs] + bias [outputs] through tiles of our own where there are such for
// its size, else through oneDNN (fp32 on CPU), with its gradients; bias may be null.
CT_API ct_status ct_fast_linear(ct_tensor input, ct_tensor weight, ct_tensor bias, ct_tensor *out);
// Whether the fast path is present in this libtorch.
CT_API bool ct_fast_linear_available(void);
// Whether it gains in training too: where the default product leaves a part of the processor unused.
CT_API bool ct_fast_linear_trains(void);
// Whether products of so many rows with a weight of so many values go through tiles of our own.
CT_API bool ct_fast_linear_has_tiles(ct_int rows, ct_int weights);

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

// The batch normalization in a dense block; its tensors are as in ct_fused_batch_norm.
typedef struct {
  ct_tensor weight, bias, running_mean, running_variance;
  ct_tensor count;  // of batches, which grows by one where their own statistics are used; may be null
  bool uses_batch;
  double momentum, epsilon;
} ct_dense_norm;
// A linear map of rows, and what is behind it as far as it is there. Dropout needs the rectifier.
typedef struct {
  ct_tensor weight, bias;
  ct_dense_norm norm;
  bool has_norm, rectified;
  double dropout;
} ct_dense_layer;
// Such layers one after another as one node of the graph, for float32 and bfloat16 autocast on the CPU. The
// output is null, nothing is drawn and no statistic changes where the arguments do not suit: then the layers
// run one by one. The generator is null for the process's own.
CT_API ct_status ct_dense_block(
    ct_tensor input, const ct_dense_layer *layers, ct_int count, ct_generator generator,
    ct_tensor *out);

// What came of a step: the mean loss, and how many rows' own label has the largest logit alone.
typedef struct {
  bool taken;
  double loss;
  ct_int right;
} ct_dense_outcome;
// The forward pass of such layers in float32, the cross-entropy of their output with labels [rows] in int64,
// and, where it is finite, the gradients, added to those of the parameters: what ct_dense_block,
// ct_fused_cross_entropy and ct_backward give, bit for bit, without a graph. Not taken where the arguments do
// not suit.
CT_API ct_status ct_dense_step(
    ct_tensor input, const ct_dense_layer *layers, ct_int count, ct_tensor labels,
    double smoothing, int64_t ignored, ct_generator generator, ct_dense_outcome *out);

// How often a tensor's values were written in place.
CT_API uint64_t ct_tensor_version(ct_tensor tensor);

// How a convolution over images walks: two numbers each.
typedef struct {
  const ct_int *padding, *stride, *dilation;
  ct_int groups;
} ct_geometry;
// A convolution of images [batch, channels, height, width]; where that gains, the gradient for its weight comes
// from a kernel of our own.
CT_API ct_status ct_convolution(
    ct_tensor input, ct_tensor weight, ct_tensor bias, const ct_geometry *geometry, ct_tensor *out);
// Weight and shift of a convolution that does what the given one and the normalization by running
// statistics behind it do, the weight laid out by oneDNN for inputs of these four extents. Both are null
// where this libtorch lacks the operators.
CT_API ct_status ct_fold_convolution(
    ct_tensor weight, ct_tensor bias, const ct_dense_norm *norm, const ct_geometry *geometry,
    const ct_int *sizes, ct_tensor *packed, ct_tensor *shift);
// That convolution, plus a tensor unless null, rectified where asked for; without gradients.
CT_API ct_status ct_folded_convolution(
    ct_tensor input, ct_tensor packed, ct_tensor shift, ct_tensor added, bool rectified,
    const ct_geometry *geometry, ct_tensor *out);

// Whether there is a kernel here for linear maps to so many outputs whose weight was packed before.
CT_API bool ct_packs_linear(ct_int outputs);
// A weight [outputs, inputs] in float32 on the CPU as that kernel reads it, and its shift, of zeros for null.
CT_API ct_status ct_pack_linear(
    ct_tensor weight, ct_tensor bias, ct_tensor *packed, ct_tensor *shift);
// The map of an input whose last dimension holds the inputs; without gradients.
CT_API ct_status ct_packed_linear(
    ct_tensor input, ct_tensor packed, ct_tensor shift, ct_tensor *out);

// What a layer of long short-term memories learns; shifts may be null.
typedef struct {
  ct_tensor input, hidden, input_shift, hidden_shift;
} ct_lstm_weights;
// Whether there is a kernel for layers of so many units here.
CT_API bool ct_lstm_suits(ct_int units);
// The weights as the kernel reads them, and both shifts added.
CT_API ct_status ct_lstm_pack(
    const ct_lstm_weights *weights, ct_tensor *input, ct_tensor *hidden, ct_tensor *shift);
// A layer over an input [time, batch, inputs] in float32 on the CPU, from a state [batch, units]: the output at
// each time and the last memory; without gradients.
CT_API ct_status ct_lstm_answers(
    ct_tensor input, ct_tensor output, ct_tensor memory, ct_tensor input_weight,
    ct_tensor hidden_weight, ct_tensor shift, ct_tensor *outputs, ct_tensor *last_memory);

// Whether the next gains on this processor.
CT_API bool ct_fused_attention_gains(void);
// Attention of a sequence to itself, with its gradient, in float32 on the CPU: the joined heads
// [batch, time, features] of the projections of queries, keys and values, [batch, time, 3 features]. blocked,
// bool, is true where a query may not look at a key and broadcasts to [batch, heads, time, time]; null allows
// all. Weights are dropped as by ct_seeded_dropout.
CT_API ct_status ct_fused_attention(
    ct_tensor projections, ct_int heads, ct_tensor blocked, double probability,
    ct_generator generator, ct_tensor *out);

// x Φ(x) and ct_seeded_dropout behind it in one pass, with its gradient; null, with nothing drawn, where the
// input is not contiguous in float32 on the CPU.
CT_API ct_status ct_dropped_gelu(
    ct_tensor input, double probability, ct_generator generator, ct_tensor *out);

// Inverted dropout on the CPU, of which a seed is all that is kept; one is drawn from the generator, or
// from the process's own where that is null. What is dropped does not depend on the order in memory.
CT_API ct_status ct_seeded_dropout(
    ct_tensor input, double probability, ct_generator generator, ct_tensor *out);

// The mean cross-entropy of logits [rows, classes] in float32 and labels [rows] in int64 on the CPU, with
// its gradient computed in the same pass; rows with the ignored label do not count. The output is null
// where the arguments do not suit.
CT_API ct_status ct_fused_cross_entropy(
    ct_tensor logits, ct_tensor labels, double smoothing, int64_t ignored, ct_tensor *out);
// The cross-entropy of each row, zero for those with the ignored label, without a gradient. The output is null
// where the arguments do not suit, or where a gradient would be wanted.
CT_API ct_status ct_cross_entropy_of_rows(
    ct_tensor logits, ct_tensor labels, double smoothing, int64_t ignored, ct_tensor *out);

// Rows of numbers and codes, [rows, numbers + tables] in float32 on the CPU, as rows of numbers and the
// vectors of the codes in their tables, joined; vectors are dropped by a seed from the generator. The
// vectors of code 0 get no gradient. The output is null where the arguments do not suit.
CT_API ct_status ct_column_embeddings(
    ct_tensor rows, const ct_tensor *tables, ct_int count, ct_int numbers, double dropout,
    ct_generator generator, ct_tensor *out);

// One step of Adam.
typedef struct {
  double rate, first_beta, second_beta, weight_decay, epsilon;
  int64_t step;  // counted from 1
  bool decoupled;  // weight decay acts on the weights, not in the gradients
} ct_adam_options;
// Updates parameters, averages of gradients and of squares, and the latter's largest values unless that
// list is null, in one pass over all of them. False where the tensors do not suit: nothing changes then.
CT_API ct_status ct_fused_adam(
    const ct_tensor *values, const ct_tensor *gradients, const ct_tensor *first,
    const ct_tensor *second, const ct_tensor *largest, ct_int count, const ct_adam_options *options,
    bool *out);

typedef struct {
  double values, differences, products;
} ct_square_totals;
// The sum of the squares of all elements of tensors on the CPU, in double precision, and of what they
// differ from others unless that list is null, and of what they differ times slopes unless that list is
// null. False where the tensors do not suit.
CT_API ct_status ct_square_sums(
    const ct_tensor *values, const ct_tensor *others, const ct_tensor *slopes, ct_int count,
    ct_square_totals *out, bool *done);
// Copies the elements of tensors on the CPU over those of others that lie alike, as one piece of work. False
// where the tensors do not suit: nothing is copied then.
CT_API ct_status ct_copy_values(const ct_tensor *values, const ct_tensor *copies, ct_int count, bool *done);

// What the outputs of a layer are like.
typedef struct {
  double root_mean_square;  // of all values
  double spread;  // the root of the units' mean variance; not a number for a single value of each
  double zero_share, outside_share;  // of all values
  double dead_share;  // of units whose values are all zero
} ct_unit_numbers;
// Of a tensor [samples, units, positions] of float32 on the CPU, in any order in memory; values below
// `lower` or above `upper` are outside. False where the tensor does not suit.
CT_API ct_status ct_unit_statistics(
    ct_tensor units, double lower, double upper, ct_unit_numbers *out, bool *done);

// Computes a part of the graph again: takes the gradient of the part's output over, adds the gradients
// of parameters to them, and gives that of the input, or null where it has none.
typedef ct_status (*ct_recompute)(void *context, ct_tensor gradient, ct_tensor *input_gradient);
// The output of a part that was computed without being recorded, with a gradient that `recompute` finds
// in the backward pass. `release` is called with the context when the graph is gone, also after a failure.
CT_API ct_status ct_recomputed(
    ct_tensor input, ct_tensor output, ct_recompute recompute, void *context,
    void (*release)(void *), ct_tensor *out);

#ifdef __cplusplus
}
#endif
#endif
