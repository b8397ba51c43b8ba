import Synchronization

/// Whether somebody asked to stop, told from one thread to another.
final class StopFlag: Sendable {
  private let flag = Mutex(false)

  /// Whether it was asked for.
  var isSet: Bool { flag.withLock { $0 } }

  /// Asks to stop.
  func set() { flag.withLock { $0 = true } }
}
