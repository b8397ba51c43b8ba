// Exchanges between CUDA devices by NCCL's C interface.
//
// c10d's own NCCL backend needs CUDA's and NCCL's headers, which the shim is built without: the same
// shim serves libtorch with and without CUDA. NCCL itself is what libtorch's CUDA library has loaded.
#pragma once

#include "group.h"

#ifdef CT_HAS_GROUPS
#include <c10/core/Event.h>
#include <c10/core/Stream.h>

#include <functional>
#include <memory>

namespace ct {

struct Nccl;

/// One lane's connections between the CUDA devices of all ranks; exchanges run in their order on a
/// stream of their own, beside the stream that computes.
class NcclLane : public std::enable_shared_from_this<NcclLane> {
 public:
  /// Connects the devices of all ranks, which must do so together.
  /// @param identifier gives every rank the 128 bytes that rank 0 passes to it.
  /// @param seconds how long one exchange may take.
  NcclLane(
      at::Device device, int rank, int size,
      const std::function<std::string(const std::string&)>& identifier, double seconds);
  ~NcclLane();

  /// Begins to replace a tensor by its sum over all ranks, after what its stream has been given.
  c10::intrusive_ptr<c10d::Work> sum(const at::Tensor& tensor);
  /// Begins to replace a tensor by that of a rank.
  c10::intrusive_ptr<c10d::Work> broadcast(const at::Tensor& tensor, int root);
  /// Ends the exchanges that are under way: another rank is lost.
  void abort();
  /// What has gone wrong meanwhile; null where all is well.
  std::exception_ptr failure() const;

 private:
  using Exchange = std::function<int(void* data, size_t count, int type, void* stream)>;
  c10::intrusive_ptr<c10d::Work> begin(const at::Tensor& tensor, const Exchange& exchange);

  const Nccl& nccl_;
  const at::Device device_;
  const double seconds_;
  const c10::Stream stream_;
  void* communicator_ = nullptr;
};

}  // namespace ct

#endif
