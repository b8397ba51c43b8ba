/// Where a trial of a study stands.
public enum TrialState: String, Sendable, Codable, CaseIterable {
  /// Enqueued; no worker has it yet.
  case waiting
  /// A worker has it.
  case running
  /// Stopped at a rung with its checkpoint kept; it may go on later.
  case paused
  /// Ended with its values.
  case completed
  /// Ended early because others did better, or because it was proved hopeless.
  case pruned
  /// Ended without values, for a reason.
  case failed

  /// Whether the trial will not change any more.
  public var isFinished: Bool {
    switch self {
    case .completed, .pruned, .failed: true
    case .waiting, .running, .paused: false
    }
  }
}

/// Why a trial failed.
///
/// A sampler ranks a diverged or hopeless trial after all others, counts one that ran out of memory
/// as a broken constraint, and does not see the rest.
public enum TrialFailure: String, Sendable, Codable, CaseIterable {
  /// Its loss was not finite.
  case diverged
  /// The diagnosis proved that it does not learn.
  case notLearning
  /// It ran out of memory.
  case outOfMemory
  /// The user's code threw an error.
  case userError
  /// It ran longer than its limit.
  case timeout
  /// Its worker died more often than the study allows.
  case workerLost
  /// The user ended it.
  case cancelled
  /// It ended without reporting a value.
  case noValue
}
