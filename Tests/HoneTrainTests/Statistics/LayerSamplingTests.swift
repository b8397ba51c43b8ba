import Foundation
import HoneData
import HoneModels
import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneTensor
import Testing

@testable import HoneTrain

struct LayerSamplingTests {
  @Test("samples densely at the start and ever more rarely later")
  func schedule() {
    let steps = (1...10_000).filter(LayerSampling.isSampled)
    #expect(steps.prefix(5) == [1, 2, 3, 4, 6])
    #expect(steps.count < 30)
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $1 <= $0 * 2 })
  }

  @Test("a run's record holds what its layers did, in the order of the forward pass")
  func record() throws {
    var lab = Lab()
    lab.model = { stream in
      Sequential([
        Flatten(), Linear(inputs: 64, outputs: 12, using: &stream), ReLU(),
        Linear(inputs: 12, outputs: 8, using: &stream), Tanh(),
        Linear(inputs: 8, outputs: 10, using: &stream),
      ])
    }
    let outcome = try lab.train()
    let samples = try #require(outcome.record.layerSamples)
    #expect(samples.map(\.step) == [1, 2, 3, 4, 6, 9, 13, 19])
    let first = try #require(samples.first)
    #expect(first.layers.map(\.path) == ["1", "3", "5"])
    #expect(first.descent ?? 0 < 0)
    for layer in first.layers {
      #expect(layer.isFinite)
      #expect((layer.gradient ?? 0) > 0)
      #expect((layer.update ?? 0) > 0)
      #expect((layer.outputSpread ?? 0) > 0)
    }
    #expect(first.layers[0].zeroShare.map { $0 > 0.1 && $0 < 0.9 } == true)
    #expect(first.layers[1].saturatedShare != nil)
    #expect(first.layers[2].zeroShare == nil)
    let again = try lab.train()
    #expect(again.record.layerSamples == samples)
  }

  @Test("a run is the same bit for bit whether its layers are looked into or not")
  func same() throws {
    var lab = Lab()
    lab.model = { stream in
      MLP(
        inputs: 64, outputs: 10, widths: [24, 16],
        options: .init(normalization: .batch, dropout: 0.2), using: &stream)
    }
    let observed = try lab.train()
    #expect(observed.record.layerSamples?.isEmpty == false)
    lab.change = { $0.measuresSteps = false }
    let alone = try lab.train()
    #expect(alone.record.layerSamples == nil)
    #expect(alone.kept == observed.kept)
    #expect(alone.history.map(\.trainLoss) == observed.history.map(\.trainLoss))
    #expect(alone.history.map(\.validationLoss) == observed.history.map(\.validationLoss))
  }

  @Test("counts units that no sample of the batch wakes")
  func dead() throws {
    var lab = Lab()
    lab.epochs = 1
    lab.model = { stream in
      let hidden = Linear(inputs: 64, outputs: 4, using: &stream)
      hidden.bias?.assign(Tensor([-1000, 0, 0, -1000], shape: [4]))
      return Sequential([
        Flatten(), hidden, ReLU(), Linear(inputs: 4, outputs: 10, using: &stream),
      ])
    }
    let samples = try #require(try lab.train().record.layerSamples)
    #expect(samples[0].layers[0].deadShare.map { $0 >= 0.5 } == true)
  }

  @Test("what bfloat16 rounds is no leak between samples")
  func roundingIsNoLeak() throws {
    var plan = try Lab().plan
    plan.precision = .bfloat16
    #expect(try measurePreflight(plan).wiring?.outputLeaks == false)
  }

  @Test("knows the wiring of a run before its first step")
  func wiring() throws {
    let preflight = try measurePreflight(Lab().plan)
    let wiring = try #require(preflight.wiring)
    #expect(wiring.expects == .logits)
    #expect(wiring.outputActivation == "none")
    #expect(wiring.outputs == 10)
    #expect(abs((wiring.duplicationRatio ?? 0) - 1) < 1e-3)
    #expect(!wiring.lossLeaks && !wiring.outputLeaks)
    #expect(wiring.sharedSamples == 0)
    #expect(preflight.layers?.map(\.units) == [24, 10])
    #expect(preflight.layers?.first?.followers == ["relu"])
    #expect((preflight.neighbours?.score ?? 0) > 0.7)
  }

  @Test("notices a sum, a softmax over the batch, equal units, and layers without a bend")
  func faults() throws {
    var lab = Lab()
    let summed: @Sendable (Tensor) -> Tensor = { $0.sum() }
    lab.loss = .custom("crossEntropy", reduce: summed) { output, target in
      Loss.crossEntropy().perSample(output, target)
    }
    lab.model = { stream in
      Sequential([
        Flatten(),
        Linear(inputs: 64, outputs: 64, initializer: .zeros, using: &stream),
        Linear(inputs: 64, outputs: 10, using: &stream), Softmax(along: 0),
      ])
    }
    let preflight = try measurePreflight(lab.plan)
    #expect(abs((preflight.wiring?.duplicationRatio ?? 0) - 2) < 1e-2)
    #expect(preflight.wiring?.outputActivation == "softmax")
    #expect(preflight.layers?.first?.followers == ["nothing"])
    #expect(preflight.layers?.first?.duplicateShare == 1)
    lab.loss = .custom("crossEntropy") { output, target in
      -(target.oneHot(classes: 10).cast(to: .float32) * output.softmax(along: 0).logarithm())
        .sum(along: [1])
    }
    #expect(try measurePreflight(lab.plan).wiring?.lossLeaks == true)
  }

  @Test("leaves weights, statistics and the random state as they were")
  func untouched() throws {
    let plan = try Lab().plan
    let before = plan.model.stateDictionary
    let random = Torch.randomState(on: .cpu)
    _ = try measurePreflight(plan)
    #expect(plan.model.stateDictionary == before)
    #expect(Torch.randomState(on: .cpu).isIdentical(to: random))
  }
}
