#include "direct_convolution.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <vector>

#include "../core/threads.h"
#include "convolution_tiles.h"

namespace ct::direct {

namespace {

/// Products for which a thread pays.
constexpr int64_t portion = 1 << 19;
/// What a band holds at most, so that it stays in a core's own cache.
constexpr int64_t band_values = 1 << 16;
/// A weight above this is better read by one thread each part of it.
constexpr int64_t large_weight = 1 << 17;

/// A convolution over a batch.
struct Convolution {
  int64_t images, inputs, height, width, outputs, rows, columns, out_height, out_width;
  Walk walk;

  int64_t blocks() const { return (inputs + lanes - 1) / lanes; }
  int64_t groups() const { return outputs / lanes; }
  int64_t padded_width() const { return width + 2 * walk.padding[1]; }
  int64_t products_of_row() const { return out_width * outputs * inputs * rows * columns; }
  /// The rows of the input, with its border, that so many rows of outputs read.
  int64_t input_rows(int64_t count) const { return (count - 1) * walk.stride + rows; }
  /// How many rows of outputs are computed from one band.
  int64_t rows_at_once() const {
    const int64_t fitting = band_values / (blocks() * padded_width() * lanes);
    return std::max<int64_t>((fitting - rows) / walk.stride + 1, 1);
  }
};

/// Rows of an image as the tiles read them, `[blocks, rows, padded width, lanes]`: with a border of zeros.
struct Band {
  /// Kept by the thread for its next band.
  std::vector<float>& values = kept();
  int64_t rows = 0;

  void fill(const at::Tensor& images, const Convolution& of, int64_t image, int64_t begin, int64_t end) {
    const int64_t first = begin * of.walk.stride - of.walk.padding[0];
    rows = of.input_rows(end - begin);
    const auto size = static_cast<size_t>(of.blocks() * rows * of.padded_width() * lanes);
    if (values.size() < size) values.resize(size);
    float* to = values.data();
    for (int64_t block = 0; block < of.blocks(); ++block)
      for (int64_t row = first; row < first + rows; ++row, to += of.padded_width() * lanes) {
        const bool is_inside = row >= 0 && row < of.height;
        const int64_t border = (is_inside ? of.walk.padding[1] : of.padded_width()) * lanes;
        std::fill_n(to, border, 0.0f);
        if (!is_inside) continue;
        copy_row(images, of, image, block, row, to + border);
        std::fill_n(to + border + of.width * lanes, border, 0.0f);
      }
  }

 private:
  static std::vector<float>& kept() {
    static thread_local std::vector<float> values;
    return values;
  }

  static void copy_row(
      const at::Tensor& images, const Convolution& of, int64_t image, int64_t block, int64_t row,
      float* to) {
    const int64_t channel_step = images.stride(1), column_step = images.stride(3);
    const int64_t channels = std::min(lanes, of.inputs - block * lanes);
    const float* x = images.const_data_ptr<float>() + image * images.stride(0) +
                     block * lanes * channel_step + row * images.stride(2);
    if (channel_step == 1 && channels == lanes) {
      for (int64_t column = 0; column < of.width; ++column)
        std::copy_n(x + column * column_step, lanes, to + column * lanes);
    } else {
      for (int64_t channel = 0; channel < channels; ++channel)
        for (int64_t column = 0; column < of.width; ++column)
          to[column * lanes + channel] = x[channel * channel_step + column * column_step];
    }
  }
};

/// What all parts of a convolution share.
struct Work {
  const Convolution& of;
  const at::Tensor& images;
  const float* weight;
  const float* shift;
  const float* added;
  float* result;
  bool rectified;

  /// The outputs of some groups in some rows of an image.
  void run(Band& band, int64_t image, int64_t begin, int64_t end, int64_t group, int64_t last) const {
    const int64_t pixel = (image * of.out_height + begin) * of.out_width * of.outputs;
    TileJob job;
    job.blocks = of.blocks();
    job.channels_of_last = of.inputs - (of.blocks() - 1) * lanes;
    job.window_rows = of.rows;
    job.window_columns = of.columns;
    job.stride = of.walk.stride;
    job.input_row = of.padded_width() * lanes;
    job.input_block = band.rows * job.input_row;
    job.group_weight = of.blocks() * of.rows * of.columns * lanes * lanes;
    job.outputs = of.outputs;
    job.rows = end - begin;
    job.columns = of.out_width;
    job.rectified = rectified;
    job.input = band.values.data();
    for (; group < last; group += job.groups) {
      job.groups = groups_at_once(of.out_width, last - group);
      job.weight = weight + group * job.group_weight;
      job.shift = shift + group * lanes;
      job.added = added == nullptr ? nullptr : added + pixel + group * lanes;
      job.result = result + pixel + group * lanes;
      run_tiles(job);
    }
  }
};

}  // namespace

bool suits(const at::Tensor& weight, const Walk& walk) {
  return has_tiles() && weight.size(0) % lanes == 0 && weight.size(1) > 0 &&
         (walk.stride == 1 || walk.stride == 2);
}

at::Tensor packed(const at::Tensor& weight) {
  const int64_t outputs = weight.size(0), inputs = weight.size(1);
  const int64_t blocks = (inputs + lanes - 1) / lanes;
  at::Tensor padded =
      at::zeros({outputs, blocks * lanes, weight.size(2), weight.size(3)}, weight.options());
  padded.narrow(1, 0, inputs).copy_(weight);
  return padded.view({outputs / lanes, lanes, blocks, lanes, weight.size(2), weight.size(3)})
      .permute({0, 2, 4, 5, 3, 1})
      .contiguous();
}

at::Tensor convolved(
    const at::Tensor& images, const at::Tensor& packed, const Walk& walk, const Behind& behind) {
  Convolution of{images.size(0), images.size(1), images.size(2),  images.size(3),
                 packed.size(0) * lanes, packed.size(2), packed.size(3), 0, 0, walk};
  of.out_height = (of.height + 2 * walk.padding[0] - of.rows) / walk.stride + 1;
  of.out_width = (of.width + 2 * walk.padding[1] - of.columns) / walk.stride + 1;
  constexpr auto innermost = at::MemoryFormat::ChannelsLast;
  at::Tensor result = at::empty(
      {of.images, of.outputs, of.out_height, of.out_width}, images.options().memory_format(innermost));
  at::Tensor added;
  if (behind.added) added = behind.added->contiguous(innermost);
  const Work work{
      of, images, packed.const_data_ptr<float>(), behind.shift.const_data_ptr<float>(),
      added.defined() ? added.const_data_ptr<float>() : nullptr, result.data_ptr<float>(),
      behind.rectified};
  const int64_t row = of.products_of_row();
  if (packed.numel() >= large_weight && packed.numel() > of.height * of.width * of.inputs) {
    const int64_t products = of.images * of.out_height * row / of.groups();
    ct::divide(of.groups(), portion / std::max<int64_t>(products, 1) + 1, [&](int64_t begin, int64_t end) {
      Band band;
      for (int64_t image = 0; image < of.images; ++image) {
        band.fill(images, of, image, 0, of.out_height);
        work.run(band, image, 0, of.out_height, begin, end);
      }
    });
    return result;
  }
  ct::divide(of.images * of.out_height, portion / row + 1, [&](int64_t begin, int64_t end) {
    Band band;
    while (begin < end) {
      const int64_t image = begin / of.out_height, first = begin % of.out_height;
      const int64_t count = std::min(end - begin, of.rows_at_once());
      const int64_t bound = std::min(of.out_height, first + count);
      band.fill(images, of, image, first, bound);
      work.run(band, image, first, bound, 0, of.groups());
      begin += bound - first;
    }
  });
  return result;
}

}  // namespace ct::direct
