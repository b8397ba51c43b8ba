public import HoneNumerics
public import HoneTensor

/// A bilinear map of two inputs with an optional shift: yₖ = x₁ᵀ Wₖ x₂ + bₖ.
///
/// First values are PyTorch's, uniform within ±1/√firstInputs, unless an initializer says otherwise;
/// then the bias starts at zero.
public final class Bilinear: Layer, CustomStringConvertible {
  /// The weight, `[outputs, firstInputs, secondInputs]`.
  public let weight: Parameter
  /// The shift, `[outputs]`.
  public let bias: Parameter?
  /// The extent of the first input's last dimension.
  public let firstInputs: Int
  /// The extent of the second input's last dimension.
  public let secondInputs: Int
  /// The extent of the output's last dimension.
  public let outputs: Int

  /// A bilinear layer.
  /// - Parameters:
  ///   - firstInputs: the extent of the first input's last dimension.
  ///   - secondInputs: the extent of the second input's last dimension.
  ///   - outputs: the extent of the output's last dimension.
  ///   - bias: whether there is a shift.
  ///   - initializer: the first values of the weight.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  public init(
    firstInputs: Int, secondInputs: Int, outputs: Int, bias: Bool = true,
    initializer: Initializer = .standard, device: Device = .cpu, using stream: inout RandomStream
  ) {
    requirePositive(firstInputs, "firstInputs", of: "Bilinear")
    requirePositive(secondInputs, "secondInputs", of: "Bilinear")
    requirePositive(outputs, "outputs", of: "Bilinear")
    self.firstInputs = firstInputs
    self.secondInputs = secondInputs
    self.outputs = outputs
    let bound = 1 / Double(firstInputs).squareRoot()
    let isStandard = initializer == .standard
    let first = isStandard ? .uniform(-bound...bound) : initializer
    let shape = [outputs, firstInputs, secondInputs]
    var stream = stream.layerStream()
    weight = Parameter(first.tensor(shape, device: device, using: &stream))
    let shift = isStandard ? first : Initializer.zeros
    self.bias =
      bias ? Parameter(shift.tensor([outputs], device: device, using: &stream)) : nil
  }

  /// The map of a pair.
  ///
  /// Inputs `[…, firstInputs]` and `[…, secondInputs]` with equal leading extents, output
  /// `[…, outputs]`.
  public func callAsFunction(_ input: (Tensor, Tensor)) -> Tensor {
    let (first, second) = input
    if first.isPoisoned { return first }
    if second.isPoisoned { return second }
    let (left, right) = (first.shape, second.shape)
    guard left.last == firstInputs, right.last == secondInputs, left.dropLast() == right.dropLast()
    else {
      return failPrecondition(
        "\(self) received tensors of shapes \(left) and \(right); their last dimensions must be "
          + "\(firstInputs) and \(secondInputs), all others equal.")
    }
    if first.isMeta {
      let products = left.dropLast().reduce(firstInputs * secondInputs * outputs, *)
      return first.metaOutput(left.dropLast() + [outputs])
        .counted(for: self, multiplyAdds: products)
    }
    // The operator takes no mixed types, such as bf16 inputs with an fp32 weight.
    let dtype = weight.value.dtype
    return ATen.bilinear(
      first.cast(to: dtype), input2: second.cast(to: dtype), weight: weight.value,
      bias: bias?.value)
  }

  /// The map of two tensors.
  public func callAsFunction(_ first: Tensor, _ second: Tensor) -> Tensor {
    self((first, second))
  }

  /// The layer as code: `Bilinear(firstInputs: 4, secondInputs: 5, outputs: 3)`.
  public var description: String {
    "Bilinear(firstInputs: \(firstInputs), secondInputs: \(secondInputs), outputs: \(outputs))"
  }
}
