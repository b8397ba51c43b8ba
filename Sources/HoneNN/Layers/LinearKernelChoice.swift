import HoneTensor

/// Where `Tensor.fastLinear` is faster than libtorch's own product for `float32` on the CPU: without gradients
/// wherever it takes tiles of Hone's own, else where oneDNN's inner product gains.
///
/// Measured on a Zen 4 processor (Documentation/Decisions/0004-linear-through-onednn.md): without
/// gradients it gains 1.0 to 1.9 times from these sizes on and loses below. In training it gains on AMD
/// processors with many rows, about a tenth forward and a sixth in the gradient for the weight;
/// with fewer, the transposed copy of the weight costs more than that. `Linear.kernel` overrides the choice.
enum LinearKernelChoice {
  /// Multiplications and additions from which the forward product gains.
  static let fewestProducts = 16_000_000
  /// Up to this many outputs libtorch's own product is slow.
  static let fewOutputs = 16
  /// Rows times inputs from which a product with few outputs gains.
  static let fewestInputsForFewOutputs = 100_000
  /// Rows from which training gains.
  static let fewestRowsInTraining = 1024
  /// Multiplications and additions from which training gains.
  static let fewestProductsInTraining = 64_000_000

  static func prefersOneDNN(rows: Int, inputs: Int, outputs: Int) -> Bool {
    outputs <= fewOutputs
      ? rows * inputs >= fewestInputsForFewOutputs
      : rows * inputs * outputs >= fewestProducts
  }

  static func prefersOneDNNInTraining(rows: Int, inputs: Int, outputs: Int) -> Bool {
    rows >= fewestRowsInTraining && outputs > fewOutputs
      && rows * inputs * outputs >= fewestProductsInTraining
  }

  /// Whether a product of an input of a shape with a weight `[outputs, inputs]` goes through `Tensor.fastLinear`.
  static func usesOneDNN(
    _ input: Tensor, _ shape: [Int], _ weight: Tensor, outputs: Int
  ) -> Bool {
    guard shape.count >= 2, let inputs = shape.last else { return false }
    let rows = shape.dropLast().reduce(1, *)
    let gains =
      isRecordingGradientsSometime
      ? prefersOneDNNInTraining(rows: rows, inputs: inputs, outputs: outputs)
        && Tensor.trainsFastLinear
      : Tensor.hasTiles(rows: rows, weights: inputs * outputs)
        || prefersOneDNN(rows: rows, inputs: inputs, outputs: outputs) && Tensor.hasFastLinear
    return gains && input.device.kind == .cpu && input.dtype == .float32
      && weight.dtype == .float32 && !isAutocastEnabled(on: .cpu)
  }

  /// x Wᵀ + b by the product that is faster: `[…, inputs]` by `[outputs, inputs]` and `[outputs]`.
  static func product(_ input: Tensor, _ weight: Tensor, bias: Tensor?) -> Tensor {
    usesOneDNN(input, input.shape, weight, outputs: weight.shape[0])
      ? input.fastLinear(weight, bias: bias) : input.linear(weight, bias: bias)
  }
}
