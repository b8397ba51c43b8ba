// Long short-term memories as one node of the graph for each layer: products with packed weights, gates in the
// pass behind them, and two large products for the weights' gradients.
#include <ATen/TensorOperators.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/tanh.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>

#include "../core/guarded.h"
#include "../include/ctorch.h"
#include "choice.h"
#include "lstm_layer.h"
#include "products.h"

namespace {

using ct::lstm::Made;
using ct::lstm::OptionalTensor;
using torch::autograd::variable_list;

at::Tensor rows_of(const at::Tensor& times) {
  return times.reshape({-1, times.size(-1)});
}

class LongShortTermMemory : public torch::autograd::Function<LongShortTermMemory> {
 public:
  static variable_list forward(
      torch::autograd::AutogradContext* context, const at::Tensor& input, const at::Tensor& output,
      const at::Tensor& memory, const at::Tensor& by_input, const at::Tensor& by_hidden,
      const OptionalTensor& input_shift, const OptionalTensor& hidden_shift) {
    const at::AutoDispatchBelowADInplaceOrView below;
    const auto packed = ct::lstm::pack({by_input, by_hidden, input_shift, hidden_shift});
    const Made made = ct::lstm::run(input.contiguous(), output, memory, packed, true);
    context->save_for_backward(
        {input, output, memory, by_input, by_hidden, input_shift.value_or(at::Tensor()),
         hidden_shift.value_or(at::Tensor()), made.output, made.memory, made.gates});
    const int64_t times = input.size(0);
    return {made.output.narrow(0, 1, times), made.memory_behind(times).clone()};
  }

  static variable_list backward(
      torch::autograd::AutogradContext* context, variable_list outer) {
    const variable_list saved = context->get_saved_variables();
    if (at::GradMode::is_enabled()) return differentiable(saved, outer);
    const auto wants = [&](size_t place) { return context->needs_input_grad(place); };
    const at::Tensor input = rows_of(saved[0].contiguous());
    const Made made{saved[7], saved[8], saved[9]};
    OptionalTensor by_outputs, by_memory;
    if (outer[0].defined()) by_outputs = outer[0].contiguous();
    if (outer[1].defined()) by_memory = outer[1];
    const auto slopes = ct::lstm::go_back(made, by_outputs, by_memory, saved[4]);
    const at::Tensor sums = rows_of(slopes.sums);
    variable_list found(7);
    if (wants(0))
      found[0] = ct::products::plain(sums, ct::lstm::together(saved[3])).view(saved[0].sizes());
    if (wants(1)) found[1] = slopes.output;
    if (wants(2)) found[2] = slopes.memory;
    if (wants(3)) found[3] = ct::lstm::apart(ct::products::transposed(sums, input));
    if (wants(4)) {
      const at::Tensor before = rows_of(made.output.narrow(0, 0, saved[0].size(0)));
      found[4] = ct::lstm::apart(ct::products::transposed(sums, before));
    }
    for (const size_t place : {5, 6})
      if (saved[place].defined() && wants(place)) {
        const size_t other = 11 - place;
        found[place] = found[other].defined() ? found[other].clone() : ct::lstm::apart(sums.sum(0));
      }
    return found;
  }

 private:
  /// The gradients through operators that know their own, for being differentiated again.
  static variable_list differentiable(const variable_list& saved, const variable_list& outer) {
    at::Tensor h = saved[1], c = saved[2];
    std::vector<at::Tensor> outputs;
    for (const at::Tensor& x : saved[0].unbind(0)) {
      at::Tensor sums = x.matmul(saved[3].t()) + h.matmul(saved[4].t());
      for (const size_t place : {5, 6})
        if (saved[place].defined()) sums = sums + saved[place];
      const auto parts = sums.chunk(4, 1);
      c = at::sigmoid(parts[1]) * c + at::sigmoid(parts[0]) * at::tanh(parts[2]);
      h = at::sigmoid(parts[3]) * at::tanh(c);
      outputs.push_back(h);
    }
    variable_list results, gradients, inputs;
    if (outer[0].defined()) {
      results.push_back(at::stack(outputs));
      gradients.push_back(outer[0]);
    }
    if (outer[1].defined()) {
      results.push_back(c);
      gradients.push_back(outer[1]);
    }
    std::vector<size_t> places;
    for (size_t place = 0; place < 7; ++place)
      if (saved[place].defined() && saved[place].requires_grad()) {
        places.push_back(place);
        inputs.push_back(saved[place]);
      }
    const variable_list slopes =
        torch::autograd::grad(results, inputs, gradients, std::nullopt, true, true);
    variable_list found(7);
    for (size_t i = 0; i < places.size(); ++i) found[places[i]] = slopes[i];
    return found;
  }
};

}  // namespace

CT_EXPORT bool ct_lstm_suits(ct_int units) {
  return ct::lstm::suits(units) && !ct::uses_standard_kernels();
}

CT_EXPORT ct_status ct_lstm_pack(
    const ct_lstm_weights* weights, ct_tensor* packed, ct_tensor* shift) {
  return ct::guarded("LSTM weights", [&] {
    const at::NoGradGuard guard;
    auto made = ct::lstm::pack(
        {ct::tensor(weights->input, "input weight"), ct::tensor(weights->hidden, "hidden weight"),
         ct::optional_tensor(weights->input_shift), ct::optional_tensor(weights->hidden_shift)});
    *packed = ct::wrap(std::move(made.weight));
    *shift = ct::wrap(std::move(made.shift));
  });
}

CT_EXPORT ct_status ct_lstm_answers(
    ct_tensor input, ct_tensor output, ct_tensor memory, ct_tensor packed, ct_tensor shift,
    ct_tensor* outputs, ct_tensor* last_memory) {
  return ct::guarded("LSTM", [&] {
    const at::NoGradGuard guard;
    const at::Tensor& x = ct::tensor(input, "input");
    const Made made = ct::lstm::run(
        x.contiguous(), ct::tensor(output, "output"), ct::tensor(memory, "memory"),
        {ct::tensor(packed, "weight"), ct::tensor(shift, "shift")}, false);
    *outputs = ct::wrap(made.output.narrow(0, 1, x.size(0)));
    *last_memory = ct::wrap(made.memory_behind(x.size(0)));
  });
}

CT_EXPORT ct_status ct_lstm_layer(
    ct_tensor input, ct_tensor output, ct_tensor memory, const ct_lstm_weights* weights,
    ct_tensor* outputs, ct_tensor* last_memory) {
  return ct::guarded("LSTM", [&] {
    auto found = LongShortTermMemory::apply(
        ct::tensor(input, "input"), ct::tensor(output, "output"), ct::tensor(memory, "memory"),
        ct::tensor(weights->input, "input weight"), ct::tensor(weights->hidden, "hidden weight"),
        ct::optional_tensor(weights->input_shift), ct::optional_tensor(weights->hidden_shift));
    *outputs = ct::wrap(std::move(found[0]));
    *last_memory = ct::wrap(std::move(found[1]));
  });
}
