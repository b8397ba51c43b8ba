// Linear maps, each with the batch normalization, rectifier and dropout behind it, one after another as one
// node of the graph: what the rectifier and dropout let through is read off the outputs, so that neither has
// a tensor of its own.
#include <ATen/core/LegacyTypeDispatch.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>

#include "../core/guarded.h"
#include "../include/ctorch.h"
#include "dense_rows.h"

namespace {

using namespace ct::dense;
using torch::autograd::variable_list;

/// The tensors of a layer that are kept besides its parameters.
constexpr size_t kept = 6;

class DenseBlock : public torch::autograd::Function<DenseBlock> {
 public:
  /// The tensors are the input, and what the layers learn.
  static at::Tensor forward(
      torch::autograd::AutogradContext* context, at::TensorList tensors,
      const c10::intrusive_ptr<Block>& block) {
    const at::AutoDispatchBelowADInplaceOrView below;
    variable_list saved(tensors.begin(), tensors.end());
    saved.reserve(saved.size() + kept * block->layers.size());
    at::Tensor x = as(tensors[0].contiguous(), block->type);
    size_t place = 1;
    const at::Tensor none;
    for (const Layer& layer : block->layers) {
      const at::Tensor& weight = tensors[place];
      const Parameters own = parameters(layer, tensors, place);
      const Made made = ct::dense::forward(x, own, layer);
      saved.insert(
          saved.end(),
          {x.is_same(tensors[0]) ? none : x, made.w.is_same(weight) ? none : made.w, made.z,
           layer.norm.rectified ? made.y : none, made.statistics.mean, made.statistics.inverse});
      x = made.y;
    }
    context->saved_data["block"] = c10::IValue::make_capsule(block);
    context->save_for_backward(std::move(saved));
    return x;
  }

  static variable_list backward(
      torch::autograd::AutogradContext* context, variable_list outputs) {
    const auto capsule = context->saved_data["block"].toCapsule();
    const auto block = c10::static_intrusive_pointer_cast<Block>(capsule);
    const variable_list saved = context->get_saved_variables();
    const size_t inputs = saved.size() - kept * block->layers.size();
    // One for each tensor, and one for the block.
    variable_list result(inputs + 1);
    if (at::GradMode::is_enabled()) {
      differentiably(context, *block, saved, outputs[0], result);
      return result;
    }
    const at::AutoDispatchBelowADInplaceOrView below;
    at::Tensor outer = as(outputs[0], block->type);
    size_t end = inputs, lowest = 0;
    while (lowest < inputs && !context->needs_input_grad(lowest)) ++lowest;
    // Below what nobody asks for, nothing is computed.
    for (size_t number = block->layers.size(); number-- > 0 && lowest < end;) {
      const Layer& layer = block->layers[number];
      const size_t start = end - layer.parameters();
      size_t place = start;
      const Parameters own = parameters(layer, saved, place);
      const at::Tensor* made = saved.data() + inputs + kept * number;
      const Made passed{
          made[0].defined() ? made[0] : saved[0], made[1].defined() ? made[1] : own.weight, made[2],
          made[3], {made[4], made[5]}};
      Gradients found = ct::dense::backward(
          outer, passed, own.gamma, layer, lowest < start, context->needs_input_grad(start));
      place = start;
      const auto put = [&](bool is_there, const at::Tensor& gradient) {
        if (!is_there) return;
        if (context->needs_input_grad(place)) result[place] = gradient;
        ++place;
      };
      put(true, found.weight.defined() ? as(found.weight, own.weight.scalar_type()) : found.weight);
      put(layer.has_bias, found.bias);
      put(layer.has_weight, found.gamma);
      put(layer.has_shift, found.beta);
      outer = found.input;
      end = start;
    }
    if (context->needs_input_grad(0)) result[0] = as(outer, saved[0].scalar_type());
    return result;
  }

 private:
  /// The gradients as a part of the graph: the layers once more, and the graph's own gradients of them.
  static void differentiably(
      torch::autograd::AutogradContext* context, const Block& block, const variable_list& saved,
      const at::Tensor& outer, variable_list& result) {
    const size_t inputs = result.size() - 1;
    at::Tensor x = as(saved[0], block.type);
    size_t place = 1;
    for (size_t number = 0; number < block.layers.size(); ++number) {
      const Parameters own = parameters(block.layers[number], saved, place);
      const at::Tensor& y = saved[inputs + kept * number + 3];
      x = differentiable(x, own, y.defined() ? y.detach() : outer, block.layers[number]);
    }
    variable_list wanted;
    std::vector<size_t> places;
    for (size_t i = 0; i < inputs; ++i) {
      if (!context->needs_input_grad(i)) continue;
      wanted.push_back(saved[i]);
      places.push_back(i);
    }
    const auto found = torch::autograd::grad({x}, wanted, {outer}, true, true, true);
    for (size_t i = 0; i < places.size(); ++i) result[places[i]] = found[i];
  }
};

}  // namespace

CT_EXPORT ct_status ct_dense_block(
    ct_tensor input, const ct_dense_layer* layers, ct_int count, ct_generator generator,
    ct_tensor* out) {
  *out = nullptr;
  return ct::guarded("dense block", [&] {
    variable_list tensors;
    const auto block = block_of(ct::tensor(input, "input"), layers, count, tensors);
    if (!block) return;
    if (auto found = answers(*block, tensors)) {
      *out = ct::wrap(std::move(*found));
      return;
    }
    draw(*block, layers, generator);
    *out = ct::wrap(DenseBlock::apply(at::TensorList(tensors), block));
  });
}
