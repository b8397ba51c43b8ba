// Gradients that are summed over processes in buckets, while the backward pass still runs (Li et al.
// 2020, arXiv 2006.15704).
#include "group.h"

#ifdef CT_HAS_GROUPS
#include <ATen/core/grad_mode.h>
#include <ATen/ops/zeros.h>
#include <torch/csrc/autograd/function_hook.h>
#include <torch/csrc/autograd/variable.h>

#include <memory>
#include <numeric>

namespace {

using at::Tensor;

/// A parameter's place in a bucket.
struct Place {
  Tensor parameter;
  size_t bucket;
  int64_t offset;
  /// Its number within the bucket.
  int64_t number;
};

/// Parameters of one element type side by side, and behind them one flag for each that says on how
/// many ranks it has a gradient.
struct Bucket {
  Tensor flat;
  std::vector<size_t> members;
  int64_t elements = 0;
  size_t waiting = 0;
  c10::intrusive_ptr<c10d::Work> exchange;
};

class Buckets {
 public:
  Buckets(ct::Group& group, const std::vector<Tensor>& parameters, int64_t bytes)
      : group_(group), ready_(parameters.size(), false) {
    places_.resize(parameters.size());
    // Gradients come in about the reverse of the order of the layers.
    for (size_t left = parameters.size(); left-- > 0;) add(parameters[left], left, bytes);
    for (Bucket& bucket : buckets_) {
      const Tensor& first = places_[bucket.members.front()].parameter;
      bucket.flat = at::zeros(
          {bucket.elements + static_cast<int64_t>(bucket.members.size())}, first.options());
    }
    for (size_t index = 0; index < parameters.size(); ++index) {
      torch::autograd::impl::set_post_acc_grad_hooks(
          parameters[index], std::make_unique<Hook>(*this, index));
    }
  }

  ~Buckets() {
    for (const Place& place : places_)
      torch::autograd::impl::set_post_acc_grad_hooks(place.parameter, nullptr);
  }

  size_t count() const { return buckets_.size(); }

  void arm() {
    armed_ = true;
    next_ = 0;
    ready_.assign(places_.size(), false);
    for (Bucket& bucket : buckets_) bucket.waiting = bucket.members.size();
  }

  size_t finish() {
    at::NoGradGuard guard;
    TORCH_CHECK(armed_, "the buckets were not armed for a backward pass");
    armed_ = false;
    const size_t overlapped = next_;
    for (size_t index = 0; index < places_.size(); ++index)
      if (!ready_[index]) take(index, places_[index].parameter.grad());
    send();
    for (Bucket& bucket : buckets_) {
      group_.wait(*bucket.exchange);
      bucket.exchange.reset();
      give_back(bucket);
    }
    return overlapped;
  }

 private:
  struct Hook : torch::autograd::PostAccumulateGradHook {
    Hook(Buckets& buckets, size_t index) : buckets(buckets), index(index) {}
    void operator()(const Tensor& parameter) override { buckets.arrived(index, parameter); }
    Buckets& buckets;
    size_t index;
  };

  void add(const Tensor& parameter, size_t index, int64_t bytes) {
    const int64_t size = parameter.numel();
    const bool fits = !buckets_.empty() && [&] {
      const Bucket& last = buckets_.back();
      const Tensor& first = places_[last.members.front()].parameter;
      return first.dtype() == parameter.dtype() && first.device() == parameter.device() &&
             (last.elements + size) * static_cast<int64_t>(parameter.element_size()) <= bytes;
    }();
    if (!fits) buckets_.emplace_back();
    Bucket& bucket = buckets_.back();
    places_[index] = {
        parameter, buckets_.size() - 1, bucket.elements,
        static_cast<int64_t>(bucket.members.size())};
    bucket.members.push_back(index);
    bucket.elements += size;
  }

  void arrived(size_t index, const Tensor& parameter) {
    if (!armed_ || ready_[index]) return;
    at::NoGradGuard guard;
    take(index, parameter.grad());
    send();
  }

  /// The part of a bucket that belongs to a parameter, in the parameter's memory order.
  Tensor part(const Place& place) const {
    const Tensor& flat = buckets_[place.bucket].flat;
    const Tensor part = flat.narrow(0, place.offset, place.parameter.numel());
    return place.parameter.is_non_overlapping_and_dense()
               ? part.as_strided(
                     place.parameter.sizes(), place.parameter.strides(), part.storage_offset())
               : part.view(place.parameter.sizes());
  }

  void take(size_t index, const Tensor& gradient) {
    const Place& place = places_[index];
    Bucket& bucket = buckets_[place.bucket];
    Tensor flag = bucket.flat[bucket.elements + place.number];
    if (gradient.defined()) {
      part(place).copy_(gradient);
      flag.fill_(1);
    } else {
      part(place).zero_();
      flag.zero_();
    }
    ready_[index] = true;
    --bucket.waiting;
  }

  /// Begins the exchange of full buckets, in the same order on all ranks.
  void send() {
    for (; next_ < buckets_.size() && buckets_[next_].waiting == 0; ++next_)
      buckets_[next_].exchange =
          group_.begin_sum(buckets_[next_].flat, ct::Group::kGradients);
  }

  void give_back(Bucket& bucket) {
    const Tensor flags =
        bucket.flat.narrow(0, bucket.elements, bucket.members.size()).to(at::kCPU, at::kFloat);
    const float* counts = flags.const_data_ptr<float>();
    for (size_t index : bucket.members) {
      const Place& place = places_[index];
      if (!(counts[place.number] > 0)) continue;
      Tensor& gradient = place.parameter.mutable_grad();
      if (gradient.defined()) {
        gradient.copy_(part(place));
      } else {
        gradient = part(place).clone();
      }
    }
  }

  ct::Group& group_;
  std::vector<Place> places_;
  std::vector<Bucket> buckets_;
  std::vector<bool> ready_;
  size_t next_ = 0;
  bool armed_ = false;
};

Buckets& buckets_of(ct_buckets handle) { return *reinterpret_cast<Buckets*>(handle); }

}  // namespace

CT_EXPORT ct_status ct_buckets_new(
    ct_group group, const ct_tensor* parameters, ct_int count, ct_int bytes, ct_buckets* out) {
  return ct::guarded("gradient buckets", [&] {
    *out = reinterpret_cast<ct_buckets>(
        new Buckets(ct::group(group), ct::tensor_list(parameters, count), bytes));
  });
}

CT_EXPORT void ct_buckets_free(ct_buckets buckets) { delete &buckets_of(buckets); }

CT_EXPORT ct_int ct_buckets_count(ct_buckets buckets) {
  return static_cast<ct_int>(buckets_of(buckets).count());
}

CT_EXPORT void ct_buckets_arm(ct_buckets buckets) { buckets_of(buckets).arm(); }

CT_EXPORT ct_status ct_buckets_finish(ct_buckets buckets, ct_int* overlapped) {
  return ct::guarded("sum of gradients", [&] {
    *overlapped = static_cast<ct_int>(buckets_of(buckets).finish());
  });
}
#endif
