import Foundation
public import HoneNumerics
public import HoneTensor

/// Normal noise on the gradients that fades as training goes on (arXiv 1511.06807): variance `variance / (1 + t)^decay` at step t.
public struct GradientNoise: Sendable, Equatable, Codable {
  /// The variance at the first step, η in the paper, which tries 0.01, 0.3 and 1.
  public let variance: Double
  /// How fast the variance falls, γ in the paper.
  public let decay: Double

  /// A noise with the paper's smallest variance.
  /// - Precondition: `variance` is positive, `decay` not negative.
  public init(variance: Double = 0.01, decay: Double = 0.55) {
    requirePositive(variance, "The variance of gradient noise")
    requireNonNegative(decay, "The decay of gradient noise")
    self.variance = variance
    self.decay = decay
  }

  /// The standard deviation at a step, counted from 0.
  public func standardDeviation(at step: Int) -> Double {
    (variance / pow(1 + Double(step), decay)).squareRoot()
  }

  /// Adds the noise of a step to the gradients present.
  ///
  /// Does not wait for the device; numbers drawn on another kind of device differ.
  /// - Parameters:
  ///   - parameters: whose gradients, all on one device.
  ///   - step: the steps taken before.
  ///   - stream: where the seed comes from; a stream of seed and step makes resuming exact.
  public func add(to parameters: [Parameter], step: Int, using stream: inout RandomStream) {
    let gradients = parameters.compactMap(\.gradient)
    guard let device = gradients.first?.device else { return }
    let source = RandomSource(seed: stream.nextSeed(), device: device)
    let deviation = Scalar(standardDeviation(at: step))
    withoutGradients {
      for gradient in gradients {
        let noise = Tensor.normal(gradient.shape, using: source, dtype: gradient.dtype)
        ATen.add__Tensor(gradient, other: noise, alpha: deviation)
      }
    }
  }
}
