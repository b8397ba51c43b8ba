public import HoneTensor

/// Each sample as one row: `[batch, …]` to `[batch, features]`.
public final class Flatten: Layer, CustomStringConvertible {
  /// A flattening.
  public init() {}

  /// The rows.
  ///
  /// Input `[batch, …]`, output `[batch, features]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    switch input.rank {
    case 2: input
    case 1: input.unsqueezed(at: 1)
    default: input.flattened(from: 1)
    }
  }

  /// The layer as code: `Flatten()`.
  public var description: String { "Flatten()" }
}
