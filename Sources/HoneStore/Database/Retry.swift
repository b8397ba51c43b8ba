import Foundation

/// How long to try again what another process or a restarting server was in the way of.
struct Retry: Sendable {
  /// Seconds from the first failure to the last attempt.
  var seconds: Double
  /// The first pause; each further one is half as long again, up to `longestPause`.
  var firstPause = 0.01
  var longestPause = 1.0

  /// Makes an attempt until it ends, is not worth another, or the time is over.
  /// - Parameters:
  ///   - isWorthAnother: whether a later attempt may do better; may repair what is needed for it.
  ///   - attempt: is told how many came before it.
  func callAsFunction<Result>(
    while isWorthAnother: (any Error) -> Bool, _ attempt: (_ earlier: Int) throws -> Result
  ) throws -> Result {
    let start = ContinuousClock.now
    var pause = firstPause
    var count = 0
    while true {
      do {
        return try attempt(count)
      } catch {
        guard isWorthAnother(error), ContinuousClock.now - start < .seconds(seconds) else {
          throw error
        }
        // Processes that collided must not meet again: each waits a time of its own.
        let share = Double((Int(getpid()) &* 31 &+ count &* 17) % 32) / 32
        Thread.sleep(forTimeInterval: pause * (0.75 + 0.5 * share))
        pause = min(pause * 1.5, longestPause)
        count += 1
      }
    }
  }
}
