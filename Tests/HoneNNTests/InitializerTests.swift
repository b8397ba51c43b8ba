import Foundation
import HoneNN
import HoneNumerics
import HoneTensor
import Testing

struct InitializerTests {
  static let shape = [120, 40, 3, 3]  // fan-in 360, fan-out 1080

  @Test(
    "samples follow their distribution: mean, deviation and Kolmogorov-Smirnov",
    arguments: [
      ("standard", Initializer.standard, 0, 1 / 1080.0.squareRoot(), false),
      ("kaimingNormal", .kaimingNormal(), 0, (2 / 360.0).squareRoot(), true),
      (
        "kaimingNormal outputs", .kaimingNormal(gain: .tanh, mode: .outputs), 0,
        5.0 / 3 / 1080.0.squareRoot(), true
      ),
      ("kaimingUniform", .kaimingUniform(), 0, (2 / 360.0).squareRoot(), false),
      ("xavierNormal", .xavierNormal(), 0, (2 / 1440.0).squareRoot(), true),
      ("xavierUniform", .xavierUniform(gain: .relu), 0, (4 / 1440.0).squareRoot(), false),
      ("leCunNormal", .leCunNormal, 0, 1 / 360.0.squareRoot(), true),
      ("normal", .normal(mean: 0.5, standardDeviation: 2), 0.5, 2, true),
      ("uniform", .uniform(-1...3), 1, 2 / 3.0.squareRoot(), false),
    ] as [(String, Initializer, Double, Double, Bool)])
  func distribution(
    _ name: String, _ initializer: Initializer, _ mean: Double, _ deviation: Double,
    _ isNormal: Bool
  ) {
    var stream = testStream(4)
    let values = initializer.tensor(Self.shape, using: &stream).values(as: Double.self)
    let standard = values.map { ($0 - mean) / deviation }.sorted()
    let count = Double(standard.count)
    // Five standard errors of a mean; deviations err less than means here.
    #expect(abs(standard.mean()) < 5 / count.squareRoot())
    #expect(abs(standard.variance() - 1) < 5 * (2 / count).squareRoot())
    #expect(distance(standard, isNormal ? normalMass : uniformMass) < 2.2 / count.squareRoot())
  }

  @Test("truncated normal values stay within two deviations and follow the cut density")
  func truncated() {
    var stream = testStream(4)
    let initializer = Initializer.truncatedNormal(mean: 1, standardDeviation: 0.5)
    let values = initializer.tensor([300, 200], using: &stream).values(as: Double.self)
    let standard = values.map { ($0 - 1) / 0.5 }.sorted()
    #expect(standard[0] >= -2.000_01 && standard[standard.count - 1] <= 2.000_01)
    let outside = normalMass(-2)
    let distance = distance(standard) { (normalMass($0) - outside) / (1 - 2 * outside) }
    #expect(distance < 2.2 / Double(standard.count).squareRoot())
  }

  @Test(
    "orthogonal weights have rows or columns of one length at right angles",
    arguments: [[4, 9], [9, 4], [6, 2, 3, 3]])
  func orthogonal(_ shape: [Int]) {
    var stream = testStream()
    let weight = Initializer.orthogonal(gain: .factor(3)).tensor(shape, using: &stream)
    let matrix = weight.reshaped([shape[0], -1]).cast(to: .float64)
    let isWide = matrix.shape[0] <= matrix.shape[1]
    let product =
      isWide
      ? matrix.multiplied(by: matrix.transposed()) : matrix.transposed().multiplied(by: matrix)
    let identity = ATen.eye(product.shape[0], dtype: .float64)
    #expect(product.isClose(to: 9.0 * identity, relative: 0, absolute: 1e-5))
  }

  @Test("constants are constant")
  func constants() {
    var stream = testStream()
    #expect(Initializer.zeros.tensor([2], using: &stream).floats == [0, 0])
    #expect(Initializer.ones.tensor([2], using: &stream).floats == [1, 1])
    #expect(Initializer.constant(0.5).tensor([1], using: &stream).floats == [0.5])
  }

  @Test("the same stream repeats, and moves on by one draw for every tensor")
  func streams() {
    var first = testStream()
    var second = testStream()
    let drawn = Initializer.xavierNormal().tensor([3, 4], using: &first)
    #expect(Initializer.xavierNormal().tensor([3, 4], using: &second).isIdentical(to: drawn))
    #expect(!Initializer.xavierNormal().tensor([3, 4], using: &second).isIdentical(to: drawn))
    _ = Initializer.zeros.tensor([100], device: .meta, using: &first)
    #expect(first == second)
  }

  @Test("a bias starts as PyTorch's beside standard weights, at zero beside others")
  func bias() {
    var stream = testStream()
    let standard = Linear(inputs: 100, outputs: 400, using: &stream)
    let values = (standard.bias?.value.floats ?? []).map { Double($0) * 10 }.sorted()
    #expect(values.allSatisfy { abs($0) <= 1 })
    #expect(distance(values) { ($0 + 1) / 2 } < 2.2 / 20)
    let other = Linear(inputs: 3, outputs: 2, initializer: .xavierUniform(), using: &stream)
    #expect(other.bias?.value.floats == [0, 0])
  }
}

/// The largest distance between the samples' distribution function and a reference.
///
/// Beyond 2.2/√n it is a chance of 1 in 8000 (Kolmogorov's limit law: 2 exp(-2 · 2.2²)).
func distance(_ sorted: [Double], _ mass: (Double) -> Double) -> Double {
  let count = Double(sorted.count)
  var largest = 0.0
  for (index, value) in sorted.enumerated() {
    let expected = mass(value)
    let below = abs(expected - Double(index) / count)
    let above = abs(Double(index + 1) / count - expected)
    largest = max(largest, below, above)
  }
  return largest
}

func normalMass(_ value: Double) -> Double { erfc(-value / 2.0.squareRoot()) / 2 }

/// The uniform distribution of deviation one.
func uniformMass(_ value: Double) -> Double {
  let bound = 3.0.squareRoot()
  return min(1, max(0, (value + bound) / (2 * bound)))
}
