#include "normalization.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/rsqrt.h>

#include <cmath>

#include "../core/allocate.h"

namespace ct::normalization {

using ct::rows::Block;

namespace {

float number(float x) { return x; }
float number(uint16_t x) { return c10::detail::f32_from_bits(x); }

/// The mean and the sum of squared deviations of each channel.
struct Moments {
  std::vector<double> mean, squares;
};

/// Of each block about its own first row, then joined (Chan, Golub and LeVeque 1983).
template <typename T>
Moments moments(const T* x, const Division& division) {
  const int64_t channels = division.channels, width = channels * division.repeats;
  std::vector<float> sums(division.blocks * width * 2, 0.0f);
  division.for_each_block([&](int64_t block) {
    const T* first = x + block * division.block_rows * channels;
    const auto shift = division.repeated([&](int64_t channel) { return number(first[channel]); });
    float* own = sums.data() + block * width * 2;
    division.wide_rows(block, [&](int64_t start, const Block& rows) {
      ct::rows::moments(x + start, rows, {shift.data(), own, own + width});
    });
  });
  Moments all{std::vector<double>(channels, 0.0), std::vector<double>(channels, 0.0)};
  int64_t before = 0;
  for (int64_t block = 0; block < division.blocks; ++block) {
    const T* first = x + block * division.block_rows * channels;
    const float* own = sums.data() + block * width * 2;
    const double count = static_cast<double>(division.rows_of(block));
    const double weight = count / (before + count), share = 1 / count;
    for (int64_t channel = 0; channel < channels; ++channel) {
      double sum = 0, squares = 0;
      for (int64_t i = channel; i < width; i += channels) {
        sum += own[i];
        squares += own[width + i];
      }
      const double mean = number(first[channel]) + sum * share;
      const double step = mean - all.mean[channel];
      all.mean[channel] += step * weight;
      all.squares[channel] += squares - sum * sum * share + step * step * before * weight;
    }
    before += division.rows_of(block);
  }
  return all;
}

template <typename T>
const T* pointer(const at::Tensor& tensor) {
  return static_cast<const T*>(tensor.const_data_ptr());
}

template <typename T>
void write(
    const at::Tensor& x, at::Tensor& y, const Division& division, const ct::rows::Affine& map,
    const OptionalTensor& added) {
  const T* from = pointer<T>(x);
  const T* other = added ? pointer<T>(*added) : nullptr;
  T* to = static_cast<T*>(y.data_ptr());
  division.for_each_block([&](int64_t block) {
    division.wide_rows(block, [&](int64_t start, const Block& rows) {
      ct::rows::Affine own = map;
      own.first = static_cast<uint32_t>(start);
      ct::rows::affine(from + start, other ? other + start : nullptr, to + start, rows, own);
    });
  });
}

}  // namespace

at::MemoryFormat inner_channels(const at::Tensor& x) {
  if (x.dim() == 4) return at::MemoryFormat::ChannelsLast;
  if (x.dim() == 5) return at::MemoryFormat::ChannelsLast3d;
  return at::MemoryFormat::Contiguous;
}

const float* floats(const OptionalTensor& tensor) {
  return tensor ? tensor->const_data_ptr<float>() : nullptr;
}

Statistics statistics(
    const at::Tensor& x, const Division& division, const OptionalTensor& running_mean,
    const OptionalTensor& running_variance, const Options& options) {
  Statistics result{ct::uninitialized({division.channels}), ct::uninitialized({division.channels})};
  float* mean = result.mean.data_ptr<float>();
  float* inverse = result.inverse.data_ptr<float>();
  if (!options.uses_batch) {
    const float* given = floats(running_variance);
    std::copy_n(floats(running_mean), division.channels, mean);
    for (int64_t i = 0; i < division.channels; ++i)
      inverse[i] = static_cast<float>(1 / std::sqrt(given[i] + options.epsilon));
    return result;
  }
  const Moments all = x.scalar_type() == at::kFloat ? moments(pointer<float>(x), division)
                                                    : moments(pointer<uint16_t>(x), division);
  const double count = static_cast<double>(division.rows), momentum = options.momentum;
  const double share = 1 / count, unbiased = momentum / (count - 1);
  for (int64_t i = 0; i < division.channels; ++i) {
    mean[i] = static_cast<float>(all.mean[i]);
    inverse[i] = static_cast<float>(1 / std::sqrt(all.squares[i] * share + options.epsilon));
  }
  if (running_mean && running_variance) {
    float* means = running_mean->data_ptr<float>();
    float* variances = running_variance->data_ptr<float>();
    for (int64_t i = 0; i < division.channels; ++i) {
      means[i] = static_cast<float>(momentum * all.mean[i] + (1 - momentum) * means[i]);
      variances[i] =
          static_cast<float>(unbiased * all.squares[i] + (1 - momentum) * variances[i]);
    }
    // What was folded by the former values is out of date.
    running_mean->unsafeGetTensorImpl()->bump_version();
    running_variance->unsafeGetTensorImpl()->bump_version();
  }
  return result;
}

void write_output(
    const at::Tensor& x, at::Tensor& y, const Division& division, const Statistics& statistics,
    const Output& output) {
  const bool normalizes = statistics.mean.defined();
  const float* mean = normalizes ? statistics.mean.const_data_ptr<float>() : nullptr;
  const float* inverse = normalizes ? statistics.inverse.const_data_ptr<float>() : nullptr;
  const float* gamma = floats(output.weight);
  const float* beta = floats(output.bias);
  const auto factor = [&](int64_t i) { return (gamma ? gamma[i] : 1.0) * (inverse ? inverse[i] : 1.0); };
  const auto scale = division.repeated(factor);
  const auto offset = division.repeated([&](int64_t i) {
    return (beta ? beta[i] : 0.0) - (mean ? mean[i] * factor(i) : 0.0);
  });
  const auto kind = x.scalar_type() == at::kFloat ? write<float> : write<uint16_t>;
  kind(x, y, division, {scale.data(), offset.data(), output.rectified, output.drop, 0}, output.added);
}

namespace {

template <typename T>
Gradients typed_gradients(const at::Tensor& dy, const Made& made, bool keeps_masked) {
  const at::Tensor& x = made.x;
  const Statistics& statistics = made.statistics;
  const Options& options = made.options;
  const Division division(x);
  const int64_t channels = division.channels, width = channels * division.repeats;
  const float* mean = statistics.mean.const_data_ptr<float>();
  const float* inverse = statistics.inverse.const_data_ptr<float>();
  const float* scale = floats(made.weight);
  Gradients result;
  if (keeps_masked) result.added = options.rectified ? ct::uninitialized_like(dy) : dy;
  const bool masks = keeps_masked && options.rectified;
  const T* gradient = pointer<T>(dy);
  const T* input = pointer<T>(x);
  const T* output = options.rectified ? pointer<T>(made.y) : nullptr;
  T* masked = masks ? static_cast<T*>(result.added.data_ptr()) : nullptr;

  std::vector<float> sums(division.blocks * width * 2, 0.0f);
  const auto shift = division.repeated([&](int64_t channel) { return mean[channel]; });
  division.for_each_block([&](int64_t block) {
    float* own = sums.data() + block * width * 2;
    division.wide_rows(block, [&](int64_t start, const Block& rows) {
      ct::rows::gradient_sums(
          gradient + start, input + start, output ? output + start : nullptr,
          masked ? masked + start : nullptr, rows, {shift.data(), own, own + width});
    });
  });
  std::vector<double> sum(channels, 0.0), product(channels, 0.0);
  for (int64_t block = 0; block < division.blocks; ++block) {
    const float* own = sums.data() + block * width * 2;
    for (int64_t start = 0; start < width; start += channels)
      for (int64_t i = 0; i < channels; ++i) {
        sum[i] += own[start + i];
        product[i] += own[width + start + i];
      }
  }
  for (double& value : sum) value *= made.factor;
  for (double& value : product) value *= made.factor;
  result.weight = ct::uninitialized({channels});
  result.bias = ct::uninitialized({channels});
  float* weight = result.weight.data_ptr<float>();
  float* bias = result.bias.data_ptr<float>();
  for (int64_t i = 0; i < channels; ++i) {
    weight[i] = static_cast<float>(product[i] * inverse[i]);
    bias[i] = static_cast<float>(sum[i]);
  }

  // dx = scale inverse (g - mean of g - (x - mean) inverse^2 (mean of g (x - mean)))
  const double share = options.uses_batch ? 1 / static_cast<double>(division.rows) : 0;
  const auto factor = [&](int64_t i) { return (scale ? scale[i] : 1.0) * inverse[i]; };
  const auto slope = [&](int64_t i) {
    return -factor(i) * inverse[i] * inverse[i] * product[i] * share;
  };
  const auto offset = [&](int64_t i) { return -factor(i) * sum[i] * share - slope(i) * mean[i]; };
  const auto factors = division.repeated([&](int64_t i) { return factor(i) * made.factor; });
  const auto slopes = division.repeated(slope);
  const auto offsets = division.repeated(offset);
  result.input = ct::uninitialized_like(x);
  T* to = static_cast<T*>(result.input.data_ptr());
  if (masked) {
    // What was zeroed already needs no second look at the outputs.
    gradient = masked;
    output = nullptr;
  }
  division.for_each_block([&](int64_t block) {
    division.wide_rows(block, [&](int64_t start, const Block& rows) {
      ct::rows::gradient(
          gradient + start, input + start, output ? output + start : nullptr, to + start, rows,
          {factors.data(), slopes.data(), offsets.data()});
    });
  });
  return result;
}

}  // namespace

Gradients gradients(const at::Tensor& dy, const Made& made, bool keeps_masked) {
  const auto kind =
      made.x.scalar_type() == at::kFloat ? typed_gradients<float> : typed_gradients<uint16_t>;
  return kind(dy, made, keeps_masked);
}

Gradients differentiable_gradients(at::Tensor dy, const Made& made) {
  const at::Tensor& x = made.x;
  const Options& options = made.options;
  std::vector<int64_t> others{0}, shape(x.dim(), 1);
  for (int64_t dimension = 2; dimension < x.dim(); ++dimension) others.push_back(dimension);
  shape[1] = x.size(1);
  if (options.rectified) dy = dy * (made.y > 0);
  if (made.factor != 1) dy = dy * made.factor;
  at::Tensor mean = made.statistics.mean.view(shape), inverse = made.statistics.inverse.view(shape);
  if (options.uses_batch) {
    mean = x.mean(others, true);
    inverse = at::rsqrt((x - mean).square().mean(others, true) + options.epsilon);
  }
  const at::Tensor normalized = (x - mean) * inverse;
  Gradients result;
  result.added = dy;
  result.weight = (dy * normalized).sum(others);
  result.bias = dy.sum(others);
  const at::Tensor scale = made.weight ? made.weight->view(shape) * inverse : inverse;
  result.input = options.uses_batch
                     ? scale * (dy - dy.mean(others, true) -
                                normalized * (dy * normalized).mean(others, true))
                     : scale * dy;
  return result;
}

bool is_per_channel(const OptionalTensor& values, int64_t channels) {
  return !values || (values->scalar_type() == at::kFloat && values->is_contiguous() &&
                     values->numel() == channels);
}

}  // namespace ct::normalization
