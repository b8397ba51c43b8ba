#include "weight_gradient.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <vector>

#include "../core/threads.h"
#include "convolution_tiles.h"
#include "gradient_tiles.h"

namespace ct::direct {

namespace {

/// Parts of a batch, each with sums of its own.
constexpr int64_t most_parts = 8;
/// Words of packed rows, so that they stay in a core's own cache.
constexpr int64_t band_words = 1 << 16;
/// Weights above this are left to libtorch: the sums of all parts together would leave the caches.
constexpr int64_t most_weights = 1 << 16;
/// Products for which a thread pays.
constexpr int64_t portion = 1 << 19;

/// What is computed.
struct Gradient {
  int64_t images, inputs, height, width, outputs, rows, columns, out_height, out_width;
  Walk walk;
  bool is_bfloat16;

  int64_t groups() const { return outputs / lanes; }
  int64_t taps() const { return columns * inputs; }
  int64_t sums() const { return rows * groups() * taps() * lanes; }
  int64_t parts() const { return std::min(images, most_parts); }
  int64_t pixels_of_step() const { return is_bfloat16 ? 2 : 1; }
  int64_t steps() const { return (out_width + pixels_of_step() - 1) / pixels_of_step(); }
  /// Pixels of the input from one step to the next.
  int64_t advance() const { return walk.stride * pixels_of_step(); }
  /// The words of a row and channel that a step begins with; a window of one column skips the others.
  int64_t words_of_step() const { return columns == 1 ? 1 : advance(); }
  int64_t words_of_row() const { return (steps() - 1) * words_of_step() + columns; }
  int64_t input_row() const { return words_of_row() * inputs; }
  /// The gradient for the outputs is read where it lies in float32.
  int64_t output_row() const { return (is_bfloat16 ? steps() : out_width) * outputs; }
  /// The rows of the input that some rows of outputs reach, in the image.
  int64_t first_row(int64_t begin) const { return std::max<int64_t>(begin * walk.stride - walk.padding[0], 0); }
  int64_t last_row(int64_t end) const {
    return std::min((end - 1) * walk.stride - walk.padding[0] + rows, height);
  }
  int64_t words_of(int64_t out_rows) const {
    const int64_t in_rows = std::min((out_rows - 1) * walk.stride + rows, height);
    return in_rows * input_row() + (is_bfloat16 ? out_rows * output_row() : 0);
  }
  int64_t rows_at_once() const {
    int64_t count = out_height;
    while (count > 1 && words_of(count) > band_words) count = (count + 1) / 2;
    return count;
  }
  int64_t images_at_once() const { return std::max<int64_t>(band_words / words_of(out_height), 1); }
};

/// Some rows of some images, packed.
struct Band {
  std::vector<uint32_t>& input = kept<0>();
  std::vector<uint32_t>& output = kept<1>();

 private:
  template <int which>
  static std::vector<uint32_t>& kept() {
    static thread_local std::vector<uint32_t> values;
    return values;
  }
};

uint32_t* room(std::vector<uint32_t>& values, int64_t words) {
  if (values.size() < static_cast<size_t>(words)) values.resize(words);
  return values.data();
}

/// What all parts share.
struct Work {
  const Gradient& of;
  const void *images, *outputs;

  /// Adds what some images contribute.
  void run(int64_t begin, int64_t end, float* sums) const {
    const int64_t rows = of.rows_at_once(), images_at_once = of.images_at_once();
    for (; begin < end; begin += images_at_once)
      for (int64_t row = 0; row < of.out_height; row += rows)
        add(begin, std::min(images_at_once, end - begin), row, std::min(of.out_height, row + rows), sums);
  }

 private:
  /// Adds what some rows of outputs of some images contribute.
  void add(int64_t image, int64_t count, int64_t begin, int64_t end, float* sums) const {
    Band band;
    const int64_t first = of.first_row(begin), last = of.last_row(end);
    if (last <= first) return;
    GradientJob job;
    job.taps = of.taps();
    job.images = count;
    job.steps = of.steps();
    job.input_row = of.input_row();
    job.input_image = (last - first) * job.input_row;
    job.input_step = of.words_of_step() * of.inputs;
    job.output_row = of.output_row();
    job.output_step = of.outputs;
    uint32_t* x = room(band.input, count * job.input_image);
    for (int64_t i = 0; i < count; ++i)
      for (int64_t row = first; row < last; ++row)
        pack_input(image + i, row, x + i * job.input_image + (row - first) * job.input_row);
    job.input = x;
    if (of.is_bfloat16) {
      job.output_image = (end - begin) * job.output_row;
      uint32_t* y = room(band.output, count * job.output_image);
      for (int64_t i = 0; i < count; ++i)
        for (int64_t row = begin; row < end; ++row)
          pack_pairs(
              {outputs_as<uint16_t>() + ((image + i) * of.out_height + row) * of.out_width * of.outputs,
               of.out_width, of.outputs, 0, 1, 2},
              job.steps, y + i * job.output_image + (row - begin) * job.output_row);
      job.output = y;
    } else {
      job.output_image = of.out_height * job.output_row;
      job.output = outputs_as<uint32_t>() + (image * of.out_height + begin) * job.output_row;
    }
    run_rows(job, begin, end, first, sums);
  }

  /// The rows of the window, each over the rows of outputs whose input is inside of the image.
  void run_rows(GradientJob job, int64_t begin, int64_t end, int64_t first, float* sums) const {
    const auto* const x = job.input;
    const auto* const y = job.output;
    const int64_t stride = of.walk.stride;
    job.input_row *= stride;
    for (int64_t row = 0; row < of.rows; ++row) {
      const int64_t shift = of.walk.padding[0] - row;
      const int64_t low = std::max(begin, shift <= 0 ? 0 : (shift + stride - 1) / stride);
      const int64_t high = std::min(end, (of.height - 1 + shift + stride) / stride);
      if (high <= low) continue;
      job.rows = high - low;
      job.input = x + (low * stride - shift - first) * of.input_row();
      for (int64_t group = 0; group < of.groups(); ++group) {
        job.output = y + (low - begin) * job.output_row + group * lanes;
        job.sums = sums + (row * of.groups() + group) * of.taps() * lanes;
        run_gradient_tiles(job, of.is_bfloat16);
      }
    }
  }

  template <typename Value>
  const Value* outputs_as() const { return static_cast<const Value*>(outputs); }

  void pack_input(int64_t image, int64_t row, uint32_t* to) const {
    const int64_t offset = (image * of.height + row) * of.width * of.inputs;
    const int64_t next = of.columns == 1 ? of.advance() : 1;
    if (of.is_bfloat16) {
      pack_pairs(
          {static_cast<const uint16_t*>(images) + offset, of.width, of.inputs, -of.walk.padding[1],
           of.walk.stride, next},
          of.words_of_row(), to);
      return;
    }
    const auto* const x = static_cast<const uint32_t*>(images) + offset;
    for (int64_t word = 0; word < of.words_of_row(); ++word, to += of.inputs) {
      const int64_t pixel = word * next - of.walk.padding[1];
      if (pixel >= 0 && pixel < of.width)
        std::copy_n(x + pixel * of.inputs, of.inputs, to);
      else
        std::fill_n(to, of.inputs, 0);
    }
  }
};

/// The sums of all parts in the order `[outputs, rows, columns, inputs]`.
void gather(const Gradient& of, const float* sums, float* result) {
  const int64_t taps = of.taps(), output = of.rows * taps;
  ct::divide(of.rows * of.groups(), portion / (taps * lanes * of.parts()) + 1, [&](int64_t begin, int64_t end) {
    for (int64_t at = begin; at < end; ++at) {
      float* const to = result + (at % of.groups()) * lanes * output + at / of.groups() * taps;
      for (int64_t tap = 0; tap < taps; ++tap) {
        float total[lanes] = {};
        for (int64_t part = 0; part < of.parts(); ++part)
          for (int64_t lane = 0; lane < lanes; ++lane)
            total[lane] += sums[part * of.sums() + (at * taps + tap) * lanes + lane];
        for (int64_t lane = 0; lane < lanes; ++lane) to[lane * output + tap] = total[lane];
      }
    }
  });
}

}  // namespace

bool suits_gradient(
    const at::Tensor& images, const at::Tensor& weight, const Walk& walk, at::ScalarType type) {
  const bool is_bfloat16 = type == at::kBFloat16;
  // In float32 libtorch's kernel is as fast with few inputs.
  const int64_t least_inputs = is_bfloat16 ? 16 : 32;
  return (is_bfloat16 || type == at::kFloat) && has_gradient_tiles(is_bfloat16) &&
         images.dim() == 4 && images.is_contiguous(at::MemoryFormat::ChannelsLast) &&
         images.size(0) >= most_parts && weight.size(0) % lanes == 0 &&
         weight.size(1) >= least_inputs && weight.size(1) % 8 == 0 &&
         weight.numel() <= most_weights && (walk.stride == 1 || walk.stride == 2);
}

at::Tensor weight_gradient(
    const at::Tensor& images, const at::Tensor& outputs, at::IntArrayRef weight, const Walk& walk) {
  const Gradient of{
      images.size(0), images.size(1), images.size(2), images.size(3),
      weight[0], weight[2], weight[3], outputs.size(2), outputs.size(3), walk,
      images.scalar_type() == at::kBFloat16};
  const auto options = images.options().dtype(at::kFloat);
  const at::Tensor sums = at::zeros({of.parts(), of.sums()}, options);
  const Work work{of, images.const_data_ptr(), outputs.const_data_ptr()};
  auto* const values = sums.data_ptr<float>();
  const int64_t products = of.out_height * of.out_width * of.sums() * of.images / of.parts();
  ct::divide(of.parts(), portion / std::max<int64_t>(products, 1) + 1, [&](int64_t begin, int64_t end) {
    for (int64_t part = begin; part < end; ++part)
      work.run(
          part * of.images / of.parts(), (part + 1) * of.images / of.parts(),
          values + part * of.sums());
  });
  const at::Tensor result = at::empty({of.outputs, of.rows, of.columns, of.inputs}, options);
  gather(of, values, result.data_ptr<float>());
  return result.permute({0, 3, 1, 2}).to(images.scalar_type());
}

}  // namespace ct::direct
