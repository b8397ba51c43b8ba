// Batch normalization with what usually follows it, the addition of a shortcut and a rectifier, in two
// passes over memory forward and two backward, for maps whose channels lie innermost on the CPU. Other
// inputs go through libtorch's operators one by one. The sums are taken over blocks whose extents
// depend on the shape alone, so the result does not depend on the number of threads.
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/batch_norm.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/ones_like.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/rsqrt.h>
#include <ATen/ops/where.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <vector>

#include "../core/guarded.h"
#include "../include/ctorch.h"
#include "row_passes.h"

namespace {

using ct::rows::Block;
using OptionalTensor = std::optional<at::Tensor>;

struct Options {
  bool uses_batch;
  double momentum;
  double epsilon;
  bool rectified;
};

at::MemoryFormat inner_channels(const at::Tensor& x) {
  if (x.dim() == 4) return at::MemoryFormat::ChannelsLast;
  if (x.dim() == 5) return at::MemoryFormat::ChannelsLast3d;
  return at::MemoryFormat::Contiguous;
}

/// How a map is divided among threads, and seen as wider rows.
struct Division {
  int64_t rows, channels, repeats, block_rows, blocks;

  explicit Division(const at::Tensor& x) {
    constexpr int64_t width = 64, block_values = 16384;
    channels = x.size(1);
    rows = x.numel() / channels;
    repeats = std::clamp<int64_t>(width / channels, 1, rows);
    const int64_t wanted = std::max<int64_t>(block_values / channels, 1);
    block_rows = (wanted + repeats - 1) / repeats * repeats;
    blocks = (rows + block_rows - 1) / block_rows;
  }

  int64_t rows_of(int64_t block) const {
    return std::min(block_rows, rows - block * block_rows);
  }

  /// Runs the body with each block's number, in parallel.
  template <typename Body>
  void for_each_block(const Body& body) const {
    at::parallel_for(0, blocks, 2, [&](int64_t begin, int64_t end) {
      for (int64_t block = begin; block < end; ++block) body(block);
    });
  }

  /// Calls the pass for the wide rows of a block, then for the rows that fill none.
  template <typename Pass>
  void wide_rows(int64_t block, const Pass& pass) const {
    const int64_t count = rows_of(block), wide = count / repeats, rest = count % repeats;
    const int64_t start = block * block_rows * channels;
    if (wide > 0) pass(start, Block{wide, channels * repeats});
    if (rest > 0) pass(start + wide * repeats * channels, Block{rest, channels});
  }

  /// A value per channel, repeated to the width of wide rows.
  template <typename Value>
  std::vector<float> repeated(const Value& value) const {
    std::vector<float> values(channels * repeats);
    for (int64_t channel = 0; channel < channels; ++channel)
      values[channel] = static_cast<float>(value(channel));
    for (int64_t i = channels; i < channels * repeats; ++i) values[i] = values[i - channels];
    return values;
  }
};

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
    const double weight = count / (before + count);
    for (int64_t channel = 0; channel < channels; ++channel) {
      double sum = 0, squares = 0;
      for (int64_t i = channel; i < width; i += channels) {
        sum += own[i];
        squares += own[width + i];
      }
      const double mean = number(first[channel]) + sum / count;
      const double step = mean - all.mean[channel];
      all.mean[channel] += step * weight;
      all.squares[channel] += squares - sum * sum / count + step * step * before * weight;
    }
    before += division.rows_of(block);
  }
  return all;
}

const float* floats(const OptionalTensor& tensor) {
  return tensor ? tensor->const_data_ptr<float>() : nullptr;
}

template <typename T>
const T* pointer(const at::Tensor& tensor) {
  return static_cast<const T*>(tensor.const_data_ptr());
}

/// Means and inverse deviations that an output was made with.
struct Statistics {
  at::Tensor mean, inverse;
};

Statistics statistics(
    const at::Tensor& x, const Division& division, const OptionalTensor& running_mean,
    const OptionalTensor& running_variance, const Options& options) {
  const auto kind = x.options().dtype(at::kFloat);
  Statistics result{at::empty({division.channels}, kind), at::empty({division.channels}, kind)};
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
  for (int64_t i = 0; i < division.channels; ++i) {
    mean[i] = static_cast<float>(all.mean[i]);
    inverse[i] = static_cast<float>(1 / std::sqrt(all.squares[i] / count + options.epsilon));
  }
  if (running_mean && running_variance) {
    float* means = running_mean->data_ptr<float>();
    float* variances = running_variance->data_ptr<float>();
    for (int64_t i = 0; i < division.channels; ++i) {
      means[i] = static_cast<float>(momentum * all.mean[i] + (1 - momentum) * means[i]);
      variances[i] = static_cast<float>(
          momentum * all.squares[i] / (count - 1) + (1 - momentum) * variances[i]);
    }
  }
  return result;
}

template <typename T>
void write_output(
    const at::Tensor& x, const OptionalTensor& added, at::Tensor& y, const Division& division,
    const std::vector<float>& scale, const std::vector<float>& offset, bool rectified) {
  const T* from = pointer<T>(x);
  const T* other = added ? pointer<T>(*added) : nullptr;
  T* to = static_cast<T*>(y.data_ptr());
  division.for_each_block([&](int64_t block) {
    division.wide_rows(block, [&](int64_t start, const Block& rows) {
      ct::rows::affine(
          from + start, other ? other + start : nullptr, to + start, rows,
          {scale.data(), offset.data(), rectified});
    });
  });
}

/// What the passes backward give.
struct Gradients {
  at::Tensor input, weight, bias, added;
};

template <typename T>
Gradients gradients(
    const at::Tensor& dy, const at::Tensor& x, const at::Tensor& y, const OptionalTensor& weight,
    const Statistics& statistics, const Options& options, bool keeps_masked) {
  const Division division(x);
  const int64_t channels = division.channels, width = channels * division.repeats;
  const float* mean = statistics.mean.const_data_ptr<float>();
  const float* inverse = statistics.inverse.const_data_ptr<float>();
  const float* scale = floats(weight);
  Gradients result;
  if (keeps_masked) result.added = options.rectified ? at::empty_like(dy) : dy;
  const bool masks = keeps_masked && options.rectified;
  const T* gradient = pointer<T>(dy);
  const T* input = pointer<T>(x);
  const T* output = options.rectified ? pointer<T>(y) : nullptr;
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
    for (int64_t i = 0; i < width; ++i) {
      sum[i % channels] += own[i];
      product[i % channels] += own[width + i];
    }
  }
  const auto kind = x.options().dtype(at::kFloat);
  result.weight = at::empty({channels}, kind);
  result.bias = at::empty({channels}, kind);
  for (int64_t i = 0; i < channels; ++i) {
    result.weight.data_ptr<float>()[i] = static_cast<float>(product[i] * inverse[i]);
    result.bias.data_ptr<float>()[i] = static_cast<float>(sum[i]);
  }

  // dx = scale inverse (g - mean of g - (x - mean) inverse^2 (mean of g (x - mean)))
  const double count = static_cast<double>(division.rows);
  const auto factor = [&](int64_t i) { return (scale ? scale[i] : 1.0) * inverse[i]; };
  const auto slope = [&](int64_t i) {
    if (!options.uses_batch) return 0.0;
    return -factor(i) * inverse[i] * inverse[i] * product[i] / count;
  };
  const auto offset = [&](int64_t i) {
    return options.uses_batch ? -factor(i) * sum[i] / count - slope(i) * mean[i] : 0.0;
  };
  const auto factors = division.repeated(factor);
  const auto slopes = division.repeated(slope);
  const auto offsets = division.repeated(offset);
  result.input = at::empty_like(x);
  T* to = static_cast<T*>(result.input.data_ptr());
  division.for_each_block([&](int64_t block) {
    division.wide_rows(block, [&](int64_t start, const Block& rows) {
      ct::rows::gradient(
          gradient + start, input + start, output ? output + start : nullptr, to + start, rows,
          {factors.data(), slopes.data(), offsets.data()});
    });
  });
  return result;
}

/// The same gradients through operators that know their own, for being differentiated again.
Gradients differentiable_gradients(
    at::Tensor dy, const at::Tensor& x, const at::Tensor& y, const OptionalTensor& weight,
    const Statistics& statistics, const Options& options) {
  std::vector<int64_t> others{0}, shape(x.dim(), 1);
  for (int64_t dimension = 2; dimension < x.dim(); ++dimension) others.push_back(dimension);
  shape[1] = x.size(1);
  if (options.rectified) dy = dy * (y > 0);
  at::Tensor mean = statistics.mean.view(shape), inverse = statistics.inverse.view(shape);
  if (options.uses_batch) {
    mean = x.mean(others, true);
    inverse = at::rsqrt((x - mean).square().mean(others, true) + options.epsilon);
  }
  const at::Tensor normalized = (x - mean) * inverse;
  Gradients result;
  result.added = dy;
  result.weight = (dy * normalized).sum(others);
  result.bias = dy.sum(others);
  const at::Tensor scale = weight ? weight->view(shape) * inverse : inverse;
  result.input = options.uses_batch
                     ? scale * (dy - dy.mean(others, true) -
                                normalized * (dy * normalized).mean(others, true))
                     : scale * dy;
  return result;
}

class FusedBatchNorm : public torch::autograd::Function<FusedBatchNorm> {
 public:
  static at::Tensor forward(
      torch::autograd::AutogradContext* context, const at::Tensor& x, const OptionalTensor& weight,
      const OptionalTensor& bias, const OptionalTensor& added, const OptionalTensor& running_mean,
      const OptionalTensor& running_variance, const Options& options) {
    const Division division(x);
    const Statistics made = statistics(x, division, running_mean, running_variance, options);
    const float* mean = made.mean.const_data_ptr<float>();
    const float* inverse = made.inverse.const_data_ptr<float>();
    const float* gamma = floats(weight);
    const float* beta = floats(bias);
    const auto factor = [&](int64_t i) { return (gamma ? gamma[i] : 1.0) * inverse[i]; };
    const auto scale = division.repeated(factor);
    const auto offset = division.repeated(
        [&](int64_t i) { return (beta ? beta[i] : 0.0) - mean[i] * factor(i); });
    at::Tensor y = at::empty_like(x);
    const auto write = x.scalar_type() == at::kFloat ? write_output<float> : write_output<uint16_t>;
    write(x, added, y, division, scale, offset, options.rectified);
    context->save_for_backward(
        {x, weight.value_or(at::Tensor()), made.mean, made.inverse,
         options.rectified ? y : at::Tensor()});
    context->saved_data["usesBatch"] = options.uses_batch;
    context->saved_data["epsilon"] = options.epsilon;
    context->saved_data["rectified"] = options.rectified;
    context->saved_data["hasWeight"] = weight.has_value();
    context->saved_data["hasBias"] = bias.has_value();
    context->saved_data["hasAdded"] = added.has_value();
    return y;
  }

  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext* context, torch::autograd::variable_list outputs) {
    const auto saved = context->get_saved_variables();
    const at::Tensor& x = saved[0];
    const OptionalTensor weight = saved[1].defined() ? OptionalTensor(saved[1]) : std::nullopt;
    const Statistics made{saved[2], saved[3]};
    const Options options{
        context->saved_data["usesBatch"].toBool(), 0, context->saved_data["epsilon"].toDouble(),
        context->saved_data["rectified"].toBool()};
    // Arguments that are not there have no number among the inputs.
    size_t inputs = 1;
    const auto is_needed = [&](const char* name) {
      return context->saved_data[name].toBool() && context->needs_input_grad(inputs++);
    };
    const bool needs_weight = is_needed("hasWeight"), needs_bias = is_needed("hasBias");
    const bool needs_added = is_needed("hasAdded");
    Gradients result;
    if (at::GradMode::is_enabled()) {
      result = differentiable_gradients(outputs[0], x, saved[4], weight, made, options);
    } else {
      const at::Tensor dy = outputs[0].contiguous(inner_channels(x));
      const auto compute = x.scalar_type() == at::kFloat ? gradients<float> : gradients<uint16_t>;
      result = compute(dy, x, saved[4], weight, made, options, needs_added);
    }
    const at::Tensor none;
    return {
        context->needs_input_grad(0) ? result.input : none, needs_weight ? result.weight : none,
        needs_bias ? result.bias : none, needs_added ? result.added : none, none, none, none};
  }
};

/// Whether the passes can take these arguments as they lie.
bool suits(
    const at::Tensor& x, const OptionalTensor& weight, const OptionalTensor& bias,
    const OptionalTensor& added, const OptionalTensor& running_mean,
    const OptionalTensor& running_variance) {
  const auto format = inner_channels(x);
  const auto is_float = [&](const OptionalTensor& tensor) {
    return !tensor || (tensor->scalar_type() == at::kFloat && tensor->is_contiguous() &&
                       tensor->numel() == x.size(1));
  };
  const bool has_type = x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16;
  return x.is_cpu() && has_type && x.dim() != 3 && x.numel() > 0 && x.is_contiguous(format) &&
         is_float(weight) && is_float(bias) && is_float(running_mean) &&
         is_float(running_variance) &&
         (!added || (added->is_cpu() && added->scalar_type() == x.scalar_type() &&
                     added->sizes() == x.sizes()));
}

at::Tensor one_by_one(
    const at::Tensor& x, const OptionalTensor& weight, const OptionalTensor& bias,
    const OptionalTensor& added, const OptionalTensor& running_mean,
    const OptionalTensor& running_variance, const Options& options) {
  at::Tensor y = at::batch_norm(
      x, weight, bias, running_mean, running_variance, options.uses_batch, options.momentum,
      options.epsilon, true);
  if (added) y = y + *added;
  return options.rectified ? at::relu(y) : y;
}

}  // namespace

CT_EXPORT ct_status ct_fused_batch_norm(
    ct_tensor input, ct_tensor weight, ct_tensor bias, ct_tensor added, ct_tensor running_mean,
    ct_tensor running_variance, const ct_batch_norm_options* options, ct_tensor* out) {
  return ct::guarded("batch_norm", [&] {
    const at::Tensor& x = ct::tensor(input, "input");
    const auto gamma = ct::optional_tensor(weight), beta = ct::optional_tensor(bias);
    const auto other = ct::optional_tensor(added);
    const auto mean = ct::optional_tensor(running_mean);
    const auto variance = ct::optional_tensor(running_variance);
    const Options chosen{
        options->uses_batch, options->momentum, options->epsilon, options->rectified};
    if (!options->fuses || !suits(x, gamma, beta, other, mean, variance)) {
      *out = ct::wrap(one_by_one(x, gamma, beta, other, mean, variance, chosen));
      return;
    }
    OptionalTensor added_as_x = other;
    if (other) added_as_x = other->contiguous(inner_channels(x));
    *out = ct::wrap(FusedBatchNorm::apply(x, gamma, beta, added_as_x, mean, variance, chosen));
  });
}
