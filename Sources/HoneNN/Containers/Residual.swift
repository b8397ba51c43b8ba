public import HoneTensor

/// A body whose output is added to its input, x + f(x) (He and others 2016), or to a shortcut's output
/// where the body changes the shape: a projection, such as a convolution with kernel 1.
public final class Residual: Layer, CustomStringConvertible {
  /// The layers that learn the difference.
  public let body: Sequential
  /// What replaces the input in the sum; nil for the input itself.
  public let shortcut: (any Layer<Tensor, Tensor>)?

  /// A residual block.
  /// - Parameters:
  ///   - shortcut: a layer that gives the input the body's output shape.
  ///   - body: the layers that learn the difference.
  public init(
    shortcut: (any Layer<Tensor, Tensor>)? = nil,
    @LayerBuilder body: () throws -> [any Layer<Tensor, Tensor>]
  ) rethrows {
    self.shortcut = shortcut
    self.body = try Sequential(body)
  }

  /// The sum, of the body's output shape.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    let learned = body(input)
    let direct = shortcut?(input) ?? input
    if learned.isPoisoned || direct.isPoisoned { return learned + direct }
    guard learned.shape == direct.shape else {
      return failPrecondition(
        "\(self) has a body that gives shape \(learned.shape) and a shortcut that gives "
          + "\(direct.shape); they must be equal. Pass a shortcut such as a Conv2d with kernel 1.")
    }
    return learned + direct
  }

  /// The layer as code: `Residual(layers: 5)`.
  public var description: String { "Residual(layers: \(body.layers.count))" }
}
