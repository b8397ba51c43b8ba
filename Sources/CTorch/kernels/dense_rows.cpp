#include "dense_rows.h"

#include <ATen/ops/empty.h>
#include <torch/csrc/autograd/functions/utils.h>

#include <algorithm>
#include <vector>

#include "../core/threads.h"
#include "versions.h"

namespace ct::dense {

namespace {

/// Rows up to which a weight is better read once for all of them than packed for a product.
constexpr int64_t most_rows = 4;
/// Weights for which a thread pays.
constexpr int64_t portion = 65536;

// Several sums, so that additions need not wait for one another.
constexpr int64_t lanes = 16, sums = 4;
typedef float Lanes __attribute__((vector_size(lanes * sizeof(float)), aligned(4), may_alias));

wide_part float product(const float* a, const float* b, int64_t count) {
  const auto* x = reinterpret_cast<const Lanes*>(a);
  const auto* y = reinterpret_cast<const Lanes*>(b);
  const int64_t whole = count / lanes;
  Lanes parts[sums] = {};
  int64_t place = 0;
  for (; place + sums <= whole; place += sums)
    for (int64_t k = 0; k < sums; ++k) parts[k] += x[place + k] * y[place + k];
  for (; place < whole; ++place) parts[0] += x[place] * y[place];
  // Halves are added to each other, which takes four additions one after another instead of sixteen.
  const Lanes all = (parts[0] + parts[1]) + (parts[2] + parts[3]);
  const auto eight = __builtin_shufflevector(all, all, 0, 1, 2, 3, 4, 5, 6, 7) +
                     __builtin_shufflevector(all, all, 8, 9, 10, 11, 12, 13, 14, 15);
  const auto four = __builtin_shufflevector(eight, eight, 0, 1, 2, 3) +
                    __builtin_shufflevector(eight, eight, 4, 5, 6, 7);
  float result = (four[0] + four[2]) + (four[1] + four[3]);
  for (int64_t i = whole * lanes; i < count; ++i) result += a[i] * b[i];
  return result;
}

/// A layer whose normalization has become a scale and an offset of each output.
struct Map {
  int64_t inputs, outputs;
  const float* weight;
  std::vector<float> scale, offset;
  bool rectified;
};

/// The outputs from one to another of all rows.
wide_versions void write(
    const Map& map, const float* x, float* y, int64_t rows, int64_t begin, int64_t end) {
  for (int64_t output = begin; output < end; ++output) {
    const float* weight = map.weight + output * map.inputs;
    for (int64_t row = 0; row < rows; ++row) {
      const float sum = product(x + row * map.inputs, weight, map.inputs);
      const float z = sum * map.scale[output] + map.offset[output];
      y[row * map.outputs + output] = map.rectified && z < 0 ? 0 : z;
    }
  }
}

/// What a normalization by known statistics does with its input, for each channel.
struct Statistics {
  const float *mean, *variance, *gamma, *beta;
  double epsilon;
};

/// Makes the offset before the normalization the one behind it, and writes the scale.
wide_versions void fold(const Statistics& of, int64_t count, float* scale, float* offset) {
  typedef double Wide __attribute__((vector_size(8 * sizeof(double))));
  constexpr int64_t wide = 8;
  for (int64_t first = 0; first < count; first += wide) {
    const int64_t end = std::min(count, first + wide);
    Wide variance = {1, 1, 1, 1, 1, 1, 1, 1};
    for (int64_t i = first; i < end; ++i) variance[i - first] = of.variance[i] + of.epsilon;
    const Wide spread = __builtin_elementwise_sqrt(variance);
    for (int64_t i = first; i < end; ++i) {
      const auto factor = static_cast<float>((of.gamma ? of.gamma[i] : 1.0) / spread[i - first]);
      scale[i] = factor;
      offset[i] = (offset[i] - of.mean[i]) * factor + (of.beta ? of.beta[i] : 0.0f);
    }
  }
}

Map map_of(const Layer& layer, const Parameters& own) {
  const int64_t outputs = own.weight.size(0);
  Map map{
      own.weight.size(1), outputs, own.weight.const_data_ptr<float>(),
      std::vector<float>(outputs, 1.0f), std::vector<float>(outputs, 0.0f), layer.norm.rectified};
  const float* bias = normalization::floats(own.bias);
  if (bias != nullptr) std::copy_n(bias, outputs, map.offset.data());
  if (!layer.has_norm) return map;
  using normalization::floats;
  fold({floats(layer.running_mean), floats(layer.running_variance), floats(own.gamma), floats(own.beta),
        layer.norm.epsilon},
       outputs, map.scale.data(), map.offset.data());
  return map;
}

bool suits(const Block& block, const std::vector<at::Tensor>& tensors) {
  if (block.type != at::kFloat || tensors[0].size(0) > most_rows) return false;
  for (const Layer& layer : block.layers)
    if (layer.dropout > 0 || (layer.has_norm && layer.norm.uses_batch)) return false;
  return !torch::autograd::compute_requires_grad(tensors);
}

}  // namespace

std::optional<at::Tensor> answers(const Block& block, const std::vector<at::Tensor>& tensors) {
  if (!suits(block, tensors)) return std::nullopt;
  const at::Tensor x = tensors[0].contiguous();
  const int64_t rows = x.size(0);
  std::vector<float> between, next;
  const float* from = x.const_data_ptr<float>();
  at::Tensor result;
  size_t place = 1;
  for (size_t number = 0; number < block.layers.size(); ++number) {
    const Layer& layer = block.layers[number];
    const Map map = map_of(layer, parameters(layer, tensors, place));
    float* to = nullptr;
    if (number + 1 == block.layers.size()) {
      result = at::empty({rows, map.outputs}, x.options());
      to = result.data_ptr<float>();
    } else {
      next.resize(rows * map.outputs);
      to = next.data();
    }
    ct::divide(map.outputs, portion / (map.inputs * rows) + 1, [&](int64_t begin, int64_t end) {
      write(map, from, to, rows, begin, end);
    });
    between.swap(next);
    from = between.data();
  }
  return result;
}

}  // namespace ct::dense
