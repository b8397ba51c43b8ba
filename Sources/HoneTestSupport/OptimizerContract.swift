import HoneNumerics
public import HoneOptim
import HoneTensor

/// What every optimiser must do; returns a sentence for each promise that is broken.
///
/// Call it first in the tests of a new optimiser: `#expect(brokenPromises { MyOptimizer($0) } == [])`.
public func brokenPromises(
  of make: ([ParameterGroup]) -> any Optimizer
) -> [String] {
  [
    descends(make), skipsWithoutGradient(make), continuesExactly(make), refusesOtherStates(make),
    bearsEmptyGroups(make), keepsMemoryOrder(make),
  ].compactMap { $0 }
}

/// A bowl in two parameters, one of which lies in channels-last order.
private final class Bowl {
  let first = Parameter(Tensor([1.5, -2, 0.5, 3] as [Float], shape: [2, 2]))
  let second = Parameter(
    Tensor((0..<24).map { Float($0) / 10 - 1 }, shape: [2, 3, 2, 2]).contiguous(.channelsLast))
  var parameters: [Parameter] { [first, second] }

  func loss() -> Tensor {
    first.value.squared().sum() + (second.value - 0.3).squared().sum()
  }

  func train(_ optimizer: any Optimizer, steps: Int) {
    for _ in 0..<steps {
      optimizer.clearGradients()
      loss().backward()
      optimizer.step()
    }
  }

  var values: [HostTensor] { parameters.map { $0.value.hostTensor() } }
}

private func descends(_ make: ([ParameterGroup]) -> any Optimizer) -> String? {
  let bowl = Bowl()
  let optimizer = make([ParameterGroup(bowl.parameters)])
  let before = bowl.loss().item()
  bowl.train(optimizer, steps: 20)
  return bowl.loss().item() < before ? nil : "does not descend a bowl in 20 steps"
}

private func skipsWithoutGradient(_ make: ([ParameterGroup]) -> any Optimizer) -> String? {
  let bowl = Bowl()
  let optimizer = make([ParameterGroup(bowl.parameters, weightDecay: 0.1)])
  let before = bowl.values
  bowl.first.value.squared().sum().backward()
  optimizer.step()
  if bowl.values[1] != before[1] { return "changes a parameter without a gradient" }
  return bowl.values[0] == before[0] ? "does not change a parameter with a gradient" : nil
}

private func continuesExactly(_ make: ([ParameterGroup]) -> any Optimizer) -> String? {
  let whole = Bowl()
  let optimizer = make([ParameterGroup(whole.parameters, weightDecay: 0.01)])
  whole.train(optimizer, steps: 7)
  let resumed = Bowl()
  for (parameter, value) in zip(resumed.parameters, whole.values) {
    parameter.assign(Tensor(value))
  }
  let second = make([ParameterGroup(resumed.parameters, weightDecay: 0.01)])
  second.learningRate = 123
  do { try second.load(optimizer.state) } catch { return "refuses its own state: \(error)" }
  if second.learningRate != optimizer.learningRate { return "does not restore its rate" }
  if second.state != optimizer.state { return "does not restore its state" }
  whole.train(optimizer, steps: 7)
  resumed.train(second, steps: 7)
  return whole.values == resumed.values ? nil : "does not continue bit for bit from its state"
}

private func refusesOtherStates(_ make: ([ParameterGroup]) -> any Optimizer) -> String? {
  let bowl = Bowl()
  let optimizer = make([ParameterGroup(bowl.parameters)])
  bowl.train(optimizer, steps: 1)
  let other = Parameter(Tensor.ones([3]))
  let smaller = make([ParameterGroup([other])])
  other.value.sum().backward()
  smaller.step()
  var foreign = optimizer.state
  foreign.kind = "another kind"
  for state in [foreign, smaller.state] {
    let before = optimizer.state
    do {
      try optimizer.load(state)
      return "takes over a state that does not fit"
    } catch {
      if optimizer.state != before { return "changes when it refuses a state" }
    }
  }
  return nil
}

private func bearsEmptyGroups(_ make: ([ParameterGroup]) -> any Optimizer) -> String? {
  let bowl = Bowl()
  let optimizer = make([ParameterGroup([]), ParameterGroup(bowl.parameters)])
  let before = bowl.values
  optimizer.step()
  if bowl.values != before { return "changes parameters when none has a gradient" }
  bowl.train(optimizer, steps: 1)
  return bowl.values == before ? "does not change the group after an empty one" : nil
}

/// Gradients in another memory order than their parameter must have the same effect.
private func keepsMemoryOrder(_ make: ([ParameterGroup]) -> any Optimizer) -> String? {
  var results: [HostTensor] = []
  for format in [MemoryFormat.contiguous, .channelsLast] {
    let bowl = Bowl()
    let optimizer = make([ParameterGroup(bowl.parameters)])
    bowl.second.setGradient((bowl.second.value.detached() - 0.3).contiguous(format))
    optimizer.step()
    results.append(bowl.second.value.hostTensor())
  }
  return results[0] == results[1] ? nil : "depends on the memory order of a gradient"
}
