#include "nccl.h"

#ifdef CT_HAS_GROUPS
#include <c10/core/DeviceGuard.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include <dlfcn.h>

#include <cstring>

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// How often a waiting process looks whether an exchange has ended.
constexpr std::chrono::microseconds kGlance{20};
constexpr size_t kIdentifierBytes = 128;

// NCCL's interface, as nccl.h of version 2 declares it; these numbers and shapes are part of its
// binary interface.
struct Identifier {
  char bytes[kIdentifierBytes];
};
constexpr int kSuccess = 0, kInProgress = 7, kSum = 0;

int type_number(at::ScalarType type) {
  switch (type) {
    case at::kChar: return 0;
    case at::kByte:
    case at::kBool: return 1;
    case at::kInt: return 2;
    case at::kLong: return 4;
    case at::kHalf: return 6;
    case at::kFloat: return 7;
    case at::kDouble: return 8;
    case at::kBFloat16: return 9;
    default: TORCH_CHECK_NOT_IMPLEMENTED(false, "NCCL does not exchange tensors of ", type);
  }
}

}  // namespace

namespace ct {

/// The functions of the library.
struct Nccl {
  int (*unique_id)(Identifier*);
  int (*connect)(void** communicator, int size, Identifier, int rank);
  int (*all_reduce)(
      const void*, void*, size_t, int type, int operation, void* communicator, void* stream);
  int (*broadcast)(
      const void*, void*, size_t, int type, int root, void* communicator, void* stream);
  int (*asynchronous_error)(void* communicator, int* status);
  int (*abort)(void* communicator);
  int (*destroy)(void* communicator);
  const char* (*text)(int status);

  /// The library that libtorch has loaded, or the one that the system finds.
  static const Nccl& loaded() {
    static const Nccl functions = load();
    return functions;
  }

  void check(int status, const char* what) const {
    TORCH_CHECK(
        status == kSuccess || status == kInProgress, "NCCL cannot ", what, ": ", text(status));
  }

 private:
  static Nccl load() {
    void* library = dlopen("libnccl.so.2", RTLD_NOW | RTLD_NOLOAD);
    if (library == nullptr) library = dlopen("libnccl.so.2", RTLD_NOW | RTLD_LOCAL);
    // Some builds of libtorch contain NCCL.
    if (library == nullptr) library = dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_NOLOAD);
    TORCH_CHECK(
        library != nullptr,
        "libnccl.so.2, by which processes exchange tensors of CUDA devices, was not found");
    const auto find = [&](auto& function, const char* name) {
      void* address = dlsym(library, name);
      TORCH_CHECK(address != nullptr, "NCCL's library has no ", name);
      std::memcpy(&function, &address, sizeof address);
    };
    Nccl found{};
    find(found.unique_id, "ncclGetUniqueId");
    find(found.connect, "ncclCommInitRank");
    find(found.all_reduce, "ncclAllReduce");
    find(found.broadcast, "ncclBroadcast");
    find(found.asynchronous_error, "ncclCommGetAsyncError");
    find(found.abort, "ncclCommAbort");
    find(found.destroy, "ncclCommDestroy");
    find(found.text, "ncclGetErrorString");
    return found;
  }
};

namespace {

/// An exchange under way: done when the device has passed the event behind it.
class NcclWork : public c10d::Work {
 public:
  NcclWork(
      std::shared_ptr<NcclLane> lane, at::Tensor tensor, const c10::Stream& stream, double seconds)
      : lane_(std::move(lane)),
        tensor_(std::move(tensor)),
        event_(stream.device_type()),
        deadline_(Clock::now() + milliseconds(static_cast<int64_t>(seconds * 1000))) {
    event_.record(stream);
  }

  bool isCompleted() override {
    if (exception_ == nullptr && !event_.query()) {
      exception_ = lane_->failure();
      if (exception_ == nullptr && Clock::now() > deadline_)
        exception_ = std::make_exception_ptr(std::runtime_error("an exchange took too long"));
      if (exception_ == nullptr) return false;
    }
    return true;
  }

  /// Waits on the host, so that a loss is noticed; what follows on any stream finds the result.
  bool wait(milliseconds limit) override {
    const auto end = Clock::now() + limit;
    while (!isCompleted()) {
      TORCH_CHECK(limit == kNoTimeout || Clock::now() < end, "the exchange is still under way");
      std::this_thread::sleep_for(::kGlance);
    }
    if (exception_ != nullptr) std::rethrow_exception(exception_);
    return true;
  }

 private:
  std::shared_ptr<NcclLane> lane_;
  /// Its memory is not given to others before the exchange is done.
  at::Tensor tensor_;
  c10::Event event_;
  Clock::time_point deadline_;
};

}  // namespace

NcclLane::NcclLane(
    at::Device device, int rank, int size,
    const std::function<std::string(const std::string&)>& identifier, double seconds)
    : nccl_(Nccl::loaded()),
      device_(device),
      seconds_(seconds),
      stream_(c10::impl::VirtualGuardImpl(device.type()).getStreamFromGlobalPool(device, true)) {
  c10::DeviceGuard guard(device_);
  Identifier own{};
  if (rank == 0) nccl_.check(nccl_.unique_id(&own), "begin");
  const std::string shared = identifier(std::string(own.bytes, sizeof own.bytes));
  TORCH_CHECK(shared.size() == kIdentifierBytes, "rank 0 runs another version of NCCL");
  std::memcpy(own.bytes, shared.data(), shared.size());
  nccl_.check(nccl_.connect(&communicator_, size, own, rank), "connect the devices");
}

NcclLane::~NcclLane() {
  if (communicator_ == nullptr) return;
  c10::DeviceGuard guard(device_);
  nccl_.destroy(communicator_);
}

void NcclLane::abort() {
  if (communicator_ == nullptr) return;
  c10::DeviceGuard guard(device_);
  nccl_.abort(communicator_);
  communicator_ = nullptr;
}

std::exception_ptr NcclLane::failure() const {
  int status = kSuccess;
  if (communicator_ == nullptr) {
    return std::make_exception_ptr(std::runtime_error("the exchange was ended"));
  }
  nccl_.asynchronous_error(communicator_, &status);
  if (status == kSuccess || status == kInProgress) return nullptr;
  return std::make_exception_ptr(std::runtime_error(nccl_.text(status)));
}

c10::intrusive_ptr<c10d::Work> NcclLane::begin(
    const at::Tensor& tensor, const Exchange& exchange) {
  TORCH_CHECK(
      tensor.device() == device_, "this process exchanges tensors of ", device_, ", not of ",
      tensor.device());
  TORCH_CHECK(tensor.is_non_overlapping_and_dense(), "an exchanged tensor has gaps");
  TORCH_CHECK(communicator_ != nullptr, "the exchange was ended");
  c10::DeviceGuard guard(device_);
  const c10::impl::VirtualGuardImpl device(device_.type());
  // The values are those of the stream that computes.
  c10::Event computed(device_.type());
  computed.record(device.getStream(device_));
  computed.block(stream_);
  nccl_.check(
      exchange(
          tensor.mutable_data_ptr(), static_cast<size_t>(tensor.numel()),
          type_number(tensor.scalar_type()), stream_.native_handle()),
      "exchange a tensor");
  return c10::make_intrusive<NcclWork>(shared_from_this(), tensor, stream_, seconds_);
}

c10::intrusive_ptr<c10d::Work> NcclLane::sum(const at::Tensor& tensor) {
  return begin(tensor, [this](void* data, size_t count, int type, void* stream) {
    return nccl_.all_reduce(data, data, count, type, kSum, communicator_, stream);
  });
}

c10::intrusive_ptr<c10d::Work> NcclLane::broadcast(const at::Tensor& tensor, int root) {
  return begin(tensor, [this, root](void* data, size_t count, int type, void* stream) {
    return nccl_.broadcast(data, data, count, type, root, communicator_, stream);
  });
}

}  // namespace ct

#endif
