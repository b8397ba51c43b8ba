import HoneOptim
import HoneTensor
import Testing

struct StepObjectiveTests {
  @Test("terms add up in value and gradient, and replace what lay on the parameters")
  func sum() {
    let parameter = Parameter(Tensor([3.0] as [Double], shape: [1]))
    parameter.setGradient(Tensor([100.0] as [Double], shape: [1]))
    let objective = StepObjective(terms: 2) { index in
      parameter.value.squared().sum() * Scalar(index == 0 ? 1 : 2)
    }
    #expect(objective.evaluate([parameter]) == 27)
    #expect(parameter.gradient?.values(as: Double.self) == [18])
  }

  @Test("a first-order optimiser steps once, after the gradients were bounded")
  func firstOrder() {
    let parameter = Parameter(Tensor([3.0] as [Double], shape: [1]))
    let objective = StepObjective(
      terms: 1, boundGradients: { clipGradients(of: [parameter], toValue: 1) },
      term: { _ in parameter.value.squared().sum() })
    let optimizer = SGD([parameter], learningRate: 0.5)
    #expect(optimizer.step(evaluating: objective) == 9)
    #expect(parameter.value.values(as: Double.self) == [2.5])
  }

  @Test("an objective that is not finite leaves the parameters alone")
  func notFinite() {
    let parameter = Parameter(Tensor([-1.0] as [Double], shape: [1]))
    let optimizer = SGD([parameter], learningRate: 0.5)
    let value = optimizer.step(evaluating: StepObjective { parameter.value.logarithm().sum() })
    #expect(value.isNaN)
    #expect(parameter.value.values(as: Double.self) == [-1])
  }
}
