/// What a run's checkpoints have cost it, over all of its sessions.
public struct CheckpointCost: Sendable, Codable, Equatable {
  /// How many were written.
  public var count: Int
  /// Seconds for which training stood still.
  public var stalledSeconds: Double
  /// Processor seconds of the thread that wrote beside training.
  public var writingSeconds: Double
  /// The bytes of the newest one.
  public var bytes: Int

  /// A cost; nothing where nothing is said.
  public init(
    count: Int = 0, stalledSeconds: Double = 0, writingSeconds: Double = 0, bytes: Int = 0
  ) {
    self.count = count
    self.stalledSeconds = stalledSeconds
    self.writingSeconds = writingSeconds
    self.bytes = bytes
  }

  /// The time that training could have had, in seconds.
  public var seconds: Double { stalledSeconds + writingSeconds }

  /// The share of a training time that checkpoints took.
  public func share(of training: Double) -> Double { training > 0 ? seconds / training : 0 }
}
