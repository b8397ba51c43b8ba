import HoneConfiguration
import HoneData
import HoneMetrics
import HoneRecords
import Testing

@testable import HoneImprove

/// A subject whose results pass through a closure that sees the task.
private struct AlteredSubject: ExperimentSubject {
  let inner: CoinSubject
  /// What becomes of a result.
  let alter: (ArmTask, ArmRun) -> ArmRun

  var data: Dataset { inner.data }
  var pool: [Int] { inner.pool }
  var splitMethod: SplitMethod { inner.splitMethod }
  var metric: MetricName { inner.metric }

  func configuration(with change: RecipeChange) -> String? { inner.configuration(with: change) }

  func length(on split: Split) throws -> RunLength { try inner.length(on: split) }

  func train(_ task: ArmTask) throws -> ArmRun { alter(task, try inner.train(task)) }
}

@Suite struct ProofInTurnTests {
  /// Dropout helps, nothing else does.
  private func subject() throws -> CoinSubject {
    var subject = try CoinSubject()
    subject.accuracy = { configuration in
      if case .mlp(_, _, _, let dropout, _, _) = configuration.model.architecture, dropout > 0 {
        return 0.85
      }
      return 0.5
    }
    return subject
  }

  private func run(
    _ subject: AlteredSubject, epochSeconds: Double = 0.001
  ) throws -> SeriesOutcome {
    var options = ImprovementOptions(budgetSeconds: 600, seeds: 3)
    options.rounds = 2
    return try ExperimentSeries(
      subject, baseline: subject.inner.baseline(epochSeconds: epochSeconds),
      diagnosis: CoinSubject.healthy, options: options
    ).run()
  }

  @Test("where the best of the race proves nothing, the next are put to the proof")
  func next() throws {
    // In the race batch normalization is always right; on samples that prove it does nothing.
    let deceived = AlteredSubject(inner: try subject()) { task, run in
      guard task.seed >= 50_000, task.seed < 60_000,
        task.change["model.normalization"] == "batchNorm"
      else { return run }
      var result = run.result
      result.scores = result.scores.map { _ in 1 }
      result.metric = 1
      return ArmRun(result, state: run.state)
    }
    let outcome = try run(deceived)
    let first = try #require(outcome.records.first)
    #expect(first.change["model.normalization"] == "batchNorm")
    #expect(first.decision != .kept)
    #expect(outcome.kept.contains { $0.id.contains("dropout") })
    #expect(outcome.screened.contains { $0.remedy == "batch-norm" && $0.decision == .chosen })
  }

  @Test("a change that the control's weights do not fit is trained from the beginning")
  func restarts() throws {
    let layered = AlteredSubject(inner: try subject()) { task, run in
      task.start == nil || task.change["model.dropout"] == nil
        ? run : ArmRun(ArmResult(failure: "the weights do not fit", seconds: 0.001))
    }
    // Epochs as long as these make the first stage a part of a run, which may go on from weights.
    let outcome = try run(layered, epochSeconds: 0.5)
    let dropout = try #require(outcome.screened.first { $0.remedy == "dropout" })
    #expect(dropout.decision != .failed)
    #expect(dropout.seeds > 0)
  }
}
