public import HoneTensor

/// A layer that applies an activation to each element and has no parameters.
public protocol ActivationLayer: Layer, CustomStringConvertible
where Input == Tensor, Output == Tensor {
  /// What is applied.
  var activation: Activation { get }
}

extension ActivationLayer {
  /// The activation of each element; the shape stays.
  public func callAsFunction(_ input: Tensor) -> Tensor { activation(input) }

  /// The layer's name.
  public var description: String { "\(type(of: self))()" }
}
