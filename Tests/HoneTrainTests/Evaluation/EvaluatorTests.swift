import Foundation
import HoneData
import HoneMetrics
import HoneModels
import HoneNN
import HoneNumerics
import HoneRecords
import HoneTensor
import Testing

@testable import HoneTrain

@Suite struct EvaluatorTests {
  @Test("equals one pass over all samples at once, mode and statistics untouched")
  func equalsOnePass() throws {
    var lab = Lab()
    lab.model = { stream in
      MLP(
        inputs: 64, outputs: 10, widths: [24],
        options: .init(normalization: .batch, dropout: 0.5), using: &stream)
    }
    let plan = try lab.plan
    let loader = try #require(plan.validation)
    plan.model.train()
    let state = plan.model.stateDictionary
    let result = try Evaluator(loss: plan.loss).evaluate(plan.model, on: loader)
    #expect(plan.model.stateDictionary == state)
    for case let layer as any ModeDependent in plan.model.namedModules.map(\.module) {
      #expect(layer.isTraining)
    }

    let all = try loader.batch(of: loader.indices)
    let output = plan.model.evaluating { withoutGradients { plan.model(Tensor(all.inputs)) } }
    let losses = plan.loss.perSample(output, Tensor(all.targets)).values(as: Double.self)
    #expect(result.indices == loader.indices)
    #expect(zip(result.losses, losses).allSatisfy { abs($0 - $1) < 1e-5 })
    #expect(zip(result.outputs, output.floats).allSatisfy { abs($0 - $1) < 1e-5 })
    #expect(result.width == 10)
    #expect(result.labels == loader.indices.map { Int(loader.dataset.labels[$0]) })
    let answers = ATen.argmax(output, dim: 1).values(as: Int64.self).map(Int.init)
    #expect(result.predictedClasses == answers)
    let right = zip(answers, result.labels).count { $0 == $1 }
    #expect(result.value(of: .accuracy) == Double(right) / 90)
    #expect(abs(result.loss - losses.mean()) < 1e-6)
  }

  @Test("a training loader's samples come once each, in order and unchanged")
  func trainingLoader() throws {
    var lab = Lab()
    lab.augmentation = [.randomCrop(padding: 2)]
    lab.dropLast = true
    lab.order = .balanced
    let plan = try lab.plan
    let plain = try lab.loader(plan.training.indices, LoaderOptions(batchSize: 32, threads: 0))
    let evaluator = Evaluator(loss: plan.loss)
    #expect(
      try evaluator.evaluate(plan.model, on: plan.training)
        == evaluator.evaluate(plan.model, on: plain))
  }

  @Test("standard errors are those of the mean, and of its root by the delta method")
  func standardErrors() {
    var result = EvaluationResult()
    result.indices = Array(0..<4)
    result.losses = [1, 2, 3, 6]
    result.outputs = [1, 0, 0, 1, 1, 0, 0, 1]
    result.width = 2
    result.labels = [0, 1, 1, 1]
    #expect(result.value(of: .accuracy) == 0.75)
    // Deviation of (1, 1, 0, 1) is 1/2, of a mean of four 1/4.
    #expect(result.standardError(of: .accuracy) == 0.25)
    #expect(result.lossError == result.losses.standardError())
    #expect(result.standardError(of: .f1Macro) == nil)

    var regression = EvaluationResult()
    regression.indices = [0, 1]
    regression.outputs = [1, 3]
    regression.targets = [0, 0]
    regression.width = 1
    #expect(regression.value(of: .meanSquaredError) == 5)
    #expect(regression.standardError(of: .meanSquaredError) == 4)
    #expect(regression.value(of: .rootMeanSquaredError) == 5.0.squareRoot())
    let error = regression.standardError(of: .rootMeanSquaredError)
    #expect(error == 4 / (2 * 5.0.squareRoot()))
  }

  @Test("a single logit of a binary task comes as two, and counts by its sign")
  func oneLogit() throws {
    let data = try binaryDigits()
    let preprocessor = try Preprocessor.fit(data, indices: Array(0..<100))
    let loader = try DataLoader(
      data, indices: Array(0..<100), preprocessor: preprocessor, options: LoaderOptions(threads: 0))
    var stream = RandomStream(seed: 1, "weights")
    let model = MLP(inputs: 64, outputs: 1, widths: [], using: &stream)
    let result = try Evaluator(loss: .binaryCrossEntropyWithLogits).evaluate(model, on: loader)
    let batch = try loader.batch(of: loader.indices)
    let logits = withoutGradients { model(Tensor(batch.inputs)) }.floats
    #expect(result.width == 2)
    #expect(result.predictedClasses == logits.map { $0 > 0 ? 1 : 0 })
    #expect(result.outputs.count == 200)
    // The softmax of [0, z] is the sigmoid of z: both losses are the same number.
    let logLoss = try #require(result.classification?.value(of: .logLoss))
    #expect(abs(logLoss - result.loss) < 1e-6)
  }

  @Test("values of a regression are in the unit of the data")
  func regression() throws {
    let data = try countingData()
    let preprocessor = try Preprocessor.fit(data, indices: Array(0..<50))
    let loader = try DataLoader(
      data, indices: Array(0..<50), preprocessor: preprocessor, options: LoaderOptions(threads: 0))
    let model = Constant(0.5)
    let result = try Evaluator(loss: .meanSquaredError).evaluate(model, on: loader)
    let scale = try #require(preprocessor.target)
    #expect(result.targets == Array(data.targets.prefix(50)))
    #expect(
      result.outputs.allSatisfy { abs(Double($0) - (0.5 * scale.deviation + scale.mean)) < 1e-3 })
    // Standardised targets have variance 1: the loss of answering 0.5 is 1.25.
    #expect(abs(result.loss - 1.25) < 1e-5)
    let expected = 1.25.squareRoot() * scale.deviation
    #expect(abs(result.value(of: .rootMeanSquaredError) - expected) < 1e-3)
    #expect(result.labels.isEmpty)
    #expect(result.classification == nil)
    #expect(result.regression != nil)
  }

  @Test("the record holds metric, interval and confusion")
  func record() throws {
    let plan = try Lab().plan
    let loader = try #require(plan.validation)
    let result = try Evaluator(loss: plan.loss).evaluate(plan.model, on: loader)
    let record = result.record(split: "validation", metric: .accuracy, epoch: 2, seed: 1)
    #expect(record.samples == 90)
    #expect(record.metric == result.value(of: .accuracy))
    let interval = try #require(record.interval)
    #expect(interval[0] <= record.metric && record.metric <= interval[1])
    #expect(record.confusion.joined().reduce(0, +) == 90)
    #expect(record == result.record(split: "validation", metric: .accuracy, epoch: 2, seed: 1))
  }
}

/// Answers the same to every sample.
final class Constant: Layer {
  let value: Parameter

  init(_ value: Float) { self.value = Parameter(Tensor([value])) }

  func callAsFunction(_ input: Tensor) -> Tensor {
    value.value.unsqueezed(at: 0).expanded(to: [input.shape[0], 1])
  }
}

/// Digits whose value is what is to be predicted, in hundreds.
func countingData() throws -> Dataset {
  let digits = try Lab.digits.get()
  return Dataset(
    source: "digits", labels: .values(digits.labels.map { Float($0) * 100 + 1000 }),
    samples: digits.samples, fingerprint: "", reading: digits.reading)
}
