#include "dense_layers.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/addmm.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/rsqrt.h>

#include "../core/allocate.h"
#include "products.h"

namespace ct::dense {

namespace {

using normalization::Division;

/// The sums of columns that lie repeated in the sums of wide rows, for each block of them.
at::Tensor joined(const std::vector<float>& sums, int64_t channels) {
  std::vector<double> total(channels, 0.0);
  const auto count = static_cast<int64_t>(sums.size());
  for (int64_t start = 0; start < count; start += channels)
    for (int64_t i = 0; i < channels; ++i) total[i] += sums[start + i];
  at::Tensor result = ct::uninitialized({channels});
  std::copy(total.begin(), total.end(), result.data_ptr<float>());
  return result;
}

template <typename T>
at::Tensor typed_column_sums(const at::Tensor& dy) {
  const Division division(dy);
  const int64_t width = division.channels * division.repeats;
  std::vector<float> sums(division.blocks * width, 0.0f);
  const T* gradient = static_cast<const T*>(dy.const_data_ptr());
  division.for_each_block([&](int64_t block) {
    division.wide_rows(block, [&](int64_t start, const ct::rows::Block& rows) {
      ct::rows::column_sums(gradient + start, rows, sums.data() + block * width);
    });
  });
  return joined(sums, division.channels);
}

at::Tensor zeros(int64_t count) {
  at::Tensor result = ct::uninitialized({count});
  std::fill_n(result.data_ptr<float>(), count, 0.0f);
  return result;
}

template <typename T>
normalization::Gradients typed_rectified_gradients(
    const at::Tensor& dy, const at::Tensor& y, double factor) {
  const Division division(y);
  const int64_t channels = division.channels, width = channels * division.repeats;
  std::vector<float> sums(division.blocks * width, 0.0f);
  normalization::Gradients result;
  result.input = ct::uninitialized_like(y);
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
  result.bias = joined(sums, channels);
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

at::Tensor column_sums(const at::Tensor& rows) {
  return rows.scalar_type() == at::kFloat ? typed_column_sums<float>(rows)
                                          : typed_column_sums<uint16_t>(rows);
}

Made forward(const at::Tensor& x, const Parameters& parameters, const Layer& layer) {
  const ct::rows::Drop kept(layer.seed, layer.dropout);
  const ct::rows::Drop* drop = layer.dropout > 0 ? &kept : nullptr;
  Made made;
  made.x = x;
  made.w = as(parameters.weight, x.scalar_type());
  const bool adds_bias = layer.has_norm || !layer.norm.rectified;
  OptionalTensor bias = adds_bias ? parameters.bias : std::nullopt;
  if (bias) bias = as(*bias, x.scalar_type());
  const at::Tensor z = products::linear(x, made.w, bias);
  if (!layer.has_norm && !layer.norm.rectified) {
    made.y = z;
    return made;
  }
  made.y = ct::uninitialized_like(z);
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
  if (wants_input) result.input = products::plain(dz, made.w);
  if (wants_weight) result.weight = products::transposed(dz, made.x);
  if (layer.has_norm) {
    // The batch's mean takes off what a shift adds: its gradient is zero, and a sum would be rounding alone.
    if (layer.has_bias)
      result.bias = layer.norm.uses_batch ? zeros(dz.size(1)) : column_sums(dz);
    result.gamma = behind.weight;
    result.beta = behind.bias;
  } else if (layer.has_bias) {
    result.bias = behind.bias.defined() ? behind.bias : column_sums(dz);
  }
  return result;
}

at::Tensor differentiable(
    const at::Tensor& x, const Parameters& parameters, const at::Tensor& y, const Layer& layer) {
  const at::Tensor w = as(parameters.weight, x.scalar_type());
  at::Tensor z = parameters.bias ? at::addmm(as(*parameters.bias, x.scalar_type()), x, w.t())
                                 : at::mm(x, w.t());
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
