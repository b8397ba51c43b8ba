public import HoneNN
public import HoneTensor

/// What every module must do, checked on one layer: `#expect(moduleContractFailures(…) == [])`.
///
/// Names are unique; no state hides from `children`; the state goes through `StateDictionary` and
/// back, into a second module made alike; one backward pass reaches every parameter; evaluation gives
/// the same twice.
/// - Parameters:
///   - make: makes the module; called twice, it may give different first values.
///   - input: what the module takes.
/// - Returns: a sentence for each broken rule.
public func moduleContractFailures<Model: Layer>(
  _ make: () -> Model, input: Tensor
) -> [String] where Model.Input == Tensor, Model.Output == Tensor {
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
  model(input).squared().sum().backward()
  for (name, parameter) in model.namedParameters where parameter.gradient == nil {
    failures.append("The parameter \(name) got no gradient.")
  }
  return failures + stateFailures(model, make(), input)
}

private func stateFailures<Model: Layer>(
  _ model: Model, _ twin: Model, _ input: Tensor
) -> [String] where Model.Input == Tensor, Model.Output == Tensor {
  var failures: [String] = []
  let state = model.stateDictionary
  do { try twin.load(state) } catch { failures.append("Loading its own state failed: \(error)") }
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
