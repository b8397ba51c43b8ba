import HoneData
import HoneModels
import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneTensor
import HoneText
import Testing

@testable import HoneTrain

@Suite("the gradient noise scale") struct EvaluatorNoiseScaleTests {
  private func model() throws -> any Layer<Tensor, Tensor> {
    var lab = Lab()
    lab.model = { MLP(inputs: 64, outputs: 10, widths: [3], using: &$0) }
    return try lab.plan.model
  }

  /// The gradient of each of the first digits alone.
  private func gradients(_ model: any Layer<Tensor, Tensor>, _ count: Int) throws -> [[Double]] {
    let loader = try Lab().loader(Array(0..<count), LoaderOptions(batchSize: 1))
    return try (0..<count).map { sample in
      let batch = try loader.batch(of: [sample])
      let loss = Loss.crossEntropy()(model(Tensor(batch.inputs)), Tensor(batch.targets))
      return HoneTensor.gradients(of: loss, withRespectTo: model.parameters.map(\.value))
        .flatMap { $0.values(as: Float.self).map(Double.init) }
    }
  }

  @Test("of single samples it is the covariance's trace over the squared mean, without bias")
  func singleSamples() throws {
    let model = try model()
    let count = 60
    let loader = try Lab().loader(Array(0..<count), LoaderOptions(batchSize: 1))
    let record = try #require(
      try Evaluator(loss: .crossEntropy()).noiseScale(of: model, on: loader, trainedBatchSize: 32))
    let all = try gradients(model, count)
    var (trace, square) = (0.0, 0.0)
    for element in all[0].indices {
      let column = all.map { $0[element] }
      let mean = column.mean()
      trace += column.map { ($0 - mean) * ($0 - mean) }.sum() / Double(count - 1)
      square += mean * mean
    }
    square -= trace / Double(count)
    #expect(abs(record.covarianceTrace - trace) < 1e-4 * trace)
    #expect(abs(record.squaredGradient - square) < 1e-3 * square)
    let scale = try #require(record.scale)
    #expect(abs(scale - trace / square) < 1e-3 * scale)
    let interval = try #require(record.interval)
    #expect(interval[0] < scale && scale < interval[1])
    #expect(record.samples == 60 && record.batchSize == 1 && record.trainedBatchSize == 32)
  }

  @Test("batches tell the same of single samples as these do")
  func batches() throws {
    let model = try model()
    func scale(_ size: Int) throws -> NoiseScaleRecord {
      let loader = try Lab().loader(Array(0..<640), LoaderOptions(batchSize: size))
      return try #require(
        try Evaluator(loss: .crossEntropy()).noiseScale(of: model, on: loader, trainedBatchSize: 8))
    }
    let (one, ten) = try (scale(1), scale(10))
    let interval = try #require(ten.interval)
    #expect(interval[0] < (one.scale ?? 0) && (one.scale ?? 0) < interval[1])
  }

  @Test("leaving out one batch after the other equals computing without it")
  func jackknife() {
    let rows: [[Double]] = [[1, 2], [2, 0], [0.5, 1], [3, 1.5], [1, 1]]
    func product(_ left: [Double], _ right: [Double]) -> Double {
      zip(left, right).map { $0 * $1 }.sum()
    }
    func batches(_ rows: [[Double]]) -> BatchGradients {
      let sum = rows.reduce([0, 0]) { [$0[0] + $1[0], $0[1] + $1[1]] }
      return BatchGradients(
        squares: rows.map { product($0, $0) }, withSum: rows.map { product($0, sum) },
        sumSquare: product(sum, sum), batchSize: 4)
    }
    for left in rows.indices {
      var rest = rows
      rest.remove(at: left)
      let (expected, found) = (batches(rest).estimate(), batches(rows).estimate(without: left))
      #expect(abs(expected.trace - found.trace) < 1e-12)
      #expect(abs(expected.squaredGradient - found.squaredGradient) < 1e-12)
    }
  }

  @Test("gradients that cancel have no scale, and three batches are too few")
  func hidden() throws {
    let opposite = BatchGradients(
      squares: [1, 1, 1, 1], withSum: [0, 0, 0, 0], sumSquare: 0, batchSize: 2)
    let record = opposite.record(trainedBatchSize: 2)
    #expect(record.scale == nil && record.interval == nil)
    #expect(record.sentence.english.contains("noise hides the gradient"))
    let loader = try Lab().loader(Array(0..<30), LoaderOptions(batchSize: 10))
    #expect(
      try Evaluator(loss: .crossEntropy())
        .noiseScale(of: model(), on: loader, trainedBatchSize: 1) == nil)
  }

  @Test("weights, modes and gradients are as before")
  func leavesUntouched() throws {
    let plan = try Lab().plan
    plan.model.train()
    let before = plan.model.stateDictionary
    let loader = try Lab().loader(Array(0..<40), LoaderOptions(batchSize: 8))
    _ = try Evaluator(loss: plan.loss).noiseScale(of: plan.model, on: loader, trainedBatchSize: 8)
    #expect(plan.model.stateDictionary == before)
    #expect(plan.model.parameters.allSatisfy { $0.gradient == nil })
  }
}
