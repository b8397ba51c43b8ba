import HoneTensor

extension Linear {
  /// Products from which a packed weight pays.
  private static let fewestProducts = 1 << 20
  /// Weights above this are not kept a second time: 64 MiB.
  private static let largestWeight = 1 << 24

  /// The layer's own weight in the order of its kernel; nil where another kernel must do.
  ///
  /// Without gradients it is kept until it changes or gradients are recorded.
  func packed(_ input: Tensor, _ shape: [Int], _ weight: Tensor) -> PackedLinear? {
    if isRecordingGradientsSometime {
      // Training changes the weight, and has no use for a second one.
      pack = nil
      return nil
    }
    let own = self.weight.value
    guard kernel == .automatic, weight.isSame(as: own), own.count <= Self.largestWeight,
      shape.dropLast().reduce(own.count, *) >= Self.fewestProducts,
      input.device.kind == .cpu, input.dtype == .float32, own.dtype == .float32,
      PackedLinear.suits(outputs: outputs), !isAutocastEnabled(on: .cpu)
    else { return nil }
    if let pack, pack.isCurrent(weight: own, bias: bias?.value) { return pack }
    let pack = PackedLinear(weight: own, bias: bias?.value)
    self.pack = pack
    return pack
  }
}
