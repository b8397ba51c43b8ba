#include "dense_layers.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/addmm.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/rsqrt.h>
#include <ATen/ops/zeros.h>

namespace ct::dense {

namespace {

using normalization::Division;

at::Tensor product(const at::Tensor& x, const at::Tensor& weight, const OptionalTensor& bias) {
  return bias ? at::addmm(as(*bias, x.scalar_type()), x, weight.t()) : at::mm(x, weight.t());
}

template <typename T>
normalization::Gradients typed_rectified_gradients(
    const at::Tensor& dy, const at::Tensor& y, double factor) {
  const Division division(y);
  const int64_t channels = division.channels, width = channels * division.repeats;
  std::vector<float> sums(division.blocks * width, 0.0f);
  normalization::Gradients result;
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
  for (int64_t start = 0; start < division.blocks * width; start += channels)
    for (int64_t i = 0; i < channels; ++i) total[i] += sums[start + i];
  float* bias = result.bias.data_ptr<float>();
  for (int64_t i = 0; i < channels; ++i) bias[i] = static_cast<float>(total[i]);
  return result;
}

/// The gradients of what is behind the product.
normalization::Gradients gradients_behind(
    const at::Tensor& dy, const Made& made, const OptionalTensor& gamma, const Layer& layer) {
  if (layer.has_norm) {
    const normalization::Made passed{
        made.z, made.y, gamma, made.statistics, layer.norm, layer.factor()};
    return normalization::gradients(dy, passed, false);
  }
  if (layer.norm.rectified) {
    return dy.scalar_type() == at::kFloat
               ? typed_rectified_gradients<float>(dy, made.y, layer.factor())
               : typed_rectified_gradients<uint16_t>(dy, made.y, layer.factor());
  }
  normalization::Gradients plain;
  plain.input = dy;
  return plain;
}

}  // namespace

at::Tensor as(const at::Tensor& tensor, at::ScalarType type) {
  return tensor.scalar_type() == type ? tensor : tensor.to(type);
}

Made forward(const at::Tensor& x, const Parameters& parameters, const Layer& layer) {
  const ct::rows::Drop kept(layer.seed, layer.dropout);
  const ct::rows::Drop* drop = layer.dropout > 0 ? &kept : nullptr;
  Made made;
  made.x = x;
  made.w = as(parameters.weight, x.scalar_type());
  const bool adds_bias = layer.has_norm || !layer.norm.rectified;
  const at::Tensor z = product(x, made.w, adds_bias ? parameters.bias : std::nullopt);
  if (!layer.has_norm && !layer.norm.rectified) {
    made.y = z;
    return made;
  }
  made.y = at::empty_like(z);
  const Division division(z);
  if (layer.has_norm) {
    made.z = z;
    made.statistics = normalization::statistics(
        z, division, layer.running_mean, layer.running_variance, layer.norm);
  }
  normalization::write_output(
      z, made.y, division, made.statistics,
      {parameters.gamma, layer.has_norm ? parameters.beta : parameters.bias, std::nullopt,
       layer.norm.rectified, drop});
  return made;
}

Gradients backward(
    const at::Tensor& outer, const Made& made, const OptionalTensor& gamma, const Layer& layer,
    bool wants_input, bool wants_weight) {
  const auto behind = gradients_behind(outer.contiguous(), made, gamma, layer);
  const at::Tensor dz = as(behind.input, made.w.scalar_type());
  Gradients result;
  if (wants_input) result.input = at::mm(dz, made.w);
  if (wants_weight) result.weight = at::mm(dz.t(), made.x);
  if (layer.has_norm) {
    // The batch's mean takes off what a shift adds: its gradient is zero, and a sum would be rounding alone.
    if (layer.has_bias)
      result.bias = layer.norm.uses_batch ? at::zeros({dz.size(1)}, dz.options().dtype(at::kFloat))
                                          : as(dz, at::kFloat).sum(0);
    result.gamma = behind.weight;
    result.beta = behind.bias;
  } else if (layer.has_bias) {
    result.bias = behind.bias.defined() ? behind.bias : as(dz, at::kFloat).sum(0);
  }
  return result;
}

at::Tensor differentiable(
    const at::Tensor& x, const Parameters& parameters, const at::Tensor& y, const Layer& layer) {
  at::Tensor z = product(x, as(parameters.weight, x.scalar_type()), parameters.bias);
  if (layer.has_norm) {
    at::Tensor mean = layer.running_mean.value_or(at::Tensor()), inverse;
    if (layer.norm.uses_batch) {
      mean = z.mean(0);
      inverse = at::rsqrt((z - mean).square().mean(0) + layer.norm.epsilon);
    } else {
      inverse = at::rsqrt(*layer.running_variance + layer.norm.epsilon);
    }
    z = (z - mean) * inverse;
    if (parameters.gamma) z = z * *parameters.gamma;
    if (parameters.beta) z = z + *parameters.beta;
  }
  if (layer.norm.rectified) z = z * (y > 0) * layer.factor();
  return as(z, y.scalar_type());
}

}  // namespace ct::dense
