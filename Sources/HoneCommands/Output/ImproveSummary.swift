import ArgumentParser
import HoneRecords
import HoneText

/// An improvement for people and scripts.
struct ImproveSummary {
  let record: ImprovementRecord

  init(_ record: ImprovementRecord) {
    self.record = record
  }

  /// Prints the answer; ends with the status of an interruption where there was one.
  func answer(_ context: CommandContext) throws {
    if context.json { try context.emit(ImproveOutput(record)) } else { say(context) }
    try TensorVerb.exitIfInterrupted(context)
    if record.baseline.status == .failed || record.final.status == .failed {
      throw ExitCode(ExitStatus.unsuccessful.rawValue)
    }
  }

  func say(_ context: CommandContext) {
    context.say("")
    for line in ImproveSummary.table(record.experiments, context).lines { context.say(line) }
    sayControls(context)
    context.say("")
    let before = record.baseline.test
    let after = record.final.test
    if let before, let after {
      context.say(
        Localized(
          "Test \(record.metric): \(decimal(before.metric)) → \(decimal(after.metric))",
          korean: "테스트 \(record.metric): \(decimal(before.metric)) → \(decimal(after.metric))"))
    }
    if let gain = record.testGain, gain.interval.count == 2 {
      let numbers =
        "\(signed(gain.delta)) [\(signed(gain.interval[0])), \(signed(gain.interval[1]))]"
      context.say(
        Localized("Gain on the test split: \(numbers)", korean: "테스트 분할에서의 개선: \(numbers)"))
    }
    if !record.experiments.contains(where: { $0.decision == .kept }) {
      context.say(
        Localized(
          "Nothing was proven better than the baseline, so the baseline stays.",
          korean: "기준 모델보다 낫다고 입증된 것이 없어 기준 모델을 그대로 둡니다."))
    }
    if let report = record.report {
      context.say(Localized("Report: \(report)", korean: "보고서: \(report)"))
    }
  }

  private func sayControls(_ context: CommandContext) {
    let controls = record.controls ?? []
    if !controls.isEmpty {
      context.say("")
      context.say(
        Localized(
          "For comparison (other seeds; random search with as much time):",
          korean: "비교 대상(다른 시드, 같은 시간의 무작위 탐색):"))
      for line in ImproveSummary.table(controls, context, decides: false).lines {
        context.say(line)
      }
    }
    let ablation = record.ablation ?? []
    if !ablation.isEmpty {
      context.say("")
      context.say(Localized("Left out of what was kept:", korean: "채택한 변경에서 하나씩 뺐을 때:"))
      for line in ImproveSummary.table(ablation, context, decides: false).lines {
        context.say(line)
      }
    }
    for action in record.actions ?? [] {
      context.say(
        Localized(
          "For you: \(action.rationale.english)", korean: "직접 할 일: \(action.rationale.korean)"))
    }
  }

  /// The table of experiments.
  static func table(
    _ experiments: [ExperimentRecord], _ context: CommandContext, decides: Bool = true
  ) -> TextTable {
    var heading: [Localized] = [
      Localized("remedy", korean: "개선책"), Localized("metric", korean: "지표"),
      Localized("effect", korean: "효과"), Localized("interval", korean: "구간"),
      Localized("seeds", korean: "시드"), Localized("seconds", korean: "초"),
    ]
    if decides { heading.append(Localized("decision", korean: "판정")) }
    var table = TextTable(heading.map(context.text), rightAligned: [1, 2, 4, 5])
    for experiment in experiments {
      let interval = experiment.interval.map(signed).joined(separator: ", ")
      let seconds = Formatting.fixed(experiment.seconds, decimals: 1)
      var row = [
        experiment.remedy, decimal(experiment.metric), signed(experiment.delta), "[\(interval)]",
        String(experiment.seeds), seconds,
      ]
      if decides { row.append(context.text(experiment.decision.word)) }
      table.append(row)
    }
    return table
  }
}

/// A difference with its sign; what rounding alone leaves is none.
func signed(_ value: Double) -> String {
  let value = abs(value) < 1e-12 ? 0 : value
  return (value > 0 ? "+" : "") + decimal(value)
}

extension ExperimentRecord.Decision {
  var word: Localized {
    switch self {
    case .kept: Localized("kept", korean: "채택")
    case .rejected: Localized("rejected", korean: "기각")
    case .inconclusive: Localized("inconclusive", korean: "불확실")
    }
  }
}
