import CTorch
import Foundation

/// The first failures of those open scopes of the thread in which something has failed, innermost last.
///
/// Kept in the thread's dictionary because libtorch's own state is the thread's, and scopes are
/// synchronous: they open and close on one thread. Nothing is looked up as long as nothing fails.
private final class ScopeFailures {
  var errors: [TorchError] = []

  static var current: ScopeFailures {
    let dictionary = Thread.current.threadDictionary
    if let failures = dictionary["HoneTensor.ScopeFailures"] as? ScopeFailures { return failures }
    let failures = ScopeFailures()
    dictionary["HoneTensor.ScopeFailures"] = failures
    return failures
  }

  /// Keeps an error where it is the first of the innermost scope.
  static func note(_ error: @autoclosure () -> TorchError) {
    if ct_error_scope_fail() { current.errors.append(error()) }
  }
}

/// Runs tensor code and throws libtorch's first failure in it, where such a failure would otherwise
/// end the process.
///
/// Inside the scope a failed operation returns a poisoned tensor; operations on it do nothing, so
/// that the failure thrown at the end is the first one. The closure is synchronous, because
/// libtorch's state belongs to the thread.
///
/// - Throws: `TorchError` of the first failure, or what the closure throws.
public func catchingTorchErrors<R>(_ body: () throws -> R) throws -> R {
  ct_error_scope_enter()
  let result = Result(catching: body)
  if ct_error_scope_leave() { throw ScopeFailures.current.errors.removeLast() }
  return try result.get()
}

/// Traps on a failure outside any scope; inside one, keeps the scope's first failure.
func check(_ status: ct_status, _ operation: StaticString) {
  if status == CT_OK { return }
  handleFailure(status, "\(operation)")
}

@inline(never)
private func handleFailure(_ status: ct_status, _ operation: String) {
  if ct_error_scope_depth() > 0 {
    if status != CT_POISONED { ScopeFailures.note(TorchError(status: status)) }
    return
  }
  if status == CT_POISONED {
    fatalError(
      "\(operation) received a tensor whose computation failed inside catchingTorchErrors; "
        + "do not carry tensors out of a scope that threw.")
  }
  fatalError(String(cString: ct_error_message()))
}

/// Ends a failed shape check: inside a scope as its failure, elsewhere as a trap.
///
/// Layers call this with a full sentence: what came, what was expected, what to do.
package func failPrecondition(_ message: @autoclosure () -> String) -> Tensor {
  guard ct_error_scope_depth() > 0 else { fatalError(message()) }
  ScopeFailures.note(TorchError(kind: .invalid, message: message()))
  return .poisoned
}
