import CTorch

extension Tensor {
  /// Rows of numbers and codes, `[rows, numbers + tables]`, as rows of numbers and the codes' vectors,
  /// joined, by one node of the graph.
  /// - Parameters:
  ///   - tables: the vectors of each column of codes; those of code 0 get no gradient.
  ///   - numbers: the numbers in a row, which come first.
  ///   - dropout: the share of the vectors' elements that are dropped, by a seed from the thread's source.
  /// - Returns: nil where the kernel does not suit: it takes `float32` on the CPU.
  package func withColumnVectors(_ tables: [Tensor], numbers: Int, dropout: Double) -> Tensor? {
    var out: ct_tensor?
    let source = dropout > 0 ? RandomSource.current(on: .cpu) : nil
    let status = withExtendedLifetime((handle, tables, source)) {
      ct_column_embeddings(
        pointer, tables.map { $0.pointer }, tables.count, numbers, dropout, source?.pointer, &out)
    }
    check(status, "columnVectors")
    return status == CT_OK ? out.map { Tensor(owning: $0) } : .poisoned
  }
}
