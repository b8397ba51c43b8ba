// Processes that train one model together. Included by ctorch.h.
#ifndef CTORCH_PARALLEL_H
#define CTORCH_PARALLEL_H

// A process's place in a group and its connections to the others.
typedef struct ct_group_opaque *ct_group;
// The gradients of a model, summed over a group while the backward pass still runs.
typedef struct ct_buckets_opaque *ct_buckets;

typedef struct ct_group_options {
  // Where the processes meet: one of them listens there.
  const char *host;
  ct_int port;
  // A socket that already listens there, or -1.
  ct_int listening_socket;
  // Whether this process provides the meeting point.
  bool hosts;
  ct_int rank;
  ct_int size;
  // The network interface of the connections, or null for the one that leads to the host.
  const char *interface;
  // Keeps the keys of one attempt apart from those of the next on the same meeting point.
  const char *attempt;
  double join_seconds;
  // How long one exchange may take.
  double timeout_seconds;
  // How long the others may take to answer when one of them is looked for.
  double roll_call_seconds;
} ct_group_options;

// Whether this build has process groups.
CT_API bool ct_groups_available(void);
CT_API ct_status ct_group_connect(ct_group_options options, ct_group *out);
// Which ranks came to the meeting point that ct_group_connect was given last on this thread; for the
// message after it failed. present holds one byte for each rank.
CT_API void ct_group_present(uint8_t *present, ct_int size);
CT_API void ct_group_free(ct_group group);

// Replaces the values of a tensor by their sum over all ranks. Waits.
CT_API ct_status ct_group_sum(ct_group group, ct_tensor tensor);
// Replaces the values of a tensor by those of a rank. Waits.
CT_API ct_status ct_group_broadcast(ct_group group, ct_tensor tensor, ct_int root);
// Whether an exchange has failed: the group is of no use then but for a roll call.
CT_API bool ct_group_failed(ct_group group);
// Tells the others why this process leaves; they look it up when they notice.
CT_API void ct_group_leave(ct_group group, const char *reason);
// Which ranks do not answer any more, one byte for each; waits a few seconds. A rank that left with a
// reason is among them.
CT_API void ct_group_roll_call(ct_group group, uint8_t *missing);
// Why a rank left, copied into text; empty where it said nothing.
CT_API void ct_group_reason(ct_group group, ct_int rank, char *text, ct_int capacity);
// Batch normalization by the mean and variance over all ranks. idle says that this rank's samples
// count for nothing. The running statistics may be null.
CT_API ct_status ct_group_batch_norm(
    ct_group group, ct_tensor input, ct_tensor weight, ct_tensor bias, ct_tensor running_mean,
    ct_tensor running_variance, double momentum, double epsilon, bool idle, ct_tensor *out);

// Buckets of about so many bytes over leaves that gradients are accumulated on, filled in reverse
// order. Frees the hooks with ct_buckets_free.
CT_API ct_status ct_buckets_new(
    ct_group group, const ct_tensor *parameters, ct_int count, ct_int bytes, ct_buckets *out);
CT_API void ct_buckets_free(ct_buckets buckets);
CT_API ct_int ct_buckets_count(ct_buckets buckets);
// The next backward pass is the last of the step: its gradients are sent as soon as a bucket is full.
CT_API void ct_buckets_arm(ct_buckets buckets);
// Waits until each gradient is the sum over all ranks. A parameter without a gradient on any rank
// keeps none. overlapped is the number of buckets that were under way before the call.
CT_API ct_status ct_buckets_finish(ct_buckets buckets, ct_int *overlapped);

#endif
