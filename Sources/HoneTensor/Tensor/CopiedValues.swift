import CTorch

/// The elements of tensors at one moment, kept in memory that serves again at the next.
package struct CopiedValues {
  /// The copies, in the tensors' order.
  package private(set) var tensors: [Tensor] = []

  /// No copies yet.
  package init() {}

  /// Copies the elements of tensors, over the last copies where those lie alike.
  package mutating func take(_ values: [Tensor]) {
    var isDone = false
    if tensors.count == values.count {
      let status = withExtendedLifetime((values, tensors)) {
        ct_copy_values(values.map { $0.pointer }, tensors.map { $0.pointer }, values.count, &isDone)
      }
      check(status, "copies of values")
    }
    if isDone { return }
    tensors = withoutGradients { values.map { $0.clone() } }
  }
}
