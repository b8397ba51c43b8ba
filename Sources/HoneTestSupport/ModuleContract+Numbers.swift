import HoneNN
import HoneNumerics
import HoneTensor

/// Compares gradients with central differences along random directions, in float64.
///
/// Buffers are put back before each call, so that running statistics cannot tell calls apart.
func gradientFailures(
  _ model: any Layer<Tensor, Tensor>, _ input: Tensor, isTraining: Bool, seed: UInt64?
) -> [String] {
  isTraining ? model.train() : model.evaluate()
  let buffers = model.namedBuffers.map { ($0.buffer, $0.buffer.value.clone()) }
  let takesNumbers = input.dtype.isFloatingPoint
  let input = takesNumbers ? input.cast(to: .float64).requiringGradient() : input
  func output(_ input: Tensor) -> Tensor {
    for (buffer, value) in buffers { buffer.assign(value) }
    return withRandomSource(seed.map { RandomSource(seed: $0) }) { model(input) }
  }
  model.clearGradients()
  let first = output(input)
  guard first.requiresGradient else { return [] }
  let weight = Tensor.normal(first.shape, using: RandomSource(seed: 6), dtype: .float64)
  (first * weight).sum().backward()
  func value(_ input: Tensor) -> Double {
    withoutGradients { (output(input) * weight).sum().item() }
  }
  var failures: [String] = []
  func compare(_ name: String, _ gradient: Tensor?, _ value: (Tensor) -> Double) {
    guard let gradient else { return }
    let direction = Tensor.normal(
      gradient.shape, using: RandomSource(seed: 9), dtype: .float64)
    let slope = (gradient * direction).sum().item()
    let here = value(Scalar(0) * direction)
    /// Whether the central difference of a step is the slope, and what it is. Where a bend lies
    /// within the step, the differences of both sides differ, and the slope is about between them.
    func agrees(step: Double, within tolerance: Double) -> (Bool, Double) {
      let (above, below) = (value(Scalar(step) * direction), value(Scalar(-step) * direction))
      let difference = (above - below) / (2 * step)
      let bend = abs(above - 2 * here + below) / step
      return (abs(difference - slope) <= tolerance * (1 + abs(slope)) + bend, difference)
    }
    // A central difference errs by the square of the step times the third derivative, and by the
    // rounding of the value over the step: about 1e-10 of each for the first step. The second is for
    // networks with so many bends that some lie within the first; there rounding counts.
    let (isRight, difference) = agrees(step: 1e-5, within: 1e-6)
    if !isRight, !agrees(step: 1e-7, within: 1e-4).0 {
      failures.append(
        "The gradient of \(name) \(isTraining ? "in training" : "in evaluation") is \(slope) along a "
          + "direction, differences give \(difference).")
    }
  }
  if takesNumbers { compare("the input", input.gradient) { value(input.detached() + $0) } }
  for (name, parameter) in model.namedParameters {
    let original = parameter.value.detached().clone()
    compare(name, parameter.gradient) { change in
      parameter.assign(original + change)
      defer { parameter.assign(original) }
      return value(input.detached())
    }
  }
  return failures
}

/// Compares the output under bf16 autocast, as the trainer runs it, with that in float32, for inputs
/// of either type; and asks for finite gradients in training.
func precisionFailures(_ model: any Layer<Tensor, Tensor>, _ input: Tensor) -> [String] {
  guard input.dtype.isFloatingPoint else { return [] }
  let half = input.cast(to: .bfloat16)
  let inputs = [("float32", half.cast(to: .float32)), ("bf16", half)]
  model.evaluate()
  let reference = withoutGradients { model(inputs[0].1) }
  var failures: [String] = []
  for (name, input) in inputs {
    do {
      let output = try catchingTorchErrors {
        withoutGradients { withAutocast(.bfloat16, on: .cpu) { model(input) } }
      }
      let distance = (output.cast(to: .float32) - reference).norm().item()
      // bf16 has 8 significant bits; sums of products and several layers add to its 0.4 %.
      if !(distance <= 0.1 * reference.norm().item() + 1e-3) {
        failures.append(
          "Under autocast \(name) inputs give outputs that are off by \(distance), their norm being "
            + "\(reference.norm().item()).")
      }
    } catch {
      failures.append("Under autocast \(name) inputs fail: \(error)")
    }
  }
  model.train()
  for (name, input) in inputs {
    model.clearGradients()
    do {
      try catchingTorchErrors {
        let output = withAutocast(.bfloat16, on: .cpu) { model(input) }
        if output.requiresGradient { output.cast(to: .float32).squared().sum().backward() }
      }
      for (path, parameter) in model.namedParameters where parameter.gradient?.isFinite != true {
        failures.append("Under autocast \(name) inputs give \(path) no finite gradient.")
      }
    } catch {
      failures.append("Under autocast \(name) inputs fail in training: \(error)")
    }
  }
  return failures
}
