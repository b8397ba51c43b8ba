import HoneRecords
import HoneText

/// Takes a run's checkpoints when they are due, and knows what they cost.
final class CheckpointKeeper {
  private let writer: CheckpointWriter
  private let writesInBackground: Bool
  private var cadence: CheckpointCadence
  private let start = ContinuousClock.now
  private var costBefore = CheckpointCost()
  private var hasToldOfDelay = false

  init(_ checkpointer: Checkpointer) {
    writer = CheckpointWriter(checkpointer)
    writesInBackground = checkpointer.writesInBackground
    cadence = CheckpointCadence(checkpointer.interval)
  }

  /// What checkpoints have cost the run; nil before the first.
  var cost: CheckpointCost? {
    var sum = cadence.cost
    sum.count += costBefore.count
    sum.stalledSeconds += costBefore.stalledSeconds
    sum.writingSeconds += costBefore.writingSeconds
    if sum.bytes == 0 { sum.bytes = costBefore.bytes }
    return sum.count > 0 ? sum : nil
  }

  /// Training goes on from a checkpoint.
  func begin(step: Int, epochs: Int, cost: CheckpointCost?) {
    costBefore = cost ?? CheckpointCost()
    cadence.begin(moment(step, epochs, endsEpoch: epochs > 0))
  }

  /// A checkpoint of this run has about so many bytes.
  func expect(bytes: Int) {
    let earlier = costBefore
    cadence.expect(
      seconds: earlier.count > 0
        ? earlier.seconds / Double(earlier.count)
        : Double(bytes) * CheckpointCadence.secondsPerByte)
  }

  /// Whether a checkpoint should be taken now.
  func isDue(step: Int, epochs: Int, endsEpoch: Bool) -> Bool {
    cadence.isDue(moment(step, epochs, endsEpoch: endsEpoch)) && !writer.isBusy
  }

  /// A sentence, once, where the user's interval costs more than checkpoints may.
  func delay(step: Int, epochs: Int, endsEpoch: Bool) -> Localized? {
    let moment = moment(step, epochs, endsEpoch: endsEpoch)
    guard !hasToldOfDelay, !cadence.interval.isAutomatic, cadence.isWanted(moment),
      !cadence.isAffordable(moment)
    else { return nil }
    hasToldOfDelay = true
    return Localized(
      "Checkpoints as often as training.checkpointEvery says would cost more than 2 % of the time; "
        + "they lie further apart.",
      korean: "training.checkpointEvery대로 저장하면 학습 시간의 2%를 넘으므로 체크포인트 간격을 늘립니다.")
  }

  /// Takes a checkpoint.
  /// - Parameters:
  ///   - waits: whether to return only when it lies on the disk.
  ///   - snapshot: makes it.
  /// - Throws: what making or writing it threw; what writing an earlier one threw.
  func take(
    step: Int, epochs: Int, endsEpoch: Bool, waits: Bool, _ snapshot: () throws -> Checkpoint
  ) throws -> [CheckpointWriter.Written] {
    writer.wait()
    var all = try written()
    let begun = ContinuousClock.now
    let checkpoint = try snapshot()
    let isLater = writesInBackground && !waits
    if isLater { writer.start(checkpoint) } else { all.append(try writer.write(checkpoint)) }
    cadence.taken(
      at: moment(step, epochs, endsEpoch: endsEpoch),
      stalledSeconds: begun.duration(to: .now) / .seconds(1))
    // The time that training waited is counted already.
    if !isLater, let last = all.last { cadence.written(processorSeconds: 0, bytes: last.bytes) }
    return all
  }

  /// The checkpoints that have come to lie on the disk since this was asked last.
  /// - Throws: why one could not be written.
  func written() throws -> [CheckpointWriter.Written] {
    let written = try writer.takeWritten()
    for one in written { cadence.written(processorSeconds: one.seconds, bytes: one.bytes) }
    return written
  }

  /// Waits until nothing is being written.
  func wait() { writer.wait() }

  private func moment(
    _ step: Int, _ epochs: Int, endsEpoch: Bool
  ) -> CheckpointCadence.Moment {
    .init(
      step: step, epochs: epochs, endsEpoch: endsEpoch,
      seconds: start.duration(to: .now) / .seconds(1))
  }
}
