// The C interface of process groups.
#include "group.h"

#ifdef CT_HAS_GROUPS
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cstring>

CT_EXPORT bool ct_groups_available(void) { return true; }

CT_EXPORT ct_status ct_group_connect(ct_group_options options, ct_group* out) {
  return ct::guarded(
      "connect", [&] { *out = reinterpret_cast<ct_group>(new ct::Group(options)); });
}

CT_EXPORT void ct_group_present(uint8_t* present, ct_int size) {
  for (ct_int i = 0; i < size; ++i) present[i] = ct::came(static_cast<int>(i)) ? 1 : 0;
}

CT_EXPORT void ct_group_free(ct_group group) { delete &ct::group(group); }

CT_EXPORT ct_status ct_group_sum(ct_group group, ct_tensor tensor) {
  return ct::guarded("sum over processes", [&] {
    at::NoGradGuard guard;
    ct::group(group).sum(ct::tensor(tensor, "tensor"));
  });
}

CT_EXPORT ct_status ct_group_broadcast(ct_group group, ct_tensor tensor, ct_int root) {
  return ct::guarded("broadcast", [&] {
    at::NoGradGuard guard;
    at::Tensor& values = ct::tensor(tensor, "tensor");
    ct::group(group).broadcast(values, static_cast<int>(root));
    // The values were written behind the graph's back.
    values.unsafeGetTensorImpl()->bump_version();
  });
}

CT_EXPORT bool ct_group_failed(ct_group group) { return ct::group(group).failed; }

CT_EXPORT void ct_group_leave(ct_group group, const char* reason) {
  ct::group(group).leave(reason);
}

CT_EXPORT void ct_group_roll_call(ct_group group, uint8_t* missing) {
  const std::vector<bool> found = ct::group(group).roll_call();
  for (size_t i = 0; i < found.size(); ++i) missing[i] = found[i] ? 1 : 0;
}

CT_EXPORT void ct_group_reason(ct_group group, ct_int rank, char* text, ct_int capacity) {
  const std::string reason = ct::group(group).reason(static_cast<int>(rank));
  const size_t count = std::min(reason.size(), static_cast<size_t>(capacity - 1));
  std::memcpy(text, reason.data(), count);
  text[count] = 0;
}

#else

namespace {
ct_status refuse() {
  return ct::guarded("process groups", [] {
    TORCH_CHECK_NOT_IMPLEMENTED(false, "this libtorch was built without its distributed part");
  });
}
}  // namespace

CT_EXPORT bool ct_groups_available(void) { return false; }
CT_EXPORT ct_status ct_group_connect(ct_group_options, ct_group*) { return refuse(); }
CT_EXPORT void ct_group_present(uint8_t*, ct_int) {}
CT_EXPORT void ct_group_free(ct_group) {}
CT_EXPORT ct_status ct_group_sum(ct_group, ct_tensor) { return refuse(); }
CT_EXPORT ct_status ct_group_broadcast(ct_group, ct_tensor, ct_int) { return refuse(); }
CT_EXPORT bool ct_group_failed(ct_group) { return true; }
CT_EXPORT void ct_group_leave(ct_group, const char*) {}
CT_EXPORT void ct_group_roll_call(ct_group, uint8_t*) {}
CT_EXPORT void ct_group_reason(ct_group, ct_int, char* text, ct_int) { text[0] = 0; }
CT_EXPORT ct_status ct_group_batch_norm(
    ct_group, ct_tensor, ct_tensor, ct_tensor, ct_tensor, ct_tensor, double, double, bool,
    ct_tensor*) {
  return refuse();
}
CT_EXPORT ct_status ct_buckets_new(ct_group, const ct_tensor*, ct_int, ct_int, ct_buckets*) {
  return refuse();
}
CT_EXPORT void ct_buckets_free(ct_buckets) {}
CT_EXPORT ct_int ct_buckets_count(ct_buckets) { return 0; }
CT_EXPORT void ct_buckets_arm(ct_buckets) {}
CT_EXPORT ct_status ct_buckets_finish(ct_buckets, ct_int*) { return refuse(); }

#endif
