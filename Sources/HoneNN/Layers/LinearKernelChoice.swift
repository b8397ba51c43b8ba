/// Where oneDNN's inner product is at least as fast as libtorch's own for `float32` on the CPU.
///
/// Measured on a Zen 4 processor (Documentation/Decisions/0004-linear-through-onednn.md): without
/// gradients it gains 1.0 to 1.9 times from these sizes on and loses below; with gradients it loses
/// nearly everywhere, because the backward products need transposed copies. A processor with wider
/// vector units may differ: `Linear.kernel` overrides the choice.
enum LinearKernelChoice {
  /// Multiplications and additions from which the forward product gains.
  static let fewestProducts = 16_000_000
  /// Up to this many outputs libtorch's own product is slow.
  static let fewOutputs = 16
  /// Rows times inputs from which a product with few outputs gains.
  static let fewestInputsForFewOutputs = 100_000

  static func prefersOneDNN(rows: Int, inputs: Int, outputs: Int) -> Bool {
    outputs <= fewOutputs
      ? rows * inputs >= fewestInputsForFewOutputs
      : rows * inputs * outputs >= fewestProducts
  }
}
