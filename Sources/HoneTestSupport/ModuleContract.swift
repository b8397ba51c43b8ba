import Foundation
public import HoneNN
import HoneNumerics
public import HoneTensor

/// Where the contract compares gradients with differences.
public enum DifferenceCheck: Sendable {
  /// In training and in evaluation.
  case always
  /// In evaluation only: in training gradients take something as constant that depends on
  /// parameters, as spectral normalization does.
  case inEvaluation
  /// Nowhere: some gradients are zero by intent, as those of an embedding's padding.
  case never
}

/// What every module must do, checked on one layer: `#expect(moduleContractFailures(…) == [])`.
///
/// Names are unique; no state hides from `children`; the state goes through a safetensors file and
/// back, into a second module made alike; one backward pass reaches every parameter; evaluation gives
/// the same twice; training and evaluation can be switched; the shape inferred without elements is
/// the output's; gradients agree with differences in float64; under bf16 autocast the output is that
/// of float32 to bf16's rounding and gradients are finite.
/// - Parameters:
///   - make: makes the module; called several times, it may give different first values.
///   - input: what the module takes.
///   - isRandom: whether training draws from the thread's source, and the contract shall give one to
///     compare equal seeds, and gradients with differences in training too.
///   - differences: where gradients are compared with differences.
/// - Returns: a sentence for each broken rule.
public func moduleContractFailures(
  _ make: () -> any Layer<Tensor, Tensor>, input: Tensor, isRandom: Bool = false,
  differences: DifferenceCheck = .always
) -> [String] {
  let model = make()
  var failures: [String] = []
  for (name, module) in model.namedModules {
    failures += ModuleWalker.hiddenState(in: module).map {
      "\(name).\($0) holds state that children cannot reach."
    }
  }
  let names = model.namedParameters.map(\.name) + model.namedBuffers.map(\.name)
  for name in Set(names) where names.filter({ $0 == name }).count > 1 {
    failures.append("The name \(name) appears more than once.")
  }
  model.clearGradients()
  let output = model(input)
  if output.requiresGradient { output.squared().sum().backward() }
  for (name, parameter) in model.namedParameters where parameter.gradient == nil {
    failures.append("The parameter \(name) got no gradient.")
  }
  failures += stateFailures(model, make(), input) + modeFailures(model, input, isRandom: isRandom)
  failures += shapeFailures(of: make(), model, input)
  failures += precisionFailures(model, input)
  if differences == .never { return failures }
  let double = make()
  double.move(dtype: .float64)
  failures += gradientFailures(double, input, isTraining: false, seed: nil)
  if differences == .always, isRandom || repeatsInTraining(double, input) {
    failures += gradientFailures(double, input, isTraining: true, seed: isRandom ? 11 : nil)
  }
  return failures
}

/// Whether training gives the same for the same state: nothing is drawn.
private func repeatsInTraining(_ model: any Layer<Tensor, Tensor>, _ input: Tensor) -> Bool {
  model.train()
  let input = input.dtype.isFloatingPoint ? input.cast(to: .float64) : input
  let buffers = model.namedBuffers.map { ($0.buffer, $0.buffer.value.clone()) }
  let outputs = (0..<2).map { _ in
    for (buffer, value) in buffers { buffer.assign(value) }
    return withoutGradients { model(input) }
  }
  return outputs[0].isIdentical(to: outputs[1])
}

private func stateFailures(
  _ model: any Layer<Tensor, Tensor>, _ twin: any Layer<Tensor, Tensor>, _ input: Tensor
) -> [String] {
  var failures: [String] = []
  let state = model.stateDictionary
  do { try twin.load(throughFile(state)) } catch {
    failures.append("Loading its own state failed: \(error)")
  }
  if twin.stateDictionary != state { failures.append("The state changed on its way.") }
  model.evaluate()
  twin.evaluate()
  withoutGradients {
    let output = model(input)
    if !model(input).isIdentical(to: output) {
      failures.append("Evaluation gives different outputs.")
    }
    if !twin(input).isIdentical(to: output) {
      failures.append("Two modules of one state give different outputs.")
    }
  }
  return failures
}

private func modeFailures(
  _ model: any Layer<Tensor, Tensor>, _ input: Tensor, isRandom: Bool
) -> [String] {
  var failures: [String] = []
  let parts = model.namedModules.compactMap { $0.module as? any ModeDependent }
  model.train()
  if !parts.allSatisfy(\.isTraining) { failures.append("train() does not reach every part.") }
  model.evaluate()
  if parts.contains(where: \.isTraining) {
    failures.append("evaluate() does not reach every part.")
  }
  guard isRandom else { return failures }
  model.train()
  let outputs = ([3] + (3...20)).map { (seed: UInt64) in
    withRandomSource(RandomSource(seed: seed)) { withoutGradients { model(input) } }
  }
  if !outputs[1].isIdentical(to: outputs[0]) {
    failures.append("In training the same seed gives different outputs.")
  }
  if outputs.allSatisfy({ $0.isIdentical(to: outputs[0]) }) {
    failures.append("In training all seeds give the same output.")
  }
  return failures
}

private func shapeFailures(
  of ghost: any Layer<Tensor, Tensor>, _ model: any Layer<Tensor, Tensor>, _ input: Tensor
) -> [String] {
  model.evaluate()
  let expected = withoutGradients { model(input) }.shape
  ghost.move(to: .meta)
  do {
    let found = try ghost.outputShape(for: input.shape, dtype: input.dtype)
    return found == expected
      ? [] : ["The inferred shape is \(found), the output's is \(expected)."]
  } catch {
    return ["No shape could be inferred: \(error)"]
  }
}

/// The state after a safetensors file, in its order.
private func throughFile(_ state: StateDictionary) throws -> StateDictionary {
  let arrays = Dictionary(uniqueKeysWithValues: state.entries.map { ($0.name, $0.value) })
  let path = FileManager.default.temporaryDirectory
    .appendingPathComponent("hone-\(UUID().uuidString)").path
  defer { try? FileManager.default.removeItem(atPath: path) }
  try Safetensors(tensors: arrays).write(to: path)
  let read = try Safetensors(contentsOf: path).tensors
  return StateDictionary(
    state.names.compactMap { name in read[name].map { .init(name: name, value: $0) } })
}
