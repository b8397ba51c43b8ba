import Foundation
import HoneMetrics
import HoneNumerics
import Testing

@Suite struct DecisionThresholdTests {
  private struct Reference: Decodable {
    struct Case: Decodable {
      let scores: [Float]
      let labels: [Int]
      let f1, balancedAccuracy: Double
    }
    let thresholds: [Case]
  }

  @Test("attains what scikit-learn's scores attain at the best of all thresholds")
  func attainsTheBest() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/thresholds.json")
    let reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
    for example in reference.thresholds {
      let truth = example.labels.map { $0 == 1 }
      let f1 = try #require(DecisionThreshold(example.scores, isPositive: truth, goal: .f1))
      #expect(abs(f1.value - example.f1) < 1e-12)
      let balanced = try #require(
        DecisionThreshold(example.scores, isPositive: truth, goal: .balancedAccuracy))
      #expect(abs(balanced.value - example.balancedAccuracy) < 1e-12)
      // The threshold decides as its value says.
      let taken = example.scores.map { Double($0) >= f1.probability }
      let right = zip(taken, truth).count { $0 && $1 }
      let all = taken.count { $0 } + truth.count { $0 }
      #expect(abs(2 * Double(right) / Double(all) - f1.value) < 1e-12)
    }
  }

  @Test("weighs costs, and moves the threshold to one half")
  func movesThreshold() throws {
    let scores: [Float] = [0.1, 0.2, 0.3, 0.4, 0.6, 0.7]
    let truth = [false, false, true, false, true, true]
    let careful = try #require(
      DecisionThreshold(
        scores, isPositive: truth, goal: .cost(falsePositive: 1, falseNegative: 10)))
    #expect(careful.probability > 0.2 && careful.probability < 0.3)
    #expect(careful.value == -1)
    let logit = log(careful.probability / (1 - careful.probability))
    #expect(abs(logit + careful.logitOffset) < 1e-12)
    #expect(DecisionThreshold([0.5], isPositive: [true], goal: .f1) == nil)
  }

  @Test("undoes the balance of classes, and finds the frequencies of unlabeled samples")
  func correctsPriors() {
    // Bayes' rule: likelihoods 0.6 and 0.2 at frequencies 1 to 1, then 1 to 9.
    let correction = PriorCorrection(training: [1, 1], actual: [9, 1])
    let corrected = correction.corrected([0.25, 0.75])
    #expect(abs(corrected[1] - 0.6 * 0.1 / (0.6 * 0.1 + 0.2 * 0.9)) < 1e-12)
    #expect(PriorCorrection(training: [5, 0], actual: [5, 0]).logitOffsets == [0, 0])
    var stream = RandomStream(seed: 2, "priors")
    let rows = (0..<4_000).map { index -> [Double] in
      let x = stream.normal() + (index % 10 == 0 ? 2 : 0)
      let odds = exp(2 * x - 2)
      return [1 / (1 + odds), odds / (1 + odds)]
    }
    let priors = PriorCorrection.estimatedPriors(rows, training: [1, 1])
    // Four standard errors of a share of 0.1, doubled for classes that overlap.
    #expect(abs(priors[1] - 0.1) < 0.04)
  }
}
