// Randomness, threads, versions, devices.
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <dlfcn.h>
#include <torch/version.h>

#include <mutex>
#include <utility>

#include "../include/ctorch.h"
#include "guarded.h"

static_assert(
    TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 13, "Hone needs libtorch 2.13 or a later 2.x");

namespace {
thread_local void* thread_source = nullptr;
std::mutex default_generator_mutex;

const at::Generator& default_generator(ct_device device) {
  return at::globalContext().defaultGenerator(ct::optional_device(device).value());
}
}  // namespace

CT_EXPORT ct_status ct_generator_new(uint64_t seed, ct_device device, ct_generator* out) {
  return ct::guarded("random source", [&] {
    const bool on_cpu = ct::optional_device(device).value().is_cpu();
    // A clone would read the state of the default generator while others draw from it.
    at::Generator generator = on_cpu ? at::make_generator<at::CPUGeneratorImpl>(seed)
                                     : default_generator(device).clone();
    if (!on_cpu) generator.set_current_seed(seed);
    *out = reinterpret_cast<ct_generator>(new at::Generator(std::move(generator)));
  });
}

CT_EXPORT ct_status ct_generator_seed(ct_generator generator, uint64_t seed) {
  return ct::guarded("random source", [&] { ct::raw(generator)->set_current_seed(seed); });
}

CT_EXPORT void ct_generator_free(ct_generator generator) { delete ct::raw(generator); }

CT_EXPORT ct_status ct_generator_state(ct_generator generator, ct_tensor* out) {
  return ct::guarded("random state", [&] { *out = ct::wrap(ct::raw(generator)->get_state()); });
}

CT_EXPORT ct_status ct_generator_set_state(ct_generator generator, ct_tensor state) {
  return ct::guarded(
      "random state", [&] { ct::raw(generator)->set_state(ct::tensor(state, "state")); });
}

CT_EXPORT void* ct_thread_source(void) { return thread_source; }

CT_EXPORT void* ct_exchange_thread_source(void* source) {
  return std::exchange(thread_source, source);
}

CT_EXPORT ct_status ct_default_generator_take(ct_device device, uint64_t seed) {
  default_generator_mutex.lock();
  const ct_status status = ct::guarded("random source", [&] {
    at::Generator generator = default_generator(device);
    const std::lock_guard<std::mutex> lock(generator.mutex());
    generator.set_current_seed(seed);
  });
  return status;
}

CT_EXPORT void ct_default_generator_give_back(void) { default_generator_mutex.unlock(); }

CT_EXPORT ct_status ct_manual_seed(uint64_t seed) {
  return ct::guarded("seed", [&] { at::manual_seed(seed); });
}

CT_EXPORT ct_status ct_default_state(ct_device device, ct_tensor* out) {
  return ct::guarded(
      "random state", [&] { *out = ct::wrap(default_generator(device).get_state()); });
}

CT_EXPORT ct_status ct_set_default_state(ct_device device, ct_tensor state) {
  return ct::guarded("random state", [&] {
    at::Generator generator = default_generator(device);
    generator.set_state(ct::tensor(state, "state"));
  });
}

CT_EXPORT ct_int ct_threads(void) { return at::get_num_threads(); }
CT_EXPORT void ct_set_threads(ct_int count) { at::set_num_threads(static_cast<int>(count)); }
CT_EXPORT void ct_set_flush_denormal(bool enabled) { at::globalContext().setFlushDenormal(enabled); }

CT_EXPORT void ct_set_deterministic(bool enabled) {
  at::globalContext().setDeterministicAlgorithms(enabled, false);
}

CT_EXPORT const char* ct_compiled_version(void) { return TORCH_VERSION; }

CT_EXPORT const char* ct_cpu_capability(void) {
  static const std::string capability = at::get_cpu_capability();
  return capability.c_str();
}

CT_EXPORT bool ct_load_cuda(const char* folder) {
  if (!at::hasCUDA()) {
    const std::string base(folder);
    // c10_cuda first: libtorch_cuda refers to it without a path of its own in some builds.
    dlopen((base + "/libc10_cuda.so").c_str(), RTLD_NOW | RTLD_GLOBAL);
    dlopen((base + "/libtorch_cuda.so").c_str(), RTLD_NOW | RTLD_GLOBAL);
  }
  return at::hasCUDA() && ct_cuda_device_count() > 0;
}

CT_EXPORT ct_int ct_cuda_device_count(void) {
  try {
    return at::detail::getCUDAHooks().deviceCount();
  } catch (...) {
    return 0;
  }
}

CT_EXPORT ct_status ct_synchronize(ct_device device) {
  return ct::guarded("synchronize", [&] {
    const at::Device target = ct::optional_device(device).value();
    if (target.is_cpu() || target.is_meta()) return;
    c10::impl::VirtualGuardImpl(target.type()).synchronizeDevice(target.index());
  });
}
