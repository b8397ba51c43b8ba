import Foundation
import HoneNN
import HoneTensor
import Testing

/// PyTorch's values, written by Tools/golden/nn.py.
enum Golden {
  struct Array: Decodable {
    let shape: [Int]
    let values: [Double]

    func tensor(asInteger: Bool = false) -> Tensor {
      asInteger ? Tensor(values.map { Int64($0) }, shape: shape) : Tensor(values, shape: shape)
    }
  }

  struct Layer: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let training: Bool
    let isInteger: Bool
    let input: Array
    let output: Array
    let outputGradient: Array
    let inputGradient: Array?
    let stateBefore: [String: Array]
    let stateAfter: [String: Array]
    let gradients: [String: Array]

    var testDescription: String { name }
  }

  struct Loss: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let output: Array
    let target: Array
    let isInteger: Bool
    let mean: Double
    let perSample: Array
    let gradient: Array

    var testDescription: String { name }
  }

  private struct File<Case: Decodable>: Decodable { let cases: [Case] }

  static func layers() throws -> [Layer] { try load("layers") }
  static func catalogue() throws -> [Layer] {
    try ["convolutions", "poolings", "normalizations", "activations"].flatMap(load)
  }
  static func losses() throws -> [Loss] { try load("losses") }

  private static func load<Case: Decodable>(_ name: String) throws -> [Case] {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/\(name).json")
    return try JSONDecoder().decode(File<Case>.self, from: Data(contentsOf: url)).cases
  }
}

/// Equal shapes, and values equal to rounding in float64 sums of some hundred products.
func agree(_ tensor: Tensor, _ golden: Golden.Array, tolerance: Double = 1e-12) -> Bool {
  tensor.shape == golden.shape
    && tensor.cast(to: .float64).isClose(
      to: golden.tensor(), relative: tolerance, absolute: tolerance)
}

/// A stream for tests.
func testStream(_ seed: UInt64 = 1) -> RandomStream { RandomStream(seed: seed, "test") }

/// Standard normal numbers of a shape.
func randomTensor(_ shape: [Int], seed: UInt64 = 5) -> Tensor {
  Tensor.normal(shape, using: RandomSource(seed: seed))
}
