import Foundation
import HoneMetrics
import Testing

/// The reference figures that `Tools/golden/metrics.py` writes.
struct Golden: Decodable {
  struct Classification: Decodable {
    let classes: Int
    let labels: [Int]
    let probabilities: [Float]
    let confusion: [[Int]]
    let kappaLinear, kappaQuadratic: Double?
    let metrics: [String: Double]
  }
  struct Multilabel: Decodable {
    let classes: Int
    let labels: [Bool]
    let probabilities: [Float]
    let metrics: [String: Double]
  }
  struct Regression: Decodable {
    let outputs: Int
    let targets, predictions: [Float]
    let metrics: [String: Double]
  }

  let classification: [Classification]
  let multilabel: [Multilabel]
  let regression: [Regression]

  static func load() throws -> Golden {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/metrics.json")
    return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
  }
}

/// Expects every reference figure to be met within 1e-12 of its size, or of 1 for smaller ones.
func expectAgreement(
  _ expected: [String: Double], _ value: (MetricName) -> Double?,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  #expect(!expected.isEmpty, sourceLocation: sourceLocation)
  for (name, reference) in expected {
    let metric = try #require(MetricName(rawValue: name), sourceLocation: sourceLocation)
    let ours = try #require(value(metric), "\(name) has no value", sourceLocation: sourceLocation)
    #expect(
      abs(ours - reference) <= 1e-12 * max(1, abs(reference)), "\(name): \(ours), \(reference)",
      sourceLocation: sourceLocation)
  }
}
