// A process group over libtorch's Gloo backend, with NCCL beside it for CUDA's tensors, and what follows
// when one of its processes is lost.
#pragma once

#include "../core/guarded.h"
#include "../include/ctorch.h"

// A libtorch that was built without its distributed part has no such header.
#if __has_include(<torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>)
#define CT_HAS_GROUPS

#include <torch/csrc/distributed/c10d/Work.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace c10d {
class Backend;
class Store;
}  // namespace c10d

namespace ct {

class NcclLane;

/// A process's connections to the others. Tensors of the CPU go by Gloo, those of CUDA devices by NCCL,
/// whose lanes are connected at their first exchange.
class Group {
 public:
  /// Exchanges of one lane are begun in the same order on all ranks; lanes are independent.
  enum Lane { kSteps = 0, kGradients = 1 };

  explicit Group(const ct_group_options& options);
  ~Group();

  /// Begins to replace a tensor by its sum over all ranks.
  c10::intrusive_ptr<c10d::Work> begin_sum(const at::Tensor& tensor, Lane lane);
  /// Waits for an exchange, and notices meanwhile where another rank is lost.
  void wait(c10d::Work& work);
  void sum(const at::Tensor& tensor);
  void broadcast(const at::Tensor& tensor, int root);

  /// Says why this process stops, and lets the others look it up.
  void leave(const std::string& reason);
  /// Which ranks do not answer, after asking them.
  std::vector<bool> roll_call();
  /// Why a rank left; known after a roll call.
  std::string reason(int rank);

  const int rank;
  const int size;
  std::atomic<bool> failed{false};

 private:
  void watch();
  void ask();
  void announce_loss();
  NcclLane& nccl(Lane lane, at::Device device);
  std::string key(const char* name, int rank) const;

  const double roll_call_seconds_;
  const double timeout_seconds_;
  std::string attempt_;
  c10::intrusive_ptr<c10d::Store> store_;
  c10::intrusive_ptr<c10d::Backend> lanes_[2];
  std::shared_ptr<NcclLane> nccl_lanes_[2];

  // What the watching thread knows of the others.
  std::mutex mutex_;
  std::condition_variable changed_;
  bool ending_ = false;
  bool asked_ = false;
  std::vector<bool> missing_;
  std::vector<std::string> reasons_;
  /// Whether some process has been missed, here or elsewhere.
  std::atomic<bool> lost_{false};
  bool left_ = false;
  std::thread watcher_;
};

/// Whether a rank came to the meeting point of the group that was last connected on this thread.
bool came(int rank);

inline Group& group(ct_group handle) { return *reinterpret_cast<Group*>(handle); }

}  // namespace ct

#endif
