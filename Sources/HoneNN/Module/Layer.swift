public import HoneTensor

/// A module that computes an output from one input.
///
/// `any Layer<Tensor, Tensor>` is what `Sequential` holds. Shapes are checked when the layer runs; a
/// layer made with `device: .meta` checks them without computing anything.
public protocol Layer<Input, Output>: Module {
  /// What the layer takes.
  associatedtype Input
  /// What the layer gives.
  associatedtype Output

  /// Computes the output.
  func callAsFunction(_ input: Input) -> Output
}

extension Layer where Input == Tensor, Output == Tensor {
  /// The shape of the output for an input of a shape, without computing it.
  /// - Parameters:
  ///   - shape: the input's extents with the batch, as in `[2, 1, 28, 28]`.
  ///   - dtype: the input's element type; `int64` for layers that take indices.
  /// - Returns: the output's extents.
  /// - Throws: `TorchError` with the sentence of the first layer that the shape does not fit.
  /// - Precondition: the layer was made with `device: .meta`.
  public func outputShape(for shape: [Int], dtype: DType = .float32) throws -> [Int] {
    try evaluating {
      try catchingTorchErrors {
        withoutGradients { self(Tensor.zeros(shape, dtype: dtype, device: .meta)) }
      }
    }.shape
  }
}
