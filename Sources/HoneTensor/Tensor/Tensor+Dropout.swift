import CTorch

extension Tensor {
  /// Inverted dropout of each element, for tensors on the CPU.
  ///
  /// What is kept follows from a seed of the thread's source and an element's place in the tensor,
  /// whatever the order in memory; only the seed is held for the backward pass.
  package func dropped(_ probability: Double) -> Tensor {
    let source = RandomSource.current(on: .cpu)
    var out: ct_tensor?
    check(
      withExtendedLifetime((handle, source)) {
        ct_seeded_dropout(pointer, probability, source?.pointer, &out)
      }, "dropout")
    return Tensor(owning: out)
  }

  /// x Φ(x) with ``dropped(_:)`` behind it, in one pass.
  /// - Returns: nil where there is no such pass: for others than contiguous `float32` on the CPU. Then nothing was
  ///   drawn.
  package func droppedGELU(_ probability: Double) -> Tensor? {
    let source = RandomSource.current(on: .cpu)
    var out: ct_tensor?
    let status = withExtendedLifetime((handle, source)) {
      ct_dropped_gelu(pointer, probability, source?.pointer, &out)
    }
    check(status, "droppedGELU")
    return status == CT_OK ? out.map { Tensor(owning: $0) } : .poisoned
  }
}
