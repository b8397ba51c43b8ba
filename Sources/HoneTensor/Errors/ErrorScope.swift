import CTorch
import Foundation

/// The first failure of each open scope of a thread, innermost last.
///
/// Kept in the thread's dictionary because libtorch's own state is the thread's, and scopes are
/// synchronous: they open and close on one thread.
private final class ScopeStack {
  var failures: [TorchError?] = []

  static var current: ScopeStack {
    let dictionary = Thread.current.threadDictionary
    if let stack = dictionary["HoneTensor.ScopeStack"] as? ScopeStack { return stack }
    let stack = ScopeStack()
    dictionary["HoneTensor.ScopeStack"] = stack
    return stack
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
  let stack = ScopeStack.current
  stack.failures.append(nil)
  ct_error_scope_enter()
  let result = Result(catching: body)
  ct_error_scope_leave()
  if let failure = stack.failures.removeLast() { throw failure }
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
    let stack = ScopeStack.current
    if status != CT_POISONED, stack.failures.last == .some(nil) {
      stack.failures[stack.failures.count - 1] = TorchError(status: status)
    }
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
  let stack = ScopeStack.current
  if stack.failures.last == .some(nil) {
    stack.failures[stack.failures.count - 1] = TorchError(kind: .invalid, message: message())
  }
  return .poisoned
}
