import CTorch

/// The operation that first made NaN or plus infinity.
package struct SpoilingOperation: Sendable, Equatable {
  /// The operation's name in libtorch, such as `aten::log`.
  package let name: String
  /// The number, among the tensors that were watched, of the one used last before it or by it.
  package let mark: Int?
}

/// Runs code and finds the first operation on this thread whose result holds NaN or plus infinity.
///
/// Minus infinity, which masks are made of, is no sign of trouble. Looks at every result, so the code takes several times as long and waits for the device.
/// - Parameters:
///   - marks: tensors by which the place is told: a model's weights.
///   - body: the code.
/// - Returns: the operation; nil where there is none.
package func firstSpoilingOperation(
  among marks: [Tensor], _ body: () throws -> Void
) rethrows -> SpoilingOperation? {
  check(ct_watch_begin(), "watch")
  defer { ct_watch_end() }
  for mark in marks { check(withExtendedLifetime(mark) { ct_watch_mark(mark.pointer) }, "watch") }
  // A kernel of several steps would hide which of them it was.
  try withStandardKernels(body)
  guard let name = ct_watch_operation() else { return nil }
  let mark = ct_watch_found_mark()
  return SpoilingOperation(name: String(cString: name), mark: mark < 0 ? nil : Int(mark))
}
