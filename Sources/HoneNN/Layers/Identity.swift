public import HoneTensor

/// Gives its input back.
public final class Identity: Layer, CustomStringConvertible {
  /// An identity.
  public init() {}

  /// The input itself.
  public func callAsFunction(_ input: Tensor) -> Tensor { input }

  /// The layer as code: `Identity()`.
  public var description: String { "Identity()" }
}
