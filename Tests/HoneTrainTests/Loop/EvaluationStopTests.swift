import HoneData
import HoneModels
import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneTensor
import HoneTestSupport
import Testing

@testable import HoneTrain

@Suite("Requests to stop that come during an evaluation")
struct EvaluationStopTests {
  /// Two batches of validation after each of three epochs; with an average of the weights, seven more
  /// for the statistics of batch normalization before them.
  private static func lab(averages: Bool) -> Lab {
    var lab = Lab()
    if averages {
      lab.model = { stream in
        MLP(
          inputs: 64, outputs: 10, widths: [24], options: .init(normalization: .batch),
          using: &stream)
      }
      lab.change = { $0.averaging = .exponential(decay: 0.9) }
    }
    return lab
  }

  /// Stops at an evaluation's batch, counted over the run, and for good.
  private func train(
    _ lab: Lab, stoppingAt batch: Int, _ checkpointer: Checkpointer
  ) throws -> TrainingOutcome {
    var asked = 0
    return try Trainer(
      lab.plan, record: lab.record(), checkpointer: checkpointer,
      stopRequested: { asked >= batch },
      evaluationStopRequested: {
        asked += 1
        return asked >= batch
      }
    ).train()
  }

  @Test(
    "the run ends with a checkpoint of the epoch's last step, and goes on as if nothing had been",
    arguments: [(false, 1), (false, 2), (false, 6), (true, 3), (true, 9), (true, 12), (true, 27)])
  func stops(averages: Bool, batch: Int) throws {
    try withTemporaryFolder { folder in
      let lab = Self.lab(averages: averages)
      let whole = try lab.train()
      let checkpointer = Checkpointer(folder: folder)
      let stopped = try train(lab, stoppingAt: batch, checkpointer)
      let epoch = (batch - 1) / (averages ? 9 : 2)
      #expect(stopped.record.status == .interrupted)
      #expect(stopped.history.count == epoch)
      let checkpoint = try #require(checkpointer.read().checkpoint)
      #expect(checkpoint.progress.step == (epoch + 1) * 7)
      let resumed = try Trainer(lab.plan, record: lab.record()).train(from: checkpoint)
      #expect(resumed.record.status == .completed)
      #expect(resumed.kept == whole.kept)
      #expect(resumed.numbers == whole.numbers)
    }
  }

  @Test(
    "processes that train together stop together when rank 0 evaluates",
    .enabled(if: ProcessGroup.isAvailable, "this libtorch has no process groups"))
  func together() throws {
    try withTemporaryFolder { folder in
      let outcomes = try inRanks(2) { group in
        let lab = Self.lab(averages: true)
        var plan = try lab.plan
        plan.parallel = DataParallel(group)
        var asked = 0
        return try Trainer(
          plan, record: lab.record(),
          checkpointer: group.isWriter ? Checkpointer(folder: folder) : nil,
          evaluationStopRequested: {
            asked += 1
            return asked >= 12
          }
        ).train()
      }.map { try $0.get() }
      #expect(outcomes.map(\.record.status) == [.interrupted, .interrupted])
      #expect(outcomes.map(\.history.count) == [1, 1])
      let checkpoint = try #require(Checkpointer(folder: folder).read().checkpoint)
      #expect(checkpoint.progress.step == 14)
    }
  }
}
