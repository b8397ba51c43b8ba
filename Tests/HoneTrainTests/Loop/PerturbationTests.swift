import HoneData
import HoneModels
import HoneNN
import HoneOptim
import HoneTensor
import Testing

@testable import HoneTrain

@Suite struct PerturbationTests {
  @Test("a trainer's step with SAM is the step of its definition")
  func equalsDefinition() throws {
    var lab = Lab()
    lab.epochs = 1
    lab.trainSamples = 64
    lab.batchSize = 32
    lab.optimizer = { SAM(SGD($0, learningRate: 0.1), radius: 0.2) }
    let trained = try lab.train()

    let plan = try lab.plan
    let optimizer = SAM(SGD(plan.model.parameters, learningRate: 0.1), radius: 0.2)
    let batches = plan.training.epoch(1)
    while let batch = try batches.next() {
      let backward = {
        let output = plan.output(for: batch)
        plan.loss(output, plan.target(of: batch, for: output)).backward()
      }
      optimizer.clearGradients()
      backward()
      optimizer.step(backward)
    }
    #expect(trained.kept == plan.model.stateDictionary)
  }

  @Test("small batches, accumulated, make SAM's steps of large ones")
  func accumulates() throws {
    var lab = Lab()
    lab.optimizer = { SAM(SGD($0, learningRate: 0.1), radius: 0.1) }
    lab.batchSize = 64
    let large = try lab.train()
    lab.batchSize = 16
    lab.change = { $0.accumulation = 4 }
    let small = try lab.train()
    for (first, second) in zip(small.kept.entries, large.kept.entries) {
      let gap =
        zip(first.value.values(as: Float.self), second.value.values(as: Float.self))
        .map { abs($0 - $1) }.max() ?? 0
      // Twelve steps of two passes in float32 whose sums are taken in another order.
      #expect(gap < 1e-4, "\(first.name)")
    }
  }

  @Test("running statistics move once for each batch")
  func runningStatistics() throws {
    func statistics(_ optimizer: @escaping ([Parameter]) -> any Optimizer) throws -> [Float] {
      var lab = Lab()
      (lab.epochs, lab.trainSamples) = (1, 32)
      lab.model = { stream in
        MLP(
          inputs: 64, outputs: 10, widths: [8], options: .init(normalization: .batch),
          using: &stream)
      }
      lab.optimizer = optimizer
      let plan = try lab.plan
      let outcome = try Trainer(plan, record: lab.record()).train()
      let mean = outcome.kept.entries.first { $0.name.hasSuffix("runningMean") }
      return try #require(mean).value.values(as: Float.self)
    }
    let plain = try statistics { SGD($0, learningRate: 0.1) }
    #expect(try statistics { SAM(SGD($0, learningRate: 0.1), radius: 0.5) } == plain)
  }
}
