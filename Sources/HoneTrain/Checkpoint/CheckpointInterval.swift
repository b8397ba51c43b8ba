/// How far apart a run's checkpoints lie.
///
/// Whatever is asked for, a checkpoint waits until checkpoints have cost less than two percent of the
/// training so far; without any limit of the user's that alone decides, within epochs too.
public struct CheckpointInterval: Sendable, Equatable {
  /// Optimiser steps from one to the next; nil for no such limit.
  public var steps: Int?
  /// Seconds of training from one to the next; nil for no such limit.
  public var seconds: Double?
  /// Epochs from one to the next; nil for no such limit.
  public var epochs: Int?

  /// An interval; where there are several limits, the first that is reached counts.
  /// - Precondition: the limits are positive.
  public init(steps: Int? = nil, seconds: Double? = nil, epochs: Int? = nil) {
    guard steps ?? 1 > 0, seconds ?? 1 > 0, epochs ?? 1 > 0 else {
      fatalError(
        "CheckpointInterval got steps \(steps ?? 0), seconds \(seconds ?? 0), epochs \(epochs ?? 0); "
          + "each must be positive or nil.")
    }
    self.steps = steps
    self.seconds = seconds
    self.epochs = epochs
  }

  /// As often as two percent of training allow, at ends of epochs and, in long ones, within.
  public static let automatic = CheckpointInterval()

  var isAutomatic: Bool { self == .automatic }
}
