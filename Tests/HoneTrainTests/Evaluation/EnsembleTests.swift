import Foundation
import HoneData
import HoneMetrics
import HoneNN
import HoneNumerics
import HoneRecords
import HoneTensor
import Testing

@testable import HoneTrain

@Suite struct EnsembleTests {
  private func result(_ outputs: [Float], labels: [Int]) -> EvaluationResult {
    var result = EvaluationResult()
    result.outputs = outputs
    result.width = 2
    result.labels = labels
    result.indices = Array(labels.indices)
    result.losses = labels.map { _ in 1 }
    return result
  }

  @Test("classifiers answer with the mean of their probabilities")
  func probabilities() throws {
    let first = result([2, 0, 0, 1], labels: [0, 0])
    let second = result([0, 0, 3, 0], labels: [0, 0])
    let combined = Ensemble(weights: [3, 1]).combined([first, second])
    let (a, b) = (softmax(first.outputs, classes: 2), softmax(second.outputs, classes: 2))
    let means = zip(a, b).map { 0.75 * $0 + 0.25 * $1 }
    let answer = softmax(combined.outputs, classes: 2)
    #expect(zip(answer, means).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(abs(combined.loss - (-log(Double(means[0])) - log(Double(means[2]))) / 2) < 1e-6)
  }

  @Test("regressions answer with the mean of their predictions, losses are squared errors")
  func predictions() {
    func result(_ outputs: [Float]) -> EvaluationResult {
      var result = EvaluationResult()
      result.outputs = outputs
      result.width = 1
      result.targets = [1, 2]
      result.indices = [0, 1]
      return result
    }
    let members = [result([0, 4]), result([4, 2])]
    let combined = Ensemble(of: 2).combined(members)
    #expect(combined.outputs == [2, 3])
    #expect(combined.losses == [1, 1])
    #expect(Ensemble(fitting: members).temperature == nil)
    #expect(
      Ensemble(fitting: [result([1, 2]), result([9, 9])], isWeighted: true).weights == [1, 0])
  }

  @Test("a temperature fitted on held-out samples lowers the loss of too sure an ensemble there")
  func calibration() throws {
    // Right three times of four, and sure each time.
    let member = result([8, 0, 8, 0, 8, 0, 8, 0], labels: [0, 0, 0, 1])
    let ensemble = Ensemble(fitting: [member])
    #expect(try #require(ensemble.temperature) > 1)
    let plain = Ensemble(of: 1).combined([member])
    let calibrated = ensemble.combined([member])
    #expect(calibrated.loss < plain.loss)
    let before = try #require(plain.classification?.calibration.error)
    let after = try #require(calibrated.classification?.calibration.error)
    #expect(after < before)
    #expect(calibrated.predictedClasses == plain.predictedClasses)
  }

  @Test("networks of several seeds are better together than on average")
  func seeds() throws {
    var members: [EvaluationResult] = []
    var lab = Lab()
    for seed in UInt64(1)...4 {
      lab.seed = seed
      let plan = try lab.plan
      _ = try Trainer(plan, record: lab.record()).train()
      let validation = try #require(plan.validation)
      members.append(try Evaluator(loss: plan.loss).evaluate(plan.model, on: validation))
    }
    let mean = members.map { $0.value(of: .accuracy) }.reduce(0, +) / 4
    let loss = members.map(\.loss).reduce(0, +) / 4
    let together = Ensemble(of: 4).combined(members)
    #expect(together.value(of: .accuracy) >= mean)
    // Jensen: the loss of the mean probability is at most the mean loss.
    #expect(together.loss < loss)
  }

  @Test("views of an image are averaged as probabilities")
  func views() throws {
    let lab = Lab()
    let plan = try lab.plan
    let loader = try #require(plan.validation)
    let evaluator = Evaluator(loss: plan.loss)
    let result = try evaluator.evaluate(plan.model, on: loader, views: .horizontalFlip)
    let batch = try loader.batch(of: [loader.indices[0]])
    let images = TestTimeAugmentation.horizontalFlip.views(of: batch.inputs)
    let answers = withoutGradients {
      images.map { softmax(plan.model(Tensor($0)).floats, classes: 10) }
    }
    let expected = TestTimeAugmentation.mean(answers)
    let answer = softmax(Array(result.outputs[0..<10]), classes: 10)
    #expect(zip(answer, expected).allSatisfy { abs($0 - $1) < 1e-5 })
    let truth = result.labels[0]
    #expect(abs(result.losses[0] + log(Double(expected[truth]))) < 1e-4)
  }

  @Test("the views of a single logit are averaged as probabilities of the second class")
  func singleLogit() throws {
    let loader = try #require(try Lab().plan.validation)
    let batch = try loader.batch(of: [loader.indices[0]])
    // A pixel is the logit; the mirrored image has another there.
    func logit(_ images: Tensor) -> Tensor {
      images.flattened(from: 1).sliced(18..<19, along: 1)
    }
    let mean = Evaluator(loss: .binaryCrossEntropyWithLogits)
      .average(of: .horizontalFlip, of: batch, classes: true, logit)
    let logits = TestTimeAugmentation.horizontalFlip.views(of: batch.inputs)
      .map { Double(logit(Tensor($0)).floats[0]) }
    #expect(logits[0] != logits[1])
    let expected = logits.map { 1 / (1 + exp(-$0)) }.reduce(0, +) / 2
    #expect(abs(Double(mean.sigmoid().floats[0]) - expected) < 1e-6)
  }
}
