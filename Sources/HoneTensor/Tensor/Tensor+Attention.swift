import CTorch

extension Tensor {
  /// Whether ``fusedAttention(heads:blocked:dropout:)`` gains here: on AMD processors with AVX-512.
  package static var gainsByFusedAttention: Bool { ct_fused_attention_gains() }

  /// Attention of a sequence to itself in one pass, from the projections of queries, keys and values,
  /// `[batch, time, 3 x features]`, in `float32` on the CPU.
  /// - Parameters:
  ///   - heads: the number of heads; it divides the features.
  ///   - blocked: true where a query may not look at a key, broadcasting to `[batch, heads, time, time]`; nil for
  ///     none.
  ///   - dropout: the share of weights that are dropped, drawn as ``dropped(_:)`` draws.
  /// - Returns: the joined heads, `[batch, time, features]`.
  package func fusedAttention(heads: Int, blocked: Tensor?, dropout: Double) -> Tensor {
    let source = RandomSource.current(on: .cpu)
    var out: ct_tensor?
    check(
      withExtendedLifetime((handle, blocked?.handle, source)) {
        ct_fused_attention(
          pointer, ct_int(heads), blocked?.pointer, dropout, source?.pointer, &out)
      }, "attention")
    return Tensor(owning: out)
  }
}
