import Foundation

/// Where tensor work runs: one thread from the first tensor to the last.
enum EngineThread {
  /// Deep models recurse in building, walking and freeing their graphs.
  private static let stackSize = 64 << 20

  /// Runs a body on a thread of its own and waits for it without blocking the caller's.
  /// - Throws: what the body throws; failures of libtorch as `EngineError.torch`.
  static func run<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      start { continuation.resume(with: Result { try explainingTorchErrors(body) }) }
    }
  }

  /// The values that a body hands out on a thread of its own, as they come.
  /// - Throws: while iterating, what the body throws.
  static func stream<Value: Sendable>(
    _ body: @escaping @Sendable (_ give: (Value) -> Void) throws -> Void
  ) -> AsyncThrowingStream<Value, any Error> {
    AsyncThrowingStream { continuation in
      start {
        do {
          try explainingTorchErrors { try body { continuation.yield($0) } }
          continuation.finish()
        } catch {
          continuation.finish(throwing: error)
        }
      }
    }
  }

  private static func start(_ body: @escaping @Sendable () -> Void) {
    let thread = Thread { body() }
    thread.name = "hone engine"
    thread.stackSize = stackSize
    thread.start()
  }
}
