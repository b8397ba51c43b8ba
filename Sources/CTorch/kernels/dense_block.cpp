// A linear map, and the batch normalization, rectifier and dropout behind it, as one node of the graph:
// forward one product and the passes of batch normalization, with dropout inside the last of them;
// backward two passes and two products. What dropout and the rectifier let through is read off the
// output, so that neither has a tensor of its own.
#include <ATen/TensorOperators.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/addmm.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/mm.h>
#include <torch/csrc/autograd/custom_function.h>

#include "../core/guarded.h"
#include "../include/ctorch.h"
#include "choice.h"
#include "dropout.h"
#include "normalization.h"

namespace {

using namespace ct::normalization;

/// What a block is besides its tensors.
struct Block {
  bool has_norm;
  Options norm;
  double dropout;
  uint64_t seed;
  OptionalTensor running_mean, running_variance;

  double factor() const { return dropout > 0 ? 1 / (1 - dropout) : 1; }
};

/// Kept for the backward pass beside the tensors.
struct Record : public torch::CustomClassHolder {
  explicit Record(const Block& block) : block(block) {}
  Block block;
  bool has_bias = false, has_weight = false, has_shift = false;
};

at::Tensor as(const at::Tensor& tensor, at::ScalarType type) {
  return tensor.scalar_type() == type ? tensor : tensor.to(type);
}

at::Tensor product(const at::Tensor& x, const at::Tensor& weight, const OptionalTensor& bias) {
  return bias ? at::addmm(as(*bias, x.scalar_type()), x, weight.t()) : at::mm(x, weight.t());
}

/// The output without normalization: plus the bias, rectified, dropped.
at::Tensor rectified(const at::Tensor& z, const OptionalTensor& bias, const ct::rows::Drop* drop) {
  at::Tensor y = at::empty_like(z);
  write_output(z, y, Division(z), Statistics(), {std::nullopt, bias, std::nullopt, true, drop});
  return y;
}

template <typename T>
Gradients typed_rectified_gradients(const at::Tensor& dy, const at::Tensor& y, double factor) {
  const Division division(y);
  const int64_t channels = division.channels, width = channels * division.repeats;
  std::vector<float> sums(division.blocks * width, 0.0f);
  Gradients result;
  result.input = at::empty_like(y);
  result.bias = at::empty({channels}, y.options().dtype(at::kFloat));
  const T* gradient = static_cast<const T*>(dy.const_data_ptr());
  const T* output = static_cast<const T*>(y.const_data_ptr());
  T* to = static_cast<T*>(result.input.data_ptr());
  division.for_each_block([&](int64_t block) {
    division.wide_rows(block, [&](int64_t start, const ct::rows::Block& rows) {
      ct::rows::rectified_gradient(
          gradient + start, output + start, to + start, rows, static_cast<float>(factor),
          sums.data() + block * width);
    });
  });
  std::vector<double> total(channels, 0.0);
  for (int64_t i = 0; i < division.blocks * width; ++i) total[i % width % channels] += sums[i];
  for (int64_t i = 0; i < channels; ++i)
    result.bias.data_ptr<float>()[i] = static_cast<float>(total[i]);
  return result;
}

class DenseBlock : public torch::autograd::Function<DenseBlock> {
 public:
  static at::Tensor forward(
      torch::autograd::AutogradContext* context, const at::Tensor& input, const at::Tensor& weight,
      const OptionalTensor& bias, const OptionalTensor& gamma, const OptionalTensor& beta,
      at::ScalarType type, const Block& block) {
    const at::Tensor x = as(input.contiguous(), type), w = as(weight, type);
    const ct::rows::Drop kept(block.seed, block.dropout);
    const ct::rows::Drop* drop = block.dropout > 0 ? &kept : nullptr;
    at::Tensor z = product(x, w, block.has_norm ? bias : std::nullopt), y;
    Statistics made;
    if (block.has_norm) {
      const Division division(z);
      made = statistics(z, division, block.running_mean, block.running_variance, block.norm);
      y = at::empty_like(z);
      write_output(z, y, division, made, {gamma, beta, std::nullopt, block.norm.rectified, drop});
    } else {
      y = rectified(z, bias, drop);
      z = at::Tensor();
    }
    auto record = c10::make_intrusive<Record>(block);
    record->has_bias = bias.has_value();
    record->has_weight = gamma.has_value();
    record->has_shift = beta.has_value();
    context->saved_data["record"] = c10::IValue::make_capsule(record);
    const at::Tensor none;
    context->save_for_backward(
        {input, weight, x.is_same(input) ? none : x, w.is_same(weight) ? none : w, z,
         block.norm.rectified ? y : none, gamma.value_or(none), made.mean, made.inverse,
         bias.value_or(none)});
    return y;
  }

  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext* context, torch::autograd::variable_list outputs) {
    const auto saved = context->get_saved_variables();
    const auto capsule = context->saved_data["record"].toCapsule();
    const auto record = c10::static_intrusive_pointer_cast<Record>(capsule);
    const Block& block = record->block;
    size_t inputs = 2;
    const auto is_needed = [&](bool present) {
      return present && context->needs_input_grad(inputs++);
    };
    const bool needs_bias = is_needed(record->has_bias), needs_gamma = is_needed(record->has_weight);
    const bool needs_beta = is_needed(record->has_shift);
    const bool is_repeated = at::GradMode::is_enabled();
    at::Tensor x = saved[2].defined() ? saved[2] : saved[0];
    at::Tensor w = saved[3].defined() ? saved[3] : saved[1];
    const OptionalTensor bias = saved[9].defined() ? OptionalTensor(saved[9]) : std::nullopt;
    Made made{
        saved[4], saved[5], saved[6].defined() ? OptionalTensor(saved[6]) : std::nullopt,
        Statistics{saved[7], saved[8]}, block.norm, block.factor()};
    if (is_repeated) {
      // The products once more, as part of the graph that is being made.
      x = as(saved[0], outputs[0].scalar_type());
      w = as(saved[1], outputs[0].scalar_type());
      if (block.has_norm) made.x = product(x, w, bias);
    }
    Gradients behind = gradients_behind(outputs[0], made, block, is_repeated);
    const at::Tensor none, dz = as(behind.input, w.scalar_type());
    const bool sums_bias = needs_bias && (block.has_norm || is_repeated);
    return {
        context->needs_input_grad(0) ? as(at::mm(dz, w), saved[0].scalar_type()) : none,
        context->needs_input_grad(1) ? as(at::mm(dz.t(), x), saved[1].scalar_type()) : none,
        sums_bias    ? as(dz, at::kFloat).sum(0)
        : needs_bias ? behind.bias
                     : none,
        needs_gamma ? behind.weight : none,
        needs_beta ? behind.bias : none,
        none,
        none};
  }

 private:
  /// The gradients of what is behind the product.
  static Gradients gradients_behind(
      const at::Tensor& outer, const Made& made, const Block& block, bool is_repeated) {
    if (is_repeated) {
      if (block.has_norm) return differentiable_gradients(outer, made);
      Gradients result;
      result.input = outer * (made.y > 0) * made.factor;
      return result;
    }
    const at::Tensor dy = outer.contiguous();
    if (block.has_norm) return gradients(dy, made, false);
    return dy.scalar_type() == at::kFloat
               ? typed_rectified_gradients<float>(dy, made.y, made.factor)
               : typed_rectified_gradients<uint16_t>(dy, made.y, made.factor);
  }
};

/// The element type that the product is computed in; none where the block cannot be fused.
std::optional<at::ScalarType> computing_type(const at::Tensor& x, const at::Tensor& weight) {
  const bool fits = x.is_cpu() && x.dim() == 2 && x.numel() > 0 && weight.is_cpu() &&
                    weight.dim() == 2 && weight.scalar_type() == at::kFloat &&
                    weight.is_contiguous() && x.size(1) == weight.size(1);
  if (!fits) return std::nullopt;
  const bool is_half = x.scalar_type() == at::kBFloat16;
  if (!at::autocast::is_autocast_enabled(at::kCPU))
    return x.scalar_type() == at::kFloat ? std::optional(at::kFloat) : std::nullopt;
  const bool casts = at::autocast::get_autocast_dtype(at::kCPU) == at::kBFloat16;
  return casts && (is_half || x.scalar_type() == at::kFloat) ? std::optional(at::kBFloat16)
                                                             : std::nullopt;
}

}  // namespace

CT_EXPORT ct_status ct_dense_block(
    ct_tensor input, ct_tensor weight, ct_tensor bias, const ct_dense_norm* norm, bool rectified,
    double dropout, ct_generator generator, ct_tensor* out) {
  *out = nullptr;
  return ct::guarded("dense block", [&] {
    const at::Tensor& x = ct::tensor(input, "input");
    const at::Tensor& w = ct::tensor(weight, "weight");
    const auto type = computing_type(x, w);
    const int64_t features = w.size(0);
    const auto shift = ct::optional_tensor(bias);
    OptionalTensor gamma, beta;
    Block block{norm != nullptr, {false, 0, 0, rectified}, rectified ? dropout : 0, 0, {}, {}};
    if (norm != nullptr) {
      gamma = ct::optional_tensor(norm->weight);
      beta = ct::optional_tensor(norm->bias);
      block.running_mean = ct::optional_tensor(norm->running_mean);
      block.running_variance = ct::optional_tensor(norm->running_variance);
      block.norm.uses_batch = norm->uses_batch;
      block.norm.momentum = norm->momentum;
      block.norm.epsilon = norm->epsilon;
    }
    const bool has_statistics =
        norm == nullptr || (norm->uses_batch ? x.size(0) > 1
                                             : block.running_mean && block.running_variance);
    const bool fits = !ct::uses_standard_kernels() && type && (norm != nullptr || rectified) &&
                      has_statistics && is_per_channel(shift, features) &&
                      is_per_channel(gamma, features) && is_per_channel(beta, features) &&
                      is_per_channel(block.running_mean, features) &&
                      is_per_channel(block.running_variance, features);
    if (!fits) return;
    if (norm != nullptr && norm->uses_batch && norm->count != nullptr) {
      at::Tensor& count = ct::tensor(norm->count, "count");
      if (count.scalar_type() == at::kLong && count.is_cpu())
        *count.data_ptr<int64_t>() += 1;
    }
    if (block.dropout > 0) block.seed = ct::next_seed(generator);
    *out = ct::wrap(DenseBlock::apply(x, w, shift, gamma, beta, *type, block));
  });
}
