import CTorch

extension Tensor {
  /// The mean cross-entropy of logits `[rows, classes]` with `int64` labels `[rows]`, whose gradient is
  /// computed in the same pass.
  /// - Parameters:
  ///   - labels: the class of each row.
  ///   - smoothing: the share of each label that is spread over all classes.
  ///   - ignored: the label of rows that do not count.
  /// - Returns: nil where the kernel does not suit: it takes `float32` on the CPU.
  package func fusedCrossEntropy(
    _ labels: Tensor, smoothing: Double, ignored: Int
  ) -> Tensor? {
    crossEntropy(by: ct_fused_cross_entropy, labels, smoothing, ignored)
  }

  /// The cross-entropy of each row of logits, which gets no gradient; zero for rows that do not count.
  /// - Returns: nil where the kernel does not suit, or where a gradient is recorded.
  package func crossEntropyOfRows(
    _ labels: Tensor, smoothing: Double, ignored: Int
  ) -> Tensor? {
    crossEntropy(by: ct_cross_entropy_of_rows, labels, smoothing, ignored)
  }

  private typealias Kernel = (
    ct_tensor?, ct_tensor?, Double, Int64, UnsafeMutablePointer<ct_tensor?>?
  ) -> ct_status

  private func crossEntropy(
    by kernel: Kernel, _ labels: Tensor, _ smoothing: Double, _ ignored: Int
  ) -> Tensor? {
    var out: ct_tensor?
    let status = withExtendedLifetime((handle, labels)) {
      kernel(pointer, labels.pointer, smoothing, Int64(ignored), &out)
    }
    check(status, "crossEntropy")
    return status == CT_OK ? out.map { Tensor(owning: $0) } : .poisoned
  }
}
