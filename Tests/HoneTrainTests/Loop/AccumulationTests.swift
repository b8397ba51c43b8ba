import HoneData
import HoneModels
import HoneNN
import HoneOptim
import HoneRecords
import HoneTensor
import Testing

@testable import HoneTrain

@Suite struct AccumulationTests {
  @Test(
    "small batches, accumulated, make the steps of large ones",
    arguments: [192, 200, 170])
  func equalsLargeBatches(samples: Int) throws {
    var lab = Lab()
    lab.trainSamples = samples
    lab.optimizer = { SGD($0, learningRate: 0.1, momentum: 0.9) }
    lab.change = { $0.penalty = WeightPenalty(l1: 1e-4, l2: 1e-3) }
    lab.batchSize = 64
    let large = try lab.train()
    lab.batchSize = 16
    lab.change = {
      $0.penalty = WeightPenalty(l1: 1e-4, l2: 1e-3)
      $0.accumulation = 4
    }
    let small = try lab.train()
    #expect(small.history.map(\.step) == large.history.map(\.step))
    for (first, second) in zip(small.kept.entries, large.kept.entries) {
      let gap =
        zip(first.value.values(as: Float.self), second.value.values(as: Float.self))
        .map { abs($0 - $1) }.max() ?? 0
      // Twelve steps in float32 whose sums are taken in another order.
      #expect(gap < 2e-5, "\(first.name)")
    }
  }

  @Test("batch normalization sees the small batches: accumulated steps are then others")
  func batchNormalization() throws {
    var lab = Lab()
    lab.trainSamples = 192
    lab.epochs = 1
    lab.model = { stream in
      MLP(
        inputs: 64, outputs: 10, widths: [24], options: .init(normalization: .batch), using: &stream
      )
    }
    lab.batchSize = 64
    let large = try lab.train()
    lab.batchSize = 16
    lab.change = { $0.accumulation = 4 }
    let small = try lab.train()
    let name = try #require(small.kept.names.first { $0.hasSuffix("weight") })
    #expect(small.history.map(\.step) == large.history.map(\.step))
    #expect(small.kept[name] != large.kept[name])
  }

  @Test("the shares of a step's batches add up to one, and weigh by samples")
  func shares() throws {
    var lab = Lab()
    lab.trainSamples = 170
    lab.change = { $0.accumulation = 4 }
    let plan = try lab.plan
    let batches = plan.training.epoch(1)
    var shares: [Double] = []
    while let batch = try batches.next() {
      shares.append(plan.shareOfStep(batch, number: shares.count + 1))
    }
    #expect(shares == [0.25, 0.25, 0.25, 0.25, 32.0 / 42, 10.0 / 42])
  }
}
