import HoneNN
import HoneNumerics
import HoneTensor
import Testing

/// Parts that the backward pass computes again, whose kernels are chosen by size and mode.
struct RecomputedKernelTests {
  enum Model: CaseIterable, Sendable {
    /// Products that are faster by another kernel where nothing is recorded.
    case large
    /// Blocks that do not end where a segment would.
    case blocks
    /// A convolution that evaluation folds, behind frozen statistics.
    case frozen
    /// libtorch's batch normalization, whose graph holds the running statistics.
    case planes
  }

  private func make(_ kind: Model) -> (model: Sequential, input: Tensor) {
    var stream = testStream()
    switch kind {
    case .large:
      let model = Sequential {
        for _ in 0..<5 { Linear(inputs: 260, outputs: 260, using: &stream) }
      }
      return (model, randomTensor([256, 260]))
    case .blocks:
      let model = Sequential {
        Flatten()
        for _ in 0..<3 {
          Linear(inputs: 24, outputs: 24, using: &stream)
          ReLU()
          Dropout(probability: 0.4)
        }
        Linear(inputs: 24, outputs: 3, using: &stream)
      }
      return (model, randomTensor([32, 24]))
    case .planes:
      let model = Sequential {
        for _ in 0..<3 {
          Conv2d(inputs: 6, outputs: 6, kernel: 3, padding: 1, using: &stream)
          BatchNorm(features: 6)
          ReLU()
        }
      }
      return (model, randomTensor([4, 6, 8, 8]))
    case .frozen:
      let blocks = (0..<4).map { _ in Folding(using: &stream) }
      return (Sequential(blocks), randomTensor([4, 6, 8, 8]))
    }
  }

  /// A convolution with a frozen normalization.
  private final class Folding: Layer {
    let convolution: Conv2d
    let norm = BatchNorm(features: 6)

    init(using stream: inout RandomStream) {
      convolution = Conv2d(inputs: 6, outputs: 6, kernel: 3, padding: 1, using: &stream)
      norm.runningMean?.assign(randomTensor([6], seed: 2))
      for parameter in norm.parameters { parameter.isTrainable = false }
    }

    func callAsFunction(_ input: Tensor) -> Tensor {
      convolution.normalized(input, by: norm, rectified: true)
    }
  }

  @Test("they give the same bits both times", arguments: Model.allCases)
  func same(_ kind: Model) {
    func results(recomputing: Bool) -> [Tensor] {
      let (model, values) = make(kind)
      if recomputing { #expect(model.recomputesActivations(true) == 1) }
      let input = values.requiringGradient()
      let output = withRandomSource(RandomSource(seed: 5)) { model(input) }
      output.squared().mean().backward()
      return [output.detached(), input.gradient ?? .zeros([])]
        + model.parameters.map { $0.gradient ?? .zeros([]) }
        + model.namedBuffers.map(\.buffer.value)
    }
    for (a, b) in zip(results(recomputing: true), results(recomputing: false)) {
      #expect(a.isIdentical(to: b))
    }
  }
}
