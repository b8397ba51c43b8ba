public import HoneNumerics
public import HoneTensor

/// A linear map with an optional shift: x Wᵀ + b, `[…, inputs]` to `[…, outputs]`.
///
/// First values are PyTorch's unless an initializer says otherwise; then the bias starts at zero.
public final class Linear: WeightedLayer, CustomStringConvertible {
  /// Which kernel computes the product.
  public enum Kernel: Sendable, Hashable {
    /// Without gradients one of our own with a packed weight where there is one; oneDNN where it was measured to be
    /// faster; libtorch's own elsewhere.
    case automatic
    /// libtorch's own.
    case standard
    /// oneDNN's inner product, for `float32` on the CPU.
    case oneDNN
  }

  /// The weight, `[outputs, inputs]`.
  public let weight: Parameter
  /// The shift, `[outputs]`.
  public let bias: Parameter?
  /// The extent of the input's last dimension.
  public let inputs: Int
  /// The extent of the output's last dimension.
  public let outputs: Int
  /// Which kernel computes the product; all give the same to rounding.
  public var kernel: Kernel = .automatic
  /// Called with each output under the layer's own weight; nil, the usual, costs nothing.
  public var outputObserver: ((Tensor) -> Void)?
  /// The weight in the order of its kernel, while nothing is trained.
  var pack: PackedLinear?

  /// A linear layer.
  /// - Parameters:
  ///   - inputs: the extent of the input's last dimension.
  ///   - outputs: the extent of the output's last dimension.
  ///   - bias: whether there is a shift.
  ///   - initializer: the first values of the weight.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  public init(
    inputs: Int, outputs: Int, bias: Bool = true, initializer: Initializer = .standard,
    device: Device = .cpu, using stream: inout RandomStream
  ) {
    requirePositive(inputs, "inputs", of: "Linear")
    requirePositive(outputs, "outputs", of: "Linear")
    self.inputs = inputs
    self.outputs = outputs
    (weight, self.bias) = firstParameters(
      weight: [outputs, inputs], outputs: outputs, bias: bias, initializer, on: device,
      using: &stream)
  }

  /// The product with another weight of the same shape.
  ///
  /// Input `[…, inputs]`, output `[…, outputs]`.
  public func output(of input: Tensor, weight: Tensor) -> Tensor {
    let shape = input.shape
    guard shape.last == inputs || input.isPoisoned else {
      return failPrecondition(
        "\(self) received a tensor of shape \(shape); its last dimension must be \(inputs)."
          + (shape.dropFirst().reduce(1, *) == inputs && shape.count > 2
            ? " Insert Flatten() before it." : ""))
    }
    if input.isMeta {
      return input.metaOutput(shape.dropLast() + [outputs])
        .counted(for: self, multiplyAdds: shape.dropLast().reduce(inputs * outputs, *))
    }
    if let packed = packed(input, shape, weight) { return packed(input) }
    return usesOneDNN(input, shape, weight)
      ? input.fastLinear(weight, bias: bias?.value)
      : input.linear(weight, bias: bias?.value)
  }

  /// The layer as code: `Linear(inputs: 784, outputs: 10)`.
  public var description: String { "Linear(inputs: \(inputs), outputs: \(outputs))" }

  private func usesOneDNN(_ input: Tensor, _ shape: [Int], _ weight: Tensor) -> Bool {
    switch kernel {
    case .standard: return false
    case .oneDNN: return true
    case .automatic: return LinearKernelChoice.usesOneDNN(input, shape, weight, outputs: outputs)
    }
  }
}
