import CTorch
public import HoneNumerics

// libtorch keeps these modes per thread, and a task may change threads at every await: the closures
// are synchronous, and passing an async one does not compile.

/// Runs tensor code without recording it for differentiation.
public func withoutGradients<R>(_ body: () throws -> R) rethrows -> R {
  let enabled = ct_grad_mode()
  let later = ct_exchange_records_later(false)
  ct_set_grad_mode(false)
  defer {
    ct_set_grad_mode(enabled)
    _ = ct_exchange_records_later(later)
  }
  return try body()
}

/// Runs tensor code with recording switched on, inside `withoutGradients` too.
public func withGradients<R>(_ body: () throws -> R) rethrows -> R {
  let enabled = ct_grad_mode()
  ct_set_grad_mode(true)
  defer { ct_set_grad_mode(enabled) }
  return try body()
}

/// Runs the first computation of a part that the backward pass computes again: nothing is recorded, and
/// kernels are chosen as for the second.
func recordingLater<R>(_ body: () throws -> R) rethrows -> R {
  try withoutGradients {
    _ = ct_exchange_records_later(true)
    return try body()
  }
}

/// Runs tensor code whose converted weights autocast does not keep: those made without a record would
/// else be used by recorded code behind it, which then had no gradients.
package func withoutAutocastCache<R>(_ body: () throws -> R) rethrows -> R {
  let former = ct_exchange_autocast_cache(false)
  defer { _ = ct_exchange_autocast_cache(former) }
  return try body()
}

/// Runs tensor code with matrix products and convolutions in a lower precision, and what needs range
/// (losses, norms, softmax) in fp32, as libtorch's autocast lists say.
public func withAutocast<R>(
  _ dtype: DType, on device: Device, _ body: () throws -> R
) rethrows -> R {
  var previous: Int8 = 0
  let enabled = ct_autocast_enter(device.kind.rawValue, dtype.rawValue, &previous)
  defer { ct_autocast_leave(device.kind.rawValue, enabled, previous) }
  return try body()
}
