import HoneRecords
import Testing

@testable import HoneTrain

@Suite struct CheckpointCadenceTests {
  private func moment(
    _ step: Int, epochs: Int = 0, endsEpoch: Bool = false, seconds: Double
  ) -> CheckpointCadence.Moment {
    .init(step: step, epochs: epochs, endsEpoch: endsEpoch, seconds: seconds)
  }

  @Test("an automatic checkpoint comes at ends of epochs, and within long ones")
  func automatic() {
    let cadence = CheckpointCadence(.automatic)
    #expect(!cadence.isDue(moment(10, seconds: 4)))
    #expect(cadence.isDue(moment(10, seconds: 6)))
    #expect(cadence.isDue(moment(10, epochs: 1, endsEpoch: true, seconds: 0.1)))
  }

  @Test("steps, seconds and epochs are counted from the last checkpoint")
  func intervals() {
    var steps = CheckpointCadence(CheckpointInterval(steps: 5))
    #expect(!steps.isDue(moment(4, epochs: 1, endsEpoch: true, seconds: 9)))
    #expect(steps.isDue(moment(5, seconds: 9)))
    steps.taken(at: moment(6, seconds: 9), stalledSeconds: 0)
    #expect(!steps.isDue(moment(10, seconds: 10)))
    #expect(steps.isDue(moment(11, seconds: 10)))
    let seconds = CheckpointCadence(CheckpointInterval(seconds: 2))
    #expect(!seconds.isDue(moment(1, seconds: 1.9)))
    #expect(seconds.isDue(moment(1, seconds: 2)))
    let epochs = CheckpointCadence(CheckpointInterval(epochs: 2))
    #expect(!epochs.isDue(moment(9, epochs: 1, endsEpoch: true, seconds: 9)))
    #expect(epochs.isDue(moment(18, epochs: 2, endsEpoch: true, seconds: 9)))
    #expect(!epochs.isDue(moment(19, epochs: 2, seconds: 9)))
  }

  @Test("the first of two limits counts")
  func firstLimit() {
    let cadence = CheckpointCadence(CheckpointInterval(steps: 100, seconds: 2))
    #expect(cadence.isDue(moment(3, seconds: 2)))
    #expect(cadence.isDue(moment(100, seconds: 1)))
  }

  @Test("a resumed run counts from where it goes on")
  func resumed() {
    var cadence = CheckpointCadence(CheckpointInterval(steps: 5))
    cadence.begin(moment(12, seconds: 0))
    #expect(!cadence.isDue(moment(16, seconds: 1)))
    #expect(cadence.isDue(moment(17, seconds: 1)))
  }

  @Test("the first checkpoint, too, waits until what has been is worth it")
  func first() {
    var cadence = CheckpointCadence(.automatic)
    cadence.expect(seconds: 1)
    #expect(!cadence.isDue(moment(100, epochs: 1, endsEpoch: true, seconds: 66)))
    #expect(cadence.isDue(moment(100, epochs: 1, endsEpoch: true, seconds: 67)))
    // One of a few milliseconds harms no run.
    cadence.expect(seconds: 0.005)
    #expect(cadence.isDue(moment(1, epochs: 1, endsEpoch: true, seconds: 0.1)))
  }

  @Test("whatever is asked for, checkpoints cost at most two percent of training")
  func share() {
    var cadence = CheckpointCadence(CheckpointInterval(steps: 1))
    var step = 0
    for tick in 1...10_000 {
      let seconds = Double(tick) * 0.01
      step += 1
      if cadence.isDue(moment(step, seconds: seconds)) {
        // Some checkpoints are dearer than others.
        cadence.taken(at: moment(step, seconds: seconds), stalledSeconds: 0.01)
        cadence.written(processorSeconds: step.isMultiple(of: 3) ? 0.05 : 0.01, bytes: 7)
      }
    }
    #expect(cadence.cost.share(of: 100) <= CheckpointCadence.share)
    #expect(cadence.cost.count >= 25)
    #expect(cadence.cost.bytes == 7)
  }
}
