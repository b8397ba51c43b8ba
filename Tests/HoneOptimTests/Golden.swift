import Foundation
import HoneTensor
import Testing

/// The reference figures that `Tools/golden/optim.py` writes.
struct Golden: Decodable {
  struct Problem: Decodable {
    let start, center, curvature, phase: [[Double]]
  }
  struct Clipping: Decodable {
    struct Case: Decodable {
      let limit, norm: Double
      let byNorm, byValue: [[Double]]
    }
    let gradients: [[Double]]
    let cases: [Case]
  }
  struct MaxNorm: Decodable {
    let weights, expected: [Double]
    let limit: Double
  }
  struct Penalty: Decodable {
    let weights, gradients: [[Double]]
    let l1, l2, loss: Double
  }
  struct Averages: Decodable {
    let points: [[[Double]]]
    let decay: Double
    let exponential, uniform: [[Double]]
  }

  let shapes: [[Int]]
  let problem: Problem
  let checkpoints: [Int]
  let trajectories, singleTrajectories: [String: [[[Double]]]]
  let schedules: [String: [Double]]
  let clipping: Clipping
  let maxNorm: MaxNorm
  let penalty: Penalty
  let averages: Averages

  static func load() throws -> Golden {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/optim.json")
    return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
  }

  /// Lists of values as tensors of the reference shapes.
  func tensors(_ values: [[Double]], dtype: DType = .float64) -> [Tensor] {
    zip(values, shapes).map { Tensor($0, shape: $1).cast(to: dtype) }
  }

  /// Lists of values as parameters of the reference shapes.
  func parameters(_ values: [[Double]], dtype: DType = .float64) -> [Parameter] {
    tensors(values, dtype: dtype).map { Parameter($0) }
  }
}

/// The values of parameters in double precision.
func values(of parameters: [Parameter]) -> [[Double]] {
  parameters.map { $0.value.detached().values(as: Double.self) }
}

/// The gradients of parameters in double precision.
func gradients(of parameters: [Parameter]) -> [[Double]] {
  parameters.map { $0.gradient?.values(as: Double.self) ?? [] }
}

/// Expects each value to be within `tolerance` times its size, or times 1 for smaller ones.
func expectClose(
  _ found: [[Double]], _ expected: [[Double]], tolerance: Double, _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let found = found.flatMap { $0 }
  let expected = expected.flatMap { $0 }
  #expect(found.count == expected.count, comment, sourceLocation: sourceLocation)
  let worst = zip(found, expected).map { abs($0 - $1) / max(abs($1), 1) }.max() ?? 0
  #expect(worst <= tolerance, comment, sourceLocation: sourceLocation)
}
