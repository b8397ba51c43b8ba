import CTorch

/// Sums of squares over all elements of tensors taken together, in double precision and in one pass over
/// memory; the same to the bit for any number of threads.
package struct SquareSums {
  /// Of the tensors' elements.
  package let values: Double
  /// Of what they differ from others; zero without others.
  package let differences: Double
  /// Of what they differ from the others, times slopes; zero without slopes.
  package let products: Double

  /// The sums of tensors on the CPU; nil for tensors elsewhere, in other types or of other layouts.
  /// - Parameters:
  ///   - tensors: whose elements.
  ///   - others: one for each tensor, with its shape and type; nil for none.
  ///   - slopes: one for each tensor, where there are others; nil for none.
  package init?(
    _ tensors: [Tensor], comparedWith others: [Tensor]? = nil, along slopes: [Tensor]? = nil
  ) {
    var totals = ct_square_totals()
    var isDone = false
    let status = withExtendedLifetime((tensors, others, slopes)) {
      ct_square_sums(
        tensors.map { $0.pointer }, others.map { $0.map { $0.pointer } },
        slopes.map { $0.map { $0.pointer } }, tensors.count, &totals, &isDone)
    }
    check(status, "square sums")
    guard isDone else { return nil }
    (values, differences, products) = (totals.values, totals.differences, totals.products)
  }
}
