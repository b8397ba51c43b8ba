import CTorch

/// The weight and shift of a linear map as its kernel reads them, as long as they stay as they were.
package final class PackedLinear {
  private let sources: TensorVersions
  private let weight: Tensor
  private let shift: Tensor

  /// Whether there is a kernel for maps to so many outputs on this processor, and none other is asked for.
  package static func suits(outputs: Int) -> Bool { ct_packs_linear(ct_int(outputs)) }

  /// Packs a weight `[outputs, inputs]` and a shift `[outputs]`, in `float32` on the CPU.
  package init(weight: Tensor, bias: Tensor?) {
    var (packed, shift): (ct_tensor?, ct_tensor?)
    let status = withExtendedLifetime((weight, bias)) {
      ct_pack_linear(weight.pointer, bias?.pointer, &packed, &shift)
    }
    check(status, "packedLinear")
    self.weight = Tensor(owning: packed)
    self.shift = Tensor(owning: shift)
    sources = TensorVersions([weight] + (bias.map { [$0] } ?? []))
  }

  /// Whether it was made of these as they are now.
  package func isCurrent(weight: Tensor, bias: Tensor?) -> Bool {
    sources.areCurrent([weight] + (bias.map { [$0] } ?? []))
  }

  /// The map of an input `[…, inputs]`, without gradients.
  package func callAsFunction(_ input: Tensor) -> Tensor {
    var out: ct_tensor?
    let status = withExtendedLifetime((input, self)) {
      ct_packed_linear(input.pointer, weight.pointer, shift.pointer, &out)
    }
    check(status, "packedLinear")
    return Tensor(owning: out)
  }
}
