/// Decides when a checkpoint is worth its time: at the end of an epoch, when the last one lies far
/// enough back that writing costs at most two percent of training.
final class CheckpointCadence {
  private static let share = 0.02
  private let checkpointer: Checkpointer
  private var lastWritten: ContinuousClock.Instant?
  private var cost = Duration.zero

  init(_ checkpointer: Checkpointer) { self.checkpointer = checkpointer }

  func epochEnded(_ snapshot: () throws -> Checkpoint) throws {
    if let lastWritten, lastWritten.duration(to: .now) * Self.share < cost { return }
    try write(snapshot())
  }

  func write(_ checkpoint: Checkpoint) throws {
    let start = ContinuousClock.now
    try checkpointer.write(checkpoint)
    cost = start.duration(to: .now)
    lastWritten = .now
  }
}
