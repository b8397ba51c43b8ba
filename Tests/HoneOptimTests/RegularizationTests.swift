import Foundation
import HoneNumerics
import HoneOptim
import HoneTensor
import Testing

/// The reference figures that `Tools/golden/regularization.py` writes.
private struct Reference: Decodable {
  struct Adaptive: Decodable {
    let factor, epsilon: Double
    let expected: [[Double]]
  }
  struct NormEach: Decodable {
    let limit: Double
    let expected: [[Double]]
  }
  struct Shrunk: Decodable {
    let threshold: Double
    let expected: [Double]
  }
  let shapes: [[Int]]
  let weights, gradients: [[Double]]
  let adaptive: Adaptive
  let normEach: NormEach
  let kernel: [Double]
  let shrunk: Shrunk
  let constraints: [String: [Double]]

  static func load() throws -> Reference {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/regularization.json")
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
  }

  /// Parameters with the reference's weights and gradients.
  var parameters: [Parameter] {
    zip(shapes, zip(weights, gradients)).map { shape, pair in
      let parameter = Parameter(Tensor(pair.0, shape: shape))
      parameter.setGradient(Tensor(pair.1, shape: shape))
      return parameter
    }
  }

  var kernelParameter: Parameter { Parameter(Tensor(kernel, shape: [4, 3])) }
}

struct UnitClippingTests {
  @Test("adaptive clipping bounds each unit by its weights' norm; units of zeros can move")
  func adaptive() throws {
    let reference = try Reference.load()
    let parameters = reference.parameters
    AdaptiveClipping(factor: reference.adaptive.factor, epsilon: reference.adaptive.epsilon)
      .apply(to: parameters)
    expectClose(gradients(of: parameters), reference.adaptive.expected, tolerance: 1e-14)
  }

  @Test("clipping each parameter's norm leaves small gradients alone")
  func normEach() throws {
    let reference = try Reference.load()
    let parameters = reference.parameters
    clipGradients(of: parameters, toNormEach: reference.normEach.limit)
    expectClose(gradients(of: parameters), reference.normEach.expected, tolerance: 1e-14)
  }

  @Test("gradients of zero stay zero, missing ones missing")
  func nothing() {
    let zero = Parameter(Tensor.ones([2, 2]))
    zero.setGradient(Tensor.zeros([2, 2]))
    let none = Parameter(Tensor.ones([2]))
    AdaptiveClipping().apply(to: [zero, none])
    clipGradients(of: [zero, none], toNormEach: 1)
    #expect(zero.gradient?.floats == [0, 0, 0, 0])
    #expect(none.gradient == nil)
  }
}

struct GradientNoiseTests {
  @Test("noise has the variance of its step, and the same stream gives the same noise")
  func moments() throws {
    let noise = GradientNoise(variance: 0.3, decay: 0.55)
    #expect(abs(noise.standardDeviation(at: 0) - 0.3.squareRoot()) < 1e-15)
    #expect(abs(noise.standardDeviation(at: 99) - (0.3 / pow(100, 0.55)).squareRoot()) < 1e-15)
    func drawn(_ step: Int, _ seed: UInt64) throws -> Tensor {
      let parameter = Parameter(Tensor.zeros([200, 100]))
      parameter.setGradient(Tensor.full([200, 100], 2))
      var stream = RandomStream(seed: seed, "test")
      noise.add(to: [parameter], step: step, using: &stream)
      return try #require(parameter.gradient)
    }
    let first = try drawn(99, 1)
    let values = first.values(as: Double.self)
    let deviation = noise.standardDeviation(at: 99)
    // Five standard errors of mean and variance of 20,000 draws.
    #expect(abs(values.mean() - 2) < 5 * deviation / 20_000.0.squareRoot())
    #expect(abs(values.variance() / (deviation * deviation) - 1) < 5 * 0.01)
    #expect(try drawn(99, 1).isIdentical(to: first))
    #expect(try !drawn(99, 2).isIdentical(to: first))
  }

  @Test("parameters without gradients get none")
  func nothing() {
    let parameter = Parameter(Tensor.ones([2]))
    var stream = RandomStream(seed: 1, "test")
    GradientNoise().add(to: [parameter], step: 0, using: &stream)
    #expect(parameter.gradient == nil)
  }
}

struct ProximalL1Tests {
  @Test("shrinks weights towards zero and stops there exactly")
  func golden() throws {
    let reference = try Reference.load()
    let parameter = reference.kernelParameter
    ProximalL1.shrink([parameter], by: reference.shrunk.threshold)
    expectClose(values(of: [parameter]), [reference.shrunk.expected], tolerance: 1e-15)
    let zeros = parameter.value.values(as: Double.self).count { $0 == 0 }
    #expect(zeros == reference.shrunk.expected.count { $0 == 0 } && zeros > 0)
  }

  @Test("the threshold is strength times each group's rate; biases and frozen weights stay")
  func groups() {
    let first = Parameter(Tensor.ones([1, 2]))
    let second = Parameter(Tensor.ones([1, 2]))
    let bias = Parameter(Tensor.ones([2]))
    let frozen = Parameter(Tensor.ones([1, 2]))
    frozen.isTrainable = false
    let optimizer = SGD(
      [
        ParameterGroup([first, bias, frozen]), ParameterGroup([second], learningRateScale: 0.5),
      ], learningRate: 0.5)
    ProximalL1(0.5).apply(after: optimizer)
    #expect(first.value.floats == [0.75, 0.75])
    #expect(second.value.floats == [0.875, 0.875])
    #expect(bias.value.floats == [1, 1])
    #expect(frozen.value.floats == [1, 1])
  }

  @Test("finds the exact solution of a lasso whose inputs are orthogonal")
  func lasso() {
    // Minimizes Σ (w - c)² / 2 + |w|: the solution is c moved one towards zero, at most to zero.
    let parameter = Parameter(Tensor.zeros([1, 4]))
    let target = Tensor([3, -0.5, 0.9, -2] as [Float], shape: [1, 4])
    let optimizer = SGD([ParameterGroup([parameter])], learningRate: 0.5)
    for _ in 0..<60 {
      optimizer.clearGradients()
      ((parameter.value - target).squared().sum() * 0.5).backward()
      optimizer.step()
      ProximalL1(1).apply(after: optimizer)
    }
    let found = parameter.value.floats
    #expect(found[1] == 0 && found[2] == 0)
    #expect(abs(found[0] - 2) < 1e-6 && abs(found[3] + 1) < 1e-6)
  }
}

struct WeightConstraintTests {
  @Test(
    "brings weights back as Keras does",
    arguments: [
      ("nonNegative", .nonNegative), ("unitNorm", .unitNorm),
      ("minMaxNorm", .minMaxNorm(minimum: 0.5, maximum: 1.5, rate: 0.6)),
    ] as [(String, WeightConstraint)])
  func golden(_ name: String, _ constraint: WeightConstraint) throws {
    let reference = try Reference.load()
    let parameter = reference.kernelParameter
    constraint.apply(to: [parameter])
    let expected = try #require(reference.constraints[name])
    expectClose(values(of: [parameter]), [expected], tolerance: 1e-14)
  }

  @Test("the bound on norms is MaxNorm's; biases are left alone")
  func maxNorm() throws {
    let reference = try Reference.load()
    let (first, second) = (reference.kernelParameter, reference.kernelParameter)
    let bias = Parameter(Tensor([-9] as [Float]))
    WeightConstraint.maxNorm(limit: 0.7).apply(to: [first])
    MaxNorm(0.7).apply(to: [second])
    #expect(first.value.isIdentical(to: second.value))
    for constraint: WeightConstraint in [.nonNegative, .unitNorm] { constraint.apply(to: [bias]) }
    #expect(bias.value.floats == [-9])
  }
}
