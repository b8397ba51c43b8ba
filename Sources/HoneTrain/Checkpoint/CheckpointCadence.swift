/// Decides when a checkpoint is worth its time: at the end of an epoch, when the last one lies far
/// enough back that writing costs at most two percent of training.
struct CheckpointCadence {
  private static let share = 0.02
  private var lastWritten: ContinuousClock.Instant?
  private var cost = Duration.zero

  /// Whether the next checkpoint is worth its time; the first one is.
  var isDue: Bool {
    guard let lastWritten else { return true }
    return lastWritten.duration(to: .now) * Self.share >= cost
  }

  /// Writes a checkpoint and remembers what it cost.
  mutating func measure(_ write: () throws -> Void) rethrows {
    let start = ContinuousClock.now
    try write()
    cost = start.duration(to: .now)
    lastWritten = .now
  }
}
