#include "tiled_product.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>

#include <vector>

#include "../core/guarded.h"
#include "../core/threads.h"
#include "../include/ctorch.h"
#include "choice.h"

namespace ct::tiles {

namespace {

/// Rows that go through all outputs before the next ones, so that they stay in a core's own cache.
constexpr int64_t rows_at_once = 64;
/// Products for which a thread pays.
constexpr int64_t portion = 1 << 18;

}  // namespace

at::Tensor packed(const at::Tensor& weight) {
  const int64_t outputs = weight.size(0), inputs = weight.size(1), blocks = blocks_of(inputs);
  at::Tensor whole = weight;
  if (inputs % lanes != 0) {
    whole = at::zeros({outputs, blocks * lanes}, weight.options());
    whole.narrow(1, 0, inputs).copy_(weight);
  }
  return whole.reshape({outputs / lanes, lanes, blocks, lanes}).permute({0, 2, 3, 1}).contiguous();
}

void write_blocks(const float* x, int64_t rows, int64_t columns, float* to) {
  for (int64_t first = 0; first < columns; first += lanes)
    for (int64_t row = 0; row < rows; ++row, to += lanes) {
      const int64_t count = std::min(lanes, columns - first);
      std::copy_n(x + row * columns + first, count, to);
      std::fill(to + count, to + lanes, 0.0f);
    }
}

void Product::write(const float* from, float* to, int64_t begin, int64_t end) const {
  ct::direct::TileJob job;
  job.blocks = blocks;
  job.channels_of_last = lanes;
  job.window_rows = job.window_columns = job.stride = 1;
  job.input_row = job.input_block = rows * lanes;
  job.group_weight = blocks * lanes * lanes;
  job.outputs = width;
  job.rows = 1;
  job.columns = rows;
  job.rectified = false;
  job.input = from;
  for (int64_t group = begin; group < end; group += job.groups) {
    job.groups = ct::direct::groups_at_once(rows, end - group);
    job.weight = weight + group * job.group_weight;
    job.shift = shift + group * lanes;
    job.added = added == nullptr ? nullptr : added + group * lanes;
    job.result = to + group * lanes;
    ct::direct::run_tiles(job);
  }
}

at::Tensor linear(const at::Tensor& rows, const at::Tensor& packed, const at::Tensor& shift) {
  const int64_t count = rows.size(0), inputs = rows.size(1), outputs = shift.size(0);
  const int64_t blocks = packed.size(1), groups = packed.size(0);
  at::Tensor result = at::empty({count, outputs}, rows.options());
  const float* x = rows.const_data_ptr<float>();
  float* y = result.data_ptr<float>();
  const auto product = [&](int64_t taken) {
    return Product{blocks, taken, outputs, packed.const_data_ptr<float>(), shift.const_data_ptr<float>()};
  };
  if (count < rows_at_once) {
    std::vector<float> values(blocks * count * lanes);
    write_blocks(x, count, inputs, values.data());
    ct::divide(groups, portion / (count * inputs * lanes) + 1, [&](int64_t begin, int64_t end) {
      product(count).write(values.data(), y, begin, end);
    });
    return result;
  }
  ct::divide(count, rows_at_once / 2, [&](int64_t begin, int64_t end) {
    std::vector<float> values(blocks * rows_at_once * lanes);
    for (; begin < end; begin += rows_at_once) {
      const int64_t taken = std::min(rows_at_once, end - begin);
      write_blocks(x + begin * inputs, taken, inputs, values.data());
      product(taken).write(values.data(), y + begin * outputs, 0, groups);
    }
  });
  return result;
}

}  // namespace ct::tiles

CT_EXPORT bool ct_packs_linear(ct_int outputs) {
  return ct::direct::has_tiles() && outputs % ct::tiles::lanes == 0 && !ct::uses_standard_kernels();
}

CT_EXPORT ct_status ct_pack_linear(
    ct_tensor weight, ct_tensor bias, ct_tensor* packed, ct_tensor* shift) {
  return ct::guarded("linear weight", [&] {
    const at::NoGradGuard guard;
    const at::Tensor& w = ct::tensor(weight, "weight");
    const auto own = ct::optional_tensor(bias);
    *packed = ct::wrap(ct::tiles::packed(w.detach()));
    *shift = ct::wrap(own ? own->detach().contiguous() : at::zeros({w.size(0)}, w.options()));
  });
}

CT_EXPORT ct_status ct_packed_linear(
    ct_tensor input, ct_tensor packed, ct_tensor shift, ct_tensor* out) {
  return ct::guarded("linear", [&] {
    const at::NoGradGuard guard;
    const at::Tensor& x = ct::tensor(input, "input");
    const at::Tensor& offset = ct::tensor(shift, "shift");
    std::vector<int64_t> shape = x.sizes().vec();
    shape.back() = offset.size(0);
    const at::Tensor rows = x.reshape({-1, x.size(-1)}).contiguous();
    *out = ct::wrap(ct::tiles::linear(rows, ct::tensor(packed, "weight"), offset).view(shape));
  });
}
