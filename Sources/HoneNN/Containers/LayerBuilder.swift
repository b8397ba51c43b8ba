public import HoneTensor

/// Collects the layers that a closure lists.
@resultBuilder
public enum LayerBuilder {
  /// One layer.
  public static func buildExpression(
    _ layer: any Layer<Tensor, Tensor>
  ) -> [any Layer<Tensor, Tensor>] {
    [layer]
  }

  /// A layer that may be absent.
  public static func buildExpression(
    _ layer: (any Layer<Tensor, Tensor>)?
  ) -> [any Layer<Tensor, Tensor>] {
    layer.map { [$0] } ?? []
  }

  /// Layers made elsewhere.
  public static func buildExpression(
    _ layers: [any Layer<Tensor, Tensor>]
  ) -> [any Layer<Tensor, Tensor>] {
    layers
  }

  /// A sequence of statements.
  public static func buildBlock(
    _ parts: [any Layer<Tensor, Tensor>]...
  ) -> [any Layer<Tensor, Tensor>] {
    parts.flatMap { $0 }
  }

  /// An `if` without `else`.
  public static func buildOptional(
    _ part: [any Layer<Tensor, Tensor>]?
  ) -> [any Layer<Tensor, Tensor>] {
    part ?? []
  }

  /// The first branch of an `if` with `else`.
  public static func buildEither(
    first part: [any Layer<Tensor, Tensor>]
  ) -> [any Layer<Tensor, Tensor>] {
    part
  }

  /// The second branch of an `if` with `else`.
  public static func buildEither(
    second part: [any Layer<Tensor, Tensor>]
  ) -> [any Layer<Tensor, Tensor>] {
    part
  }

  /// A `for` loop.
  public static func buildArray(
    _ parts: [[any Layer<Tensor, Tensor>]]
  ) -> [any Layer<Tensor, Tensor>] {
    parts.flatMap { $0 }
  }
}
