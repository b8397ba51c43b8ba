import HoneModels
import HoneNN
import HoneNumerics
import HoneOptim
import HoneTensor
import Testing

@testable import HoneTrain

@Suite struct RecomputationTests {
  private func weights(_ lab: Lab, recomputing: Bool) throws -> StateDictionary {
    var lab = lab
    let change = lab.change
    lab.change = { plan in
      change(&plan)
      if recomputing { #expect(plan.model.recomputesActivations(true) > 0) }
    }
    return try lab.train().kept
  }

  private func expectEqual(_ lab: Lab) throws {
    #expect(try weights(lab, recomputing: true) == weights(lab, recomputing: false))
  }

  @Test("weights are the same bit for bit, with batch normalization and its running statistics")
  func perceptron() throws {
    var lab = Lab()
    lab.model = { stream in
      MLP(
        inputs: 64, outputs: 10, widths: [24, 16], options: .init(normalization: .batch),
        using: &stream)
    }
    try expectEqual(lab)
    lab.change = { $0.precision = .bfloat16 }
    try expectEqual(lab)
    lab.change = { $0.accumulation = 2 }
    try expectEqual(lab)
    lab.change = { _ in }
    lab.optimizer = { SAM(SGD($0, learningRate: 0.1), radius: 0.05) }
    try expectEqual(lab)
  }

  @Test("residual networks compute their blocks again")
  func residual() throws {
    var lab = Lab()
    lab.epochs = 1
    lab.trainSamples = 64
    lab.model = { stream in
      CIFARResNet(depth: 8, inputs: 1, outputs: 10, width: 4, using: &stream)
    }
    try expectEqual(lab)
  }

  /// In a process of its own: dropout may draw from the process's generator.
  @Test("dropout has the same mask the second time")
  func dropout() async {
    await #expect(processExitsWith: .success) {
      var lab = Lab()
      lab.model = { stream in
        MLP(
          inputs: 64, outputs: 10, widths: [24, 16], options: .init(dropout: 0.3), using: &stream)
      }
      let plain = try lab.train()
      lab.change = { plan in _ = plan.model.recomputesActivations(true) }
      let recomputed = try lab.train()
      #expect(recomputed.kept == plain.kept)
      #expect(recomputed.numbers == plain.numbers)
    }
  }

  @Test("a block is computed once forward and once backward, and not in evaluation")
  func counts() {
    final class Counting: Layer {
      var calls = 0
      func callAsFunction(_ input: Tensor) -> Tensor {
        calls += 1
        return input.squared()
      }
    }
    let layer = Counting()
    let recomputation = Recomputation()
    recomputation.isOn = true
    let input = Tensor([3] as [Float], shape: [1]).requiringGradient()
    _ = withoutGradients { recomputation(layer, input) }
    #expect(layer.calls == 1)
    let output = recomputation(layer, input)
    #expect(layer.calls == 2)
    #expect(output.requiresGradient)
    output.sum().backward()
    #expect(layer.calls == 3)
    #expect(input.gradient?.floats == [6])
  }

  @Test("the graph gives back what it held of the block")
  func leaks() {
    let recomputation = Recomputation()
    recomputation.isOn = true
    weak var held: AnyObject?
    do {
      let layer = Identity()
      held = layer
      let input = Tensor([3] as [Float], shape: [1]).requiringGradient()
      recomputation(layer, input).sum().backward()
    }
    #expect(held == nil)
  }

  @Test("a failure within the second computation is thrown like any other")
  func failure() throws {
    final class Broken: Layer {
      var calls = 0
      func callAsFunction(_ input: Tensor) -> Tensor {
        calls += 1
        return calls == 1 ? input.squared() : input.reshaped([7, 7])
      }
    }
    let recomputation = Recomputation()
    recomputation.isOn = true
    let input = Tensor([3, 4] as [Float], shape: [2]).requiringGradient()
    let layer = Broken()
    #expect(throws: TorchError.self) {
      try catchingTorchErrors { recomputation(layer, input).sum().backward() }
    }
  }
}
