// Finding the operation that first makes numbers that are not finite.

// libtorch is built with NDEBUG and never sets the flag that its header looks at without it: in a debug
// build of ours asking for inputs where that is allowed would count as asking too late.
#ifndef NDEBUG
#define NDEBUG
#endif

#include <ATen/ATen.h>
#include <ATen/record_function.h>
#include <c10/core/GradMode.h>

#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "../include/ctorch.h"
#include "guarded.h"

namespace {
struct Watch {
  std::vector<const void*> marks;
  ct_int last_mark = -1;
  ct_int found_mark = -1;
  bool found = false;
  std::string operation;
  at::CallbackHandle handle = 0;
};

thread_local std::unique_ptr<Watch> watch;

const void* memory(const at::Tensor& tensor) {
  return tensor.defined() && tensor.has_storage() ? tensor.storage().unsafeGetStorageImpl() : nullptr;
}

bool is_spoiled(const at::Tensor& tensor) {
  if (!tensor.defined() || tensor.is_meta() || tensor.numel() == 0) return false;
  if (!at::isFloatingType(tensor.scalar_type())) return false;
  // Minus infinity is what masks are made of.
  return (tensor.isnan().any() | (tensor == std::numeric_limits<double>::infinity()).any()).item<bool>();
}

/// Whether what an operation gives back is memory that nobody has written to.
bool gives_raw_memory(std::string_view name) {
  return name.find("empty") != std::string_view::npos || name.find("resize") != std::string_view::npos ||
         name.find("set_") != std::string_view::npos;
}

std::unique_ptr<at::ObserverContext> begin(const at::RecordFunction& function) {
  if (!watch || watch->found) return nullptr;
  const at::DisableRecordFunctionGuard quiet;
  for (const c10::IValue& input : function.inputs()) {
    if (!input.isTensor()) continue;
    const void* place = memory(input.toTensor());
    for (size_t i = 0; place != nullptr && i < watch->marks.size(); ++i) {
      if (watch->marks[i] == place) watch->last_mark = static_cast<ct_int>(i);
    }
  }
  return nullptr;
}

void end(const at::RecordFunction& function, at::ObserverContext*) {
  if (!watch || watch->found || gives_raw_memory(function.name())) return;
  const at::DisableRecordFunctionGuard quiet;
  const c10::NoGradGuard no_grad;
  for (const c10::IValue& output : function.outputs()) {
    if (!output.isTensor() || !is_spoiled(output.toTensor())) continue;
    watch->found = true;
    watch->operation = function.name();
    watch->found_mark = watch->last_mark;
    return;
  }
}
}  // namespace

CT_EXPORT ct_status ct_watch_begin(void) {
  return ct::guarded("watch", [&] {
    watch = std::make_unique<Watch>();
    watch->handle = at::addThreadLocalCallback(
        at::RecordFunctionCallback(&begin, &end).needsInputs(true).needsOutputs(true).scopes(
            {at::RecordScope::FUNCTION}));
  });
}

CT_EXPORT ct_status ct_watch_mark(ct_tensor tensor) {
  return ct::guarded("watch", [&] {
    TORCH_CHECK(watch != nullptr, "no watch is under way");
    watch->marks.push_back(memory(ct::tensor(tensor, "mark")));
  });
}

CT_EXPORT const char* ct_watch_operation(void) {
  return watch && watch->found ? watch->operation.c_str() : nullptr;
}

CT_EXPORT ct_int ct_watch_found_mark(void) { return watch ? watch->found_mark : -1; }

CT_EXPORT void ct_watch_end(void) {
  if (watch) at::removeCallback(watch->handle);
  watch = nullptr;
}
