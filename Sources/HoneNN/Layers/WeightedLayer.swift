public import HoneTensor

/// A layer that applies one weight: linear layers and convolutions, which weight and spectral
/// normalization can wrap.
public protocol WeightedLayer: Layer where Input == Tensor, Output == Tensor {
  /// The weight.
  var weight: Parameter { get }
  /// The shift, one number for each output; nil where there is none.
  var bias: Parameter? { get }
  /// The dimension of the weight that counts outputs.
  var outputDimension: Int { get }
  /// Called with each output under the layer's own weight, to look into a model; nil in training.
  ///
  /// Where a kernel computes several layers as one, what is passed is computed again for the observer, and
  /// is no part of the graph unless the model runs by `withStandardKernels`.
  var outputObserver: ((Tensor) -> Void)? { get set }

  /// The output under another weight of the same shape.
  func output(of input: Tensor, weight: Tensor) -> Tensor
}

extension WeightedLayer {
  /// The first dimension.
  public var outputDimension: Int { 0 }

  /// The output under the layer's own weight.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    let output = output(of: input, weight: weight.value)
    if let outputObserver { outputObserver(output) }
    return output.traced(as: "weighted", by: self)
  }
}
