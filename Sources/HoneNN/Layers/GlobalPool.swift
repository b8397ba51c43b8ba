public import HoneTensor

/// The mean over all positions: `[batch, channels, …]` to `[batch, channels]`.
public final class GlobalAveragePool: Layer, CustomStringConvertible {
  /// A pooling over all positions.
  public init() {}

  /// The means.
  ///
  /// Input `[batch, channels, …]`, output `[batch, channels]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    globallyPooled(input, description) { $0.mean(along: $1) }
  }

  /// The layer as code: `GlobalAveragePool()`.
  public var description: String { "GlobalAveragePool()" }
}

/// The largest value over all positions: `[batch, channels, …]` to `[batch, channels]`.
public final class GlobalMaxPool: Layer, CustomStringConvertible {
  /// A pooling over all positions.
  public init() {}

  /// The maxima.
  ///
  /// Input `[batch, channels, …]`, output `[batch, channels]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    globallyPooled(input, description) { $0.maximum(along: $1) }
  }

  /// The layer as code: `GlobalMaxPool()`.
  public var description: String { "GlobalMaxPool()" }
}

/// What `reduce` gives for the dimensions of positions, or a sentence about what is wrong with the
/// input.
private func globallyPooled(
  _ input: Tensor, _ layer: String, _ reduce: (Tensor, [Int]) -> Tensor
) -> Tensor {
  if input.isPoisoned { return input }
  let rank = input.rank
  guard rank >= 3 else {
    return failPrecondition(
      "\(layer) received a tensor of shape \(input.shape); it must have positions behind "
        + "[batch, channels]. Put it before Flatten().")
  }
  return reduce(input, Array(2..<rank))
}
