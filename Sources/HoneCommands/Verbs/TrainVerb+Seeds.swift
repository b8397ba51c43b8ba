import ArgumentParser
import Foundation
import HoneConfiguration
import HoneRecords
import HoneText

extension TrainVerb {
  /// Trains one run for each seed on the split of the first, and evaluates all of them together.
  func trainSeeds(_ request: TrainRequest, count: Int) async throws {
    var generator = SystemRandomNumberGenerator()
    let id = RunIdentifier.make(Date(), using: &generator)
    try await TensorVerb.run(global) { engine, context in
      var runs: [RunRecord] = []
      let first = request.configuration.training.seed
      for seed in first..<(first + UInt64(count)) {
        var part = request
        part.configuration.data.splitSeed = request.configuration.data.splitSeed ?? first
        part.configuration.training.seed = seed
        part.name = request.name.map { "\($0), seed \(seed)" }
        part.parent = id
        part.tags.append("seed")
        let record = try await engine.train(part, in: context)
        runs.append(record)
        if record.status == .interrupted || context.interruption.isRequested { break }
      }
      let usable = runs.filter { $0.status == .completed || $0.status == .stoppedEarly }
      var evaluation: EvaluationReport?
      if runs.count == count, usable.count > 1, let test = usable.first?.test {
        var evaluate = EvaluateRequest(
          run: usable[0].id, split: test.samples > 0 ? .test : .validation)
        evaluate.ensemble = usable.dropFirst().map(\.id)
        evaluate.calibrates = true
        evaluation = try await engine.evaluate(evaluate, in: context)
      }
      try SeedEnsemble(id: id, runs: runs, evaluation: evaluation).show(context)
      try TensorVerb.exitIfInterrupted(context)
      if runs.contains(where: { $0.status == .diverged || $0.status == .failed }) {
        throw ExitCode(ExitStatus.unsuccessful.rawValue)
      }
    }
  }
}

/// The runs of several seeds and what they are together.
struct SeedEnsemble: Encodable {
  let ensemble: String
  let seeds: [TrainOutput]
  let evaluation: EvaluateOutput?
  private let runs: [RunRecord]
  private let report: EvaluationReport?

  private enum CodingKeys: CodingKey { case ensemble, seeds, evaluation }

  init(id: String, runs: [RunRecord], evaluation report: EvaluationReport?) {
    ensemble = id
    seeds = runs.map(TrainOutput.init)
    evaluation = report.map(EvaluateOutput.init)
    self.runs = runs
    self.report = report
  }

  func show(_ context: CommandContext) throws {
    if context.json { return try context.emit(self) }
    context.say("")
    for run in runs {
      let metric = run.test.map { decimal($0.metric) } ?? "-"
      context.say(
        Localized(
          "seed \(run.seed): test \(run.metric) \(metric), run \(run.id) \(run.status.rawValue)",
          korean: "시드 \(run.seed): 테스트 \(run.metric) \(metric), 실행 \(run.id) "
            + "\(run.status.rawValue)"))
    }
    guard let report else { return }
    context.say(
      Localized(
        "Together (hone evaluate \(runs[0].id) --ensemble \(ensemble)):",
        korean: "앙상블 (hone evaluate \(runs[0].id) --ensemble \(ensemble)):"))
    EvaluationSummary(report).say(context)
  }
}
