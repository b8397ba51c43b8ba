import Foundation
import Testing

@testable import HoneData

@Suite struct ConfidentLearningTests {
  private struct Reference: Decodable {
    struct Case: Decodable {
      let labels, issues, wrong: [Int]
      let classes: Int
      let probabilities: [[Double]]
      let thresholds: [Double]
      let confidentJoint: [[Int]]
    }
    let cases: [Case]
  }

  @Test("finds the label issues that cleanlab finds, in its order")
  func agreesWithCleanlab() throws {
    let reference = try JSONDecoder().decode(
      Reference.self, from: Data(try Fixtures.bytes("labels.json")))
    for example in reference.cases {
      let learning = ConfidentLearning(
        labels: example.labels, probabilities: example.probabilities, classes: example.classes)
      for (found, expected) in zip(learning.thresholds, example.thresholds) {
        // Sums of six-digit numbers in another order.
        #expect(abs(found - expected) < 1e-12)
      }
      #expect(learning.confidentJoint == example.confidentJoint)
      #expect(learning.issues.map(\.position) == example.issues)
    }
  }

  @Test("most of what it finds in noisy labels is wrong")
  func isRight() throws {
    let reference = try JSONDecoder().decode(
      Reference.self, from: Data(try Fixtures.bytes("labels.json")))
    let example = reference.cases[1]
    let learning = ConfidentLearning(
      labels: example.labels, probabilities: example.probabilities, classes: example.classes)
    let wrong = Set(example.wrong)
    let right = learning.issues.count { wrong.contains($0.position) }
    #expect(right * 10 > learning.issues.count * 7)
    #expect(right * 2 > wrong.count)
  }
}
