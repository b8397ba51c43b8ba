// Process groups. c10d's Gloo backend is compiled into libtorch, but its header wants Gloo's own
// headers, which no wheel has: see Sources/CTorch/gloo.
#include "group.h"

#ifdef CT_HAS_GROUPS
#include "nccl.h"

#define USE_C10D_GLOO
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// How often a waiting process looks whether another one is known to be lost.
constexpr milliseconds kGlance{500};
/// How much longer than the others the process stays that hosts the meeting point, so that they can
/// ask.
constexpr milliseconds kHostStays{1500};

milliseconds in_milliseconds(double seconds) {
  return milliseconds(static_cast<int64_t>(seconds * 1000));
}

thread_local std::vector<bool> came;

/// Meets the other processes; remembers which came.
void join(c10d::Store& store, int rank, int size, const std::string& attempt, milliseconds limit) {
  came.assign(size, false);
  const auto name = [&](int other) { return attempt + "/joined/" + std::to_string(other); };
  store.set(name(rank), std::vector<uint8_t>{1});
  const auto deadline = Clock::now() + limit;
  for (int other = 0; other < size;) {
    came[other] = store.check({name(other)});
    if (came[other]) {
      ++other;
    } else if (Clock::now() > deadline) {
      for (; other < size; ++other) came[other] = store.check({name(other)});
      TORCH_CHECK(false, "not all processes came to the meeting point");
    } else {
      std::this_thread::sleep_for(milliseconds(20));
    }
  }
}

/// This machine's address on the way to a host. The machine's own name, which Gloo would take, often
/// stands for an address that other machines cannot reach.
std::string address_toward(const char* host, ct_int port) {
  addrinfo hints{}, *found = nullptr;
  hints.ai_socktype = SOCK_DGRAM;
  const int status = getaddrinfo(host, std::to_string(port).c_str(), &hints, &found);
  TORCH_CHECK(status == 0, host, ": ", gai_strerror(status));
  char name[NI_MAXHOST] = "";
  // Connecting a datagram socket sends nothing: it only chooses the way.
  const int probe = socket(found->ai_family, SOCK_DGRAM, 0);
  sockaddr_storage own{};
  socklen_t length = sizeof own;
  const bool known =
      probe >= 0 && connect(probe, found->ai_addr, found->ai_addrlen) == 0 &&
      getsockname(probe, reinterpret_cast<sockaddr*>(&own), &length) == 0 &&
      getnameinfo(
          reinterpret_cast<sockaddr*>(&own), length, name, sizeof name, nullptr, 0,
          NI_NUMERICHOST) == 0;
  if (probe >= 0) close(probe);
  freeaddrinfo(found);
  TORCH_CHECK(known, "there is no way to ", host);
  return name;
}

c10::intrusive_ptr<c10d::Store> meeting_point(const ct_group_options& options) {
  c10d::TCPStoreOptions store;
  store.port = static_cast<uint16_t>(options.port);
  store.isServer = options.hosts;
  store.waitWorkers = false;
  store.timeout = in_milliseconds(options.join_seconds);
  if (options.hosts && options.listening_socket >= 0)
    store.masterListenFd = static_cast<int>(options.listening_socket);
  return c10::make_intrusive<c10d::TCPStore>(options.host, store);
}

c10::intrusive_ptr<c10d::Backend> backend(
    const c10::intrusive_ptr<c10d::Store>& store, const std::string& prefix,
    const ct_group_options& options) {
  using Gloo = c10d::ProcessGroupGloo;
  auto settings = Gloo::Options::create(in_milliseconds(options.timeout_seconds));
  settings->threads = 1;
  settings->devices.push_back(
      options.interface != nullptr
          ? Gloo::createDeviceForInterface(options.interface)
          : Gloo::createDeviceForHostname(address_toward(options.host, options.port)));
  return c10::make_intrusive<Gloo>(
      c10::make_intrusive<c10d::PrefixStore>(prefix, store), static_cast<int>(options.rank),
      static_cast<int>(options.size), settings);
}

}  // namespace

namespace ct {

bool came(int rank) {
  return rank < static_cast<int>(::came.size()) && ::came[rank];
}

Group::Group(const ct_group_options& options)
    : rank(static_cast<int>(options.rank)),
      size(static_cast<int>(options.size)),
      roll_call_seconds_(options.roll_call_seconds),
      timeout_seconds_(options.timeout_seconds),
      attempt_(std::string("hone/") + (options.attempt != nullptr ? options.attempt : "0")) {
  ::came.assign(size, false);
  store_ = meeting_point(options);
  join(*store_, rank, size, attempt_, in_milliseconds(options.join_seconds));
  lanes_[kSteps] = backend(store_, attempt_ + "/steps", options);
  lanes_[kGradients] = backend(store_, attempt_ + "/gradients", options);
  watcher_ = std::thread([this] { watch(); });
}

Group::~Group() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  watcher_.join();
  // Gloo's destructor waits for exchanges that are under way, which nobody joins after a loss: their
  // threads are left to the end of the process.
  if (failed || lost_ || left_) {
    for (auto& lane : lanes_) lane.release();
    for (auto& lane : nccl_lanes_)
      if (lane != nullptr) lane->abort();
  }
}

/// The lane of CUDA's tensors; its first exchange connects the devices of all ranks.
NcclLane& Group::nccl(Lane lane, at::Device device) {
  if (nccl_lanes_[lane] == nullptr) {
    const std::string name = attempt_ + "/nccl/" + std::to_string(lane);
    const auto identifier = [&](const std::string& own) {
      if (rank == 0) store_->set(name, std::vector<uint8_t>(own.begin(), own.end()));
      while (!store_->check({name})) {
        TORCH_CHECK(!lost_, "another process of the group has been lost");
        std::this_thread::sleep_for(milliseconds(5));
      }
      const auto bytes = store_->get(name);
      return std::string(bytes.begin(), bytes.end());
    };
    nccl_lanes_[lane] =
        std::make_shared<NcclLane>(device, rank, size, identifier, timeout_seconds_);
  }
  return *nccl_lanes_[lane];
}

c10::intrusive_ptr<c10d::Work> Group::begin_sum(const at::Tensor& tensor, Lane lane) {
  if (tensor.is_cuda()) return nccl(lane, tensor.device()).sum(tensor);
  TORCH_CHECK_NOT_IMPLEMENTED(
      tensor.is_cpu(), "processes exchange tensors of the CPU and of CUDA devices, not of ",
      tensor.device());
  std::vector<at::Tensor> tensors{tensor};
  return lanes_[lane]->allreduce(tensors);
}

void Group::sum(const at::Tensor& tensor) { wait(*begin_sum(tensor, kSteps)); }

void Group::broadcast(const at::Tensor& tensor, int root) {
  // Both want their elements side by side.
  at::Tensor staged = tensor.contiguous();
  if (tensor.is_cuda()) {
    wait(*nccl(kSteps, tensor.device()).broadcast(staged, root));
  } else {
    std::vector<at::Tensor> tensors{staged};
    c10d::BroadcastOptions options;
    options.rootRank = root;
    wait(*lanes_[kSteps]->broadcast(tensors, options));
  }
  if (!staged.is_same(tensor)) tensor.copy_(staged);
}

void Group::wait(c10d::Work& work) {
  try {
    while (!work.isCompleted()) {
      try {
        work.wait(kGlance);
      } catch (const std::exception&) {
        // The glance's time is over, or the exchange has failed: then it is completed, and says so below.
      }
      TORCH_CHECK(
          work.isCompleted() || !lost_, "another process of the group has been lost");
    }
    work.wait();
  } catch (...) {
    failed = true;
    // A kernel that waits for a lost rank would hold up all that the device is given.
    for (auto& lane : nccl_lanes_)
      if (lane != nullptr) lane->abort();
    throw;
  }
}

std::string Group::key(const char* name, int other) const {
  return attempt_ + "/" + name + "/" + std::to_string(other);
}

/// The watching thread: answers for this process, which may be in the middle of long work, and looks
/// whether another is missed.
void Group::watch() {
  while (true) {
    {
      std::unique_lock<std::mutex> lock(mutex_);
      changed_.wait_for(lock, kGlance, [&] { return ending_ || lost_; });
      if (ending_) return;
    }
    try {
      if (!lost_ && !store_->check({attempt_ + "/lost"})) continue;
      lost_ = true;
      ask();
    } catch (...) {
      // Without an answer from the meeting point it is the process that hosts it that is gone.
      std::lock_guard<std::mutex> lock(mutex_);
      missing_.assign(size, false);
      reasons_.assign(size, "");
      missing_[0] = true;
    }
    lost_ = true;
    std::lock_guard<std::mutex> lock(mutex_);
    asked_ = true;
    changed_.notify_all();
    return;
  }
}

/// Asks who is still there and why others left.
void Group::ask() {
  std::vector<bool> missing(size, true);
  std::vector<std::string> reasons(size);
  store_->set(key("alive", rank), std::vector<uint8_t>{1});
  store_->set(attempt_ + "/lost", std::vector<uint8_t>{1});
  const auto deadline = Clock::now() + in_milliseconds(roll_call_seconds_);
  for (bool all = false; !all && Clock::now() < deadline;) {
    all = true;
    for (int other = 0; other < size; ++other) {
      if (missing[other]) missing[other] = !store_->check({key("alive", other)});
      all = all && !missing[other];
    }
    std::this_thread::sleep_for(milliseconds(50));
  }
  for (int other = 0; other < size; ++other) {
    if (!store_->check({key("left", other)})) continue;
    const auto bytes = store_->get(key("left", other));
    reasons[other] = std::string(bytes.begin(), bytes.end());
    missing[other] = true;
  }
  store_->set(key("asked", rank), std::vector<uint8_t>{1});
  {
    std::lock_guard<std::mutex> lock(mutex_);
    missing_ = missing;
    reasons_ = reasons;
  }
  // Whoever hosts the meeting point stays until the others have asked as well.
  const auto leaving = deadline + kHostStays;
  for (int other = 0; rank == 0 && other < size && Clock::now() < leaving;) {
    if (missing[other] || store_->check({key("asked", other)})) {
      ++other;
    } else {
      std::this_thread::sleep_for(milliseconds(50));
    }
  }
}

void Group::announce_loss() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    lost_ = true;
  }
  changed_.notify_all();
}

void Group::leave(const std::string& reason) {
  left_ = true;
  try {
    store_->set(key("left", rank), std::vector<uint8_t>(reason.begin(), reason.end()));
    store_->set(attempt_ + "/lost", std::vector<uint8_t>{1});
  } catch (...) {
    // The meeting point is gone: the others notice that as well.
  }
  if (rank == 0) roll_call();
}

std::vector<bool> Group::roll_call() {
  announce_loss();
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [&] { return asked_; });
  return missing_;
}

std::string Group::reason(int other) {
  std::lock_guard<std::mutex> lock(mutex_);
  return other < static_cast<int>(reasons_.size()) ? reasons_[other] : "";
}

}  // namespace ct

#endif
