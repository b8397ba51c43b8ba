import HoneTensor

extension Linear {
  /// Products from which a packed weight pays, and rows up to which it does.
  private static let (fewestProducts, mostRows) = (1 << 20, 256)
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
    let (own, rows) = (self.weight.value, shape.dropLast().reduce(1, *))
    guard kernel == .automatic, weight.isSame(as: own), own.count <= Self.largestWeight,
      rows <= Self.mostRows, rows * own.count >= Self.fewestProducts,
      input.device.kind == .cpu, input.dtype == .float32, own.dtype == .float32,
      PackedLinear.suits(outputs: outputs), !isAutocastEnabled(on: .cpu)
    else { return nil }
    if let pack, pack.isCurrent(weight: own, bias: bias?.value) { return pack }
    let pack = PackedLinear(weight: own, bias: bias?.value)
    self.pack = pack
    return pack
  }
}
