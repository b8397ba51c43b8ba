import HoneRecords

/// Decides when the next checkpoint is worth its time.
struct CheckpointCadence {
  /// The largest share of training that checkpoints may cost.
  static let share = 0.02
  /// The share that is planned with: what the next checkpoint costs is known only when it is written.
  static let plannedShare = 0.015
  /// Within an epoch an automatic checkpoint comes no earlier than this after the one before it:
  /// epochs that are shorter end with theirs.
  static let leastSecondsWithinEpoch = 5.0

  /// Seconds that a byte of a checkpoint is taken to cost before any has been measured: copying into
  /// fresh memory, hashing without special instructions, and writing; 11 ns were measured.
  static let secondsPerByte = 1.2e-8
  /// The first checkpoint is taken whatever its share where it costs less than this.
  static let negligibleSeconds = 0.01

  /// Where a run is when it asks.
  struct Moment {
    /// Optimiser steps taken.
    var step: Int
    /// Epochs that ended.
    var epochs: Int
    /// Whether an epoch has just ended.
    var endsEpoch: Bool
    /// Seconds of training since this process began with it.
    var seconds: Double
  }

  let interval: CheckpointInterval
  /// What checkpoints have cost in this process.
  private(set) var cost = CheckpointCost()
  private var last = Moment(step: 0, epochs: 0, endsEpoch: true, seconds: 0)
  private var lastSeconds = 0.0
  /// What the first checkpoint will cost, as far as that is known.
  private var expectedSeconds = 0.0

  init(_ interval: CheckpointInterval) { self.interval = interval }

  /// A process goes on from here.
  mutating func begin(_ moment: Moment) { last = moment }

  /// The first checkpoint of this process will cost so much.
  mutating func expect(seconds: Double) { expectedSeconds = seconds }

  /// Whether a checkpoint now is wanted and affordable.
  func isDue(_ moment: Moment) -> Bool {
    isWanted(moment) && isAffordable(moment)
  }

  /// Whether the interval has passed.
  func isWanted(_ moment: Moment) -> Bool {
    let seconds = moment.seconds - last.seconds
    if interval.isAutomatic {
      return moment.endsEpoch || seconds >= Self.leastSecondsWithinEpoch
    }
    if let limit = interval.steps, moment.step - last.step >= limit { return true }
    if let limit = interval.seconds, seconds >= limit { return true }
    if let limit = interval.epochs, moment.endsEpoch, moment.epochs - last.epochs >= limit {
      return true
    }
    return false
  }

  /// Whether another checkpoint of the last one's cost stays within the planned share, since the last one and
  /// since the beginning.
  ///
  /// The first one may cost what is expected of it.
  func isAffordable(_ moment: Moment) -> Bool {
    guard cost.count > 0 else {
      return expectedSeconds < Self.negligibleSeconds
        || expectedSeconds <= moment.seconds * Self.plannedShare
    }
    let recent = (moment.seconds - last.seconds) * Self.plannedShare >= lastSeconds
    return recent && cost.seconds + lastSeconds <= moment.seconds * Self.plannedShare
  }

  /// A checkpoint was taken, and training stood still for so long.
  mutating func taken(at moment: Moment, stalledSeconds: Double) {
    last = moment
    lastSeconds = stalledSeconds
    cost.count += 1
    cost.stalledSeconds += stalledSeconds
  }

  /// The checkpoint that was taken last has been written beside training.
  mutating func written(processorSeconds: Double, bytes: Int) {
    lastSeconds += processorSeconds
    cost.writingSeconds += processorSeconds
    cost.bytes = bytes
  }
}
