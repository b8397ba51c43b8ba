import Foundation
import HoneData
import HoneMetrics
import HoneModels
import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneTensor
import Testing

@testable import HoneTrain

@Suite struct RangeTestTests {
  @Test("suggests a rate at which AdamW trains a perceptron on the digits")
  func digits() throws {
    var lab = Lab()
    lab.trainSamples = 1200
    lab.batchSize = 64
    let record = try RangeTest().run(lab.plan)
    #expect(record.verdict == .clear)
    let suggestion = try #require(record.suggestion)
    #expect((1e-3...0.1).contains(suggestion))
    let interval = try #require(record.interval)
    #expect(interval[0] <= suggestion && suggestion <= interval[1])
    #expect(record.learningRates.count == 100)
    #expect(record.losses.count == 100)
  }

  @Test("the same plan gives the same record")
  func repeats() throws {
    let plan = try Lab().plan
    // Past divergence losses are not numbers, which equal nothing.
    let (first, second) = try (RangeTest().run(plan), RangeTest().run(plan))
    #expect(first.suggestion == second.suggestion)
    #expect(zip(first.losses, second.losses).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) })
  }

  @Test("a test that has no time makes one repetition of few steps; one that has it makes all")
  func seconds() throws {
    let plan = try Lab().plan
    var test = RangeTest()
    test.seconds = 0
    let short = try test.run(plan)
    #expect(short.learningRates.count == 40)
    #expect(short.verdict != .clear)
    test.seconds = 1e6
    // Finding out how long steps take leaves nothing behind.
    #expect(try test.run(plan).suggestion == RangeTest().run(plan).suggestion)
  }

  @Test("descent on a parabola explodes at two over its curvature")
  func parabola() throws {
    let record = try RangeTest().run(parabolaPlan(curvature: 20))
    #expect(record.verdict == .clear)
    let divergence = try #require(record.divergence)
    // Unstable from 2 / 20 on; by then the weight is so near its optimum that growing takes a while.
    #expect((0.1...1).contains(divergence))
    let suggestion = try #require(record.suggestion)
    #expect((0.003...0.1).contains(suggestion))
  }

  @Test("fails where the rate has no effect")
  func noEffect() throws {
    var lab = Lab()
    lab.optimizer = { SGD($0.map { Parameter($0.value.clone()) }, learningRate: 0.1) }
    let record = try RangeTest().run(lab.plan)
    #expect(record.verdict == .failed)
    #expect(record.suggestion == nil)
  }

  @Test("does not claim a clear rate where labels say nothing")
  func shuffledLabels() throws {
    let record = try RangeTest().run(shuffledPlan())
    #expect(record.verdict != .clear)
  }

  @Test("seeds that disagree make the verdict ambiguous")
  func disagreement() {
    let test = RangeTest()
    let rates = (0..<100).map { 1e-6 * pow(1e7, Double($0) / 99) }
    func cliff(at place: Int) -> [Double] {
      (0..<100).map { 2 / (1 + exp(Double($0 - place) / 3)) }
    }
    let apart = test.summarize(rates: rates, curves: [cliff(at: 30), cliff(at: 60)])
    #expect(apart.verdict == .ambiguous)
    #expect(apart.interval == [rates[30], rates[60]])
    let together = test.summarize(rates: rates, curves: [cliff(at: 49), cliff(at: 50)])
    #expect(together.verdict == .clear)
    #expect(together.suggestion.map { abs(log($0 / rates[50])) < 0.5 } == true)
  }

  private func parabolaPlan(curvature: Float) throws -> TrainingPlan {
    let data = try countingData()
    let preprocessor = try Preprocessor.fit(data, indices: Array(0..<50))
    let model = Parabola(curvature: curvature)
    return TrainingPlan(
      model: model, loss: .meanSquaredError, optimizer: SGD(model.parameters, learningRate: 0.1),
      training: try DataLoader(
        data, indices: Array(0..<50), preprocessor: preprocessor,
        options: LoaderOptions(batchSize: 50, threads: 0)), metric: .rootMeanSquaredError,
      epochs: 1, seed: 0)
  }

  private func shuffledPlan() throws -> TrainingPlan {
    let digits = try Lab.digits.get()
    var stream = RandomStream(seed: 4, "labels")
    let labels = stream.permutation(digits.count).map { digits.labels[$0] }
    let data = Dataset(
      source: "digits", labels: .classes(digits.classes, labels), samples: digits.samples,
      fingerprint: "", reading: digits.reading)
    let model = MLP(inputs: 64, outputs: 10, widths: [24], using: &stream)
    return TrainingPlan(
      model: model, loss: .crossEntropy(), optimizer: AdamW(model.parameters),
      training: try DataLoader(
        data, indices: Array(0..<1200), preprocessor: Lab.preprocessor,
        options: LoaderOptions(batchSize: 64, order: .shuffled, threads: 0)), metric: .accuracy,
      epochs: 1, seed: 0)
  }
}

/// Answers so that the squared error beside standardised targets is a parabola of its only weight.
private final class Parabola: Layer {
  let weight = Parameter(Tensor([Float(10)]))
  let slope: Float

  init(curvature: Float) { slope = (curvature / 2).squareRoot() }

  func callAsFunction(_ input: Tensor) -> Tensor {
    (weight.value * Scalar(Double(slope))).unsqueezed(at: 0).expanded(to: [input.shape[0], 1])
  }
}
