// Batch normalization over the samples of all processes: the moments of each rank are joined to those
// of the whole batch, and so are the sums of its gradient.
#include "group.h"

#ifdef CT_HAS_GROUPS
#include <ATen/ops/batch_norm_update_stats.h>
#include <ATen/ops/native_batch_norm.h>
#include <ATen/ops/native_batch_norm_backward.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>
#include <torch/csrc/autograd/custom_function.h>

namespace {

using at::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct Moments {
  Tensor mean;
  Tensor variance;
  double count;
};

/// A vector over dimension 1 in a shape that goes with an input.
Tensor spread(const Tensor& vector, const Tensor& input) {
  std::vector<int64_t> shape(input.dim(), 1);
  shape[1] = -1;
  return vector.to(input.scalar_type()).view(shape);
}

/// The mean and variance over all ranks, joined from each rank's own (Chan, Golub and LeVeque 1979):
/// no difference of large sums, so that no digits are lost.
Moments joined_moments(ct::Group& group, const Tensor& input, bool idle) {
  const int64_t features = input.size(1);
  const double own = idle ? 0.0 : static_cast<double>(input.numel() / features);
  const auto [mean, variance] = at::batch_norm_update_stats(input, {}, {}, 0.0);
  const auto options = mean.options().dtype(at::kDouble);
  Tensor table = at::zeros({group.size, 2 * features + 1}, options);
  Tensor row = table[group.rank];
  row.narrow(0, 0, features).copy_(mean);
  row.narrow(0, features, features).copy_(variance);
  row[2 * features].fill_(own);
  group.sum(table);
  const Tensor counts = table.narrow(1, 2 * features, 1);
  const Tensor means = table.narrow(1, 0, features);
  const Tensor variances = table.narrow(1, features, features);
  const double count = counts.sum().item<double>();
  TORCH_CHECK_VALUE(
      count > 1, "batch normalization over processes has ", count,
      " values of each feature; the variance of one value is not defined");
  const Tensor whole = (counts * means).sum(0) / count;
  const Tensor spread = (counts * (variances + (means - whole).square())).sum(0) / count;
  const auto place = mean.options().dtype(at::kFloat);
  return {whole.to(place), spread.to(place), count};
}

class SynchronizedBatchNorm : public torch::autograd::Function<SynchronizedBatchNorm> {
 public:
  static Tensor forward(
      AutogradContext* context, const Tensor& given, const std::optional<Tensor>& weight,
      const std::optional<Tensor>& bias, const std::optional<Tensor>& running_mean,
      const std::optional<Tensor>& running_variance, double momentum, double epsilon, bool idle,
      int64_t handle) {
    ct::Group& group = *reinterpret_cast<ct::Group*>(handle);
    const Tensor input = given.to(at::kFloat);
    const Moments moments = joined_moments(group, input, idle);
    if (running_mean.has_value()) {
      running_mean->lerp_(moments.mean, momentum);
      const double unbiased = moments.count / (moments.count - 1);
      running_variance->lerp_(moments.variance * unbiased, momentum);
    }
    const Tensor scale = weight.has_value() ? *weight : at::ones({input.size(1)}, input.options());
    context->save_for_backward({given, scale, moments.mean, moments.variance});
    context->saved_data["count"] = moments.count;
    context->saved_data["epsilon"] = epsilon;
    context->saved_data["idle"] = idle;
    context->saved_data["group"] = handle;
    context->saved_data["affine"] = weight.has_value();
    return std::get<0>(at::native_batch_norm(
                           input, scale, bias, moments.mean, moments.variance, false, 0.0, epsilon))
        .to(given.scalar_type());
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    TORCH_CHECK_NOT_IMPLEMENTED(
        !at::GradMode::is_enabled(),
        "batch normalization over processes cannot be differentiated twice");
    const auto saved = context->get_saved_variables();
    const Tensor &given = saved[0], &scale = saved[1], &mean = saved[2], &variance = saved[3];
    const double epsilon = context->saved_data["epsilon"].toDouble();
    ct::Group& group = *reinterpret_cast<ct::Group*>(context->saved_data["group"].toInt());
    const Tensor input = given.to(at::kFloat);
    const Tensor outer = gradients[0].to(at::kFloat);
    // As if mean and variance were constants: this rank's share of scale's and shift's gradients too.
    auto [inner, scale_gradient, shift_gradient] = at::native_batch_norm_backward(
        outer, input, scale, mean, variance, {}, {}, false, epsilon, {true, true, true});
    Tensor sums = at::stack({shift_gradient, scale_gradient});
    group.sum(sums);
    if (context->saved_data["idle"].toBool()) {
      // Samples that count for nothing: whatever is above them learns nothing of them.
      inner.zero_();
    } else {
      const Tensor inverse = (variance + epsilon).rsqrt();
      const Tensor factor = scale * inverse / context->saved_data["count"].toDouble();
      // What mean and variance owe to each input.
      inner.sub_((input - spread(mean, input))
                     .mul_(spread(factor * sums[1] * inverse, input))
                     .add_(spread(factor * sums[0], input)));
    }
    const bool affine = context->saved_data["affine"].toBool();
    return {inner.to(given.scalar_type()), affine ? scale_gradient : Tensor(),
            affine ? shift_gradient : Tensor(), Tensor(), Tensor(), Tensor(), Tensor(), Tensor(),
            Tensor()};
  }
};

}  // namespace

CT_EXPORT ct_status ct_group_batch_norm(
    ct_group group, ct_tensor input, ct_tensor weight, ct_tensor bias, ct_tensor running_mean,
    ct_tensor running_variance, double momentum, double epsilon, bool idle, ct_tensor* out) {
  return ct::guarded("batch normalization over processes", [&] {
    *out = ct::wrap(SynchronizedBatchNorm::apply(
        ct::tensor(input, "input"), ct::optional_tensor(weight), ct::optional_tensor(bias),
        ct::optional_tensor(running_mean), ct::optional_tensor(running_variance), momentum, epsilon,
        idle, reinterpret_cast<int64_t>(group)));
  });
}
#endif
