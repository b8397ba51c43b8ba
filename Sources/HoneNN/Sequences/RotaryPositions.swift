import Foundation
public import HoneTensor

/// Positions as rotations of queries and keys (Su and others 2021, arXiv 2104.09864): pairs of features
/// turn by an angle that grows with the position, so that products depend on distances alone.
///
/// Feature i is paired with feature i + features/2, as GPT-NeoX and Llama do.
public struct RotaryPositions: Sendable, Hashable {
  /// The slowest wavelength, as a power base.
  public var base: Double

  /// Rotations.
  /// - Precondition: the base is positive.
  public init(base: Double = 10_000) {
    guard base > 0 else {
      fatalError("RotaryPositions got base: \(base); it must be positive.")
    }
    self.base = base
  }

  /// The rotated features: `[…, time, features]` to the same shape.
  /// - Parameter start: the position of the first one.
  /// - Precondition: the number of features is even.
  public func rotated(_ input: Tensor, from start: Int = 0) -> Tensor {
    if input.isPoisoned { return input }
    let shape = input.shape
    guard shape.count >= 2, let features = shape.last, features.isMultiple(of: 2) else {
      return failPrecondition(
        "RotaryPositions received a tensor of shape \(shape); it must be [.., time, features] with "
          + "an even number of features.")
    }
    let (time, half) = (shape[shape.count - 2], features / 2)
    let angles = positionAngles(
      start..<(start + time), count: half, width: features, base: base, device: input.device)
    let (cosine, sine) = (
      angles.cosine().cast(to: input.dtype), angles.sine().cast(to: input.dtype)
    )
    let (first, second) = (
      input.sliced(0..<half, along: -1), input.sliced(half..<features, along: -1)
    )
    return Tensor.concatenated(
      [first * cosine - second * sine, second * cosine + first * sine], along: -1)
  }
}

/// Position times base^(-2i/width) for i in 0..<count, `[positions, count]`, in double precision,
/// because far positions times fast frequencies lose their phase in single.
func positionAngles(
  _ positions: Range<Int>, count: Int, width: Int, base: Double, device: Device
) -> Tensor {
  let places = Tensor.range(
    positions.lowerBound, positions.upperBound, dtype: .float64, device: device)
  let exponents = Tensor.range(0, 2 * count, step: 2, dtype: .float64, device: device)
  let rates = (exponents * Scalar(-log(base) / Double(width))).exponential()
  return places.unsqueezed(at: 1) * rates
}
