import Foundation
import Testing

@testable import HoneNumerics

@Suite struct RelevanceTests {
  private struct Reference: Decodable {
    struct Model: Decodable { let strength: Double, weights: [Double] }
    let numbers, other, target: [Double]
    let names, twice: [Int]
    let ofNames, ofNumberAndName, ofNumbers: Double
    let rows: [[Double]]
    let positive: [Bool]
    let lasso, logistic: [Model]
  }

  private let reference: Reference

  init() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/relevance.json")
    reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
  }

  @Test("agrees with scikit-learn's estimates of mutual information")
  func agreesOnInformation() {
    let both = zip(reference.names, reference.twice).map { $0 + $1 }
    #expect(abs(MutualInformation.ofNames(reference.names, both) - reference.ofNames) < 1e-12)
    let mixed = MutualInformation.ofNumbers(reference.numbers, names: reference.names)
    #expect(abs(mixed - reference.ofNumberAndName) < 1e-12)
    let numbers = MutualInformation.ofNumbers(reference.numbers, reference.other)
    #expect(abs(numbers - reference.ofNumbers) < 1e-12)
  }

  @Test("agrees with scikit-learn's Lasso and sparse logistic regression")
  func agreesOnSparseModels() {
    for model in reference.lasso {
      let weights = SparseLinearModel.squared(
        reference.rows, targets: reference.target, strength: model.strength)
      for (found, expected) in zip(weights, model.weights) { #expect(abs(found - expected) < 1e-5) }
      #expect(weights.map { $0 != 0 } == model.weights.map { $0 != 0 })
    }
    for model in reference.logistic {
      let weights = SparseLinearModel.logistic(
        reference.rows, isPositive: reference.positive, strength: model.strength)
      for (found, expected) in zip(weights, model.weights) { #expect(abs(found - expected) < 1e-4) }
      #expect(weights.map { $0 != 0 } == model.weights.map { abs($0) > 1e-9 })
    }
  }

  @Test("solves symmetric systems and finds their axes")
  func solves() throws {
    var matrix = SquareMatrix(size: 3)
    for (place, value) in [4.0, 1, 0.5, 1, 3, -1, 0.5, -1, 5].enumerated() {
      matrix.values[place] = value
    }
    let solution = try #require(matrix.solved([1, 2, 3]))
    let back = (0..<3).map { row in (0..<3).reduce(0) { $0 + matrix[row, $1] * solution[$1] } }
    for (found, expected) in zip(back, [1.0, 2, 3]) { #expect(abs(found - expected) < 1e-12) }
    let (values, vectors) = matrix.eigen()
    #expect(values == values.sorted(by: >))
    for (value, vector) in zip(values, vectors) {
      for row in 0..<3 {
        let image = (0..<3).reduce(0) { $0 + matrix[row, $1] * vector[$1] }
        #expect(abs(image - value * vector[row]) < 1e-12)
      }
    }
    matrix[0, 0] = -1
    #expect(matrix.solved([1, 2, 3]) == nil)
  }

  @Test("a logistic regression fits what it is shown and stays finite where classes part")
  func fitsLogistic() {
    let rows = (0..<40).map { [Double($0) / 20 - 1] }
    let parted = LogisticRegression(rows, isPositive: rows.map { $0[0] > 0 }, ridge: 0.1)
    #expect(parted.weights[0] > 1 && parted.weights[0].isFinite)
    let even = LogisticRegression(rows, isPositive: (0..<40).map { $0 % 2 == 0 }, ridge: 1)
    #expect(abs(even.weights[0]) < 0.2)
    #expect(abs(even.intercept) < 0.1)
  }

  @Test("the digamma function satisfies its recurrence and its value at 1")
  func digamma() {
    #expect(abs(MutualInformation.digamma(1) + 0.577_215_664_901_532_9) < 1e-13)
    for x in [0.3, 1.7, 4, 25.5] {
      let step = MutualInformation.digamma(x + 1) - MutualInformation.digamma(x)
      #expect(abs(step - 1 / x) < 1e-12)
    }
  }
}
