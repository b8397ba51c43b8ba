import Synchronization

/// Something that is looked after from time to time: the first time at once.
final class Rounds: Sendable {
  private let secondsApart: Double
  private let last = Mutex<ContinuousClock.Instant?>(nil)

  init(secondsApart: Double) { self.secondsApart = secondsApart }

  /// Whether it is time; the next time is counted from now then.
  func isDue() -> Bool {
    let now = ContinuousClock.now
    return last.withLock { last in
      if let last, now - last < .seconds(secondsApart) { return false }
      last = now
      return true
    }
  }
}
