import Foundation
import Testing

@testable import HoneMetrics

/// The reference of `Tools/golden/ensembles.py`.
private struct Reference: Decodable {
  struct Selection: Decodable {
    var weights: [Double]
    var loss: Double
  }

  var classes: Int
  var labels: [Int]
  var logits: [[Float]]
  var temperature: Double
  var scaledLoss: Double
  var classification: Selection
  var targets: [Float]
  var predictions: [[Float]]
  var regression: Selection

  static var stored: Reference {
    get throws {
      let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Golden/ensembles.json")
      return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
    }
  }
}

@Suite struct EnsembleSelectionTests {
  private func isClose(_ first: [Double], _ second: [Double]) -> Bool {
    first.count == second.count && zip(first, second).allSatisfy { abs($0 - $1) < 1e-6 }
  }

  @Test("the weights of classifiers are the reference's")
  func classification() throws {
    let reference = try Reference.stored
    let selection = EnsembleSelection(
      probabilities: reference.logits.map { softmax($0, classes: reference.classes) },
      labels: reference.labels, classes: reference.classes)
    #expect(isClose(selection.weights, reference.classification.weights))
    #expect(abs(selection.loss - reference.classification.loss) < 1e-6)
  }

  @Test("the weights of regressions are the reference's")
  func regression() throws {
    let reference = try Reference.stored
    let selection = EnsembleSelection(
      predictions: reference.predictions, targets: reference.targets)
    #expect(isClose(selection.weights, reference.regression.weights))
    #expect(abs(selection.loss - reference.regression.loss) < 1e-6)
  }

  @Test("one model has all the weight, and a model that knows nothing has none")
  func extremes() {
    let good: [Float] = [0.9, 0.1, 0.2, 0.8]
    let blind: [Float] = [0.1, 0.9, 0.9, 0.1]
    let alone = EnsembleSelection(probabilities: [good], labels: [0, 1], classes: 2)
    #expect(alone.weights == [1])
    let both = EnsembleSelection(probabilities: [blind, good], labels: [0, 1], classes: 2)
    #expect(both.weights == [0, 1])
  }
}

@Suite struct TemperatureScalingTests {
  @Test("the temperature is the one of least log loss, as the reference has it")
  func golden() throws {
    let reference = try Reference.stored
    let scaling = try #require(
      TemperatureScaling(
        fitting: reference.logits[0], labels: reference.labels, classes: reference.classes))
    #expect(abs(scaling.temperature - reference.temperature) < 1e-5 * reference.temperature)
    let scaled = ClassificationSummary(
      logits: scaling.scaled(reference.logits[0]), labels: reference.labels,
      classes: reference.classes)
    let loss = scaled.losses.reduce(0, +) / Double(scaled.losses.count)
    #expect(abs(loss - reference.scaledLoss) < 1e-6)
  }

  @Test("scaling changes no answer and lowers the loss on the samples that chose it")
  func answers() throws {
    let reference = try Reference.stored
    for logits in reference.logits {
      let scaling = try #require(
        TemperatureScaling(fitting: logits, labels: reference.labels, classes: reference.classes))
      let before = ClassificationSummary(
        logits: logits, labels: reference.labels, classes: reference.classes)
      let after = ClassificationSummary(
        logits: scaling.scaled(logits), labels: reference.labels, classes: reference.classes)
      #expect(after.predictions == before.predictions)
      #expect(after.losses.reduce(0, +) <= before.losses.reduce(0, +) + 1e-6)
    }
  }

  @Test("answers that are all right or no numbers end at a bound or nowhere")
  func degenerate() {
    let sure = TemperatureScaling(fitting: [5, 0, 0, 5], labels: [0, 1], classes: 2)
    #expect(sure.map { $0.temperature < 0.011 } ?? false)
    #expect(TemperatureScaling(fitting: [.nan, 0], labels: [0], classes: 2) == nil)
    #expect(TemperatureScaling(fitting: [], labels: [], classes: 2) == nil)
  }
}
