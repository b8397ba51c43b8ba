public import HoneTensor

/// Keeps small gradients above what float16 can hold: multiplies the loss, divides the gradients, and
/// looks for the largest factor that they bear (Micikevicius and others 2018, arXiv 1710.03740).
///
/// Steps whose gradients are not finite are left out and lower the factor; after so many good steps in a
/// row it doubles. bfloat16 and float32 have the range and need none.
///
/// ```swift
/// scaler.scaled(loss).backward()
/// if scaler.unscale(optimizer.parameters) { optimizer.step() }
/// ```
public struct LossScaler: Sendable, Codable, Equatable {
  /// What the loss is multiplied by.
  public private(set) var scale: Double
  /// Good steps since the factor last changed.
  public private(set) var goodSteps = 0
  /// Good steps that double the factor.
  public let growthInterval: Int

  /// Where a factor this low still gives gradients that are not finite, it is not the factor's fault.
  private static let smallestScale = 1.0 / 1024
  private static let largestScale = 16_777_216.0

  /// A scaler.
  /// - Precondition: both numbers are positive.
  public init(scale: Double = 65536, growthInterval: Int = 2000) {
    guard scale > 0, scale.isFinite, growthInterval > 0 else {
      fatalError(
        "LossScaler got scale \(scale) and growthInterval \(growthInterval); both must be positive."
      )
    }
    self.scale = scale
    self.growthInterval = growthInterval
  }

  /// Whether gradients stay infinite however low the factor is: the run has diverged.
  public var isExhausted: Bool { scale < Self.smallestScale }

  /// A loss to call `backward()` on.
  public func scaled(_ loss: Tensor) -> Tensor { loss * Scalar(scale) }

  /// Divides the gradients by the factor and judges the step.
  ///
  /// Waits for the device.
  /// - Returns: whether all gradients are finite, so that the step may be taken.
  public mutating func unscale(_ parameters: [Parameter]) -> Bool {
    let gradients = parameters.compactMap(\.gradient)
    let isFinite = withoutGradients {
      if gradients.isEmpty { return true }
      ATen._foreach_mul__Scalar(gradients, scalar: Scalar(1 / scale))
      return globalGradientNorm(of: parameters).item().isFinite
    }
    judge(isFinite)
    return isFinite
  }

  /// Takes a step's outcome into account.
  mutating func judge(_ isFinite: Bool) {
    guard isFinite else {
      scale /= 2
      goodSteps = 0
      return
    }
    goodSteps += 1
    if goodSteps == growthInterval {
      scale = min(scale * 2, Self.largestScale)
      goodSteps = 0
    }
  }
}
