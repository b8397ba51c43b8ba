import ArgumentParser
import HoneRecords
import HoneText

/// A run for people.
struct RunSummary {
  let record: RunRecord

  init(_ record: RunRecord) {
    self.record = record
  }

  func say(_ context: CommandContext) {
    context.say("")
    context.say(
      Localized(
        "Run \(record.id) (\(record.name)): \(record.status.rawValue), \(record.epochs) epochs in "
          + "\(duration(record.seconds)), \(record.parameters) parameters",
        korean:
          "실행 \(record.id) (\(record.name)): \(record.status.rawValue), 에폭 \(record.epochs)개, "
          + "\(duration(record.seconds)), 파라미터 \(record.parameters)개"))
    if let outcome = record.outcome { context.say("  " + outcome) }
    if let best = record.best {
      context.say("  " + context.text(.bestEpoch(best, record.metric)))
    }
    if let test = record.test {
      context.say("  " + context.text(.test(test, record.metric)))
    }
    if let checkpoint = record.checkpoint {
      context.say(Localized("  checkpoint \(checkpoint)", korean: "  체크포인트 \(checkpoint)"))
    }
    for finding in record.findings {
      context.say(
        "  \(finding.severity.rawValue) \(finding.id.rawValue): \(context.text(finding.message))")
    }
  }
}

extension Localized {
  static func bestEpoch(_ epoch: EpochRecord, _ metric: String) -> Localized {
    let loss = epoch.validationLoss.map { decimal($0) } ?? "-"
    let value = epoch.validationMetric.map { decimal($0) } ?? "-"
    return Localized(
      "best epoch \(epoch.epoch): validation loss \(loss), \(metric) \(value)",
      korean: "가장 좋은 에폭 \(epoch.epoch): 검증 손실 \(loss), \(metric) \(value)")
  }

  static func test(_ test: EvaluationRecord, _ metric: String) -> Localized {
    var band = ""
    if let interval = test.interval, interval.count == 2 {
      band = " [\(decimal(interval[0])), \(decimal(interval[1]))]"
    }
    return Localized(
      "test: loss \(decimal(test.loss)), \(metric) \(decimal(test.metric))\(band), "
        + "\(test.samples) samples",
      korean: "테스트: 손실 \(decimal(test.loss)), \(metric) \(decimal(test.metric))\(band), "
        + "샘플 \(test.samples)개")
  }
}

/// A check for people.
struct CheckSummary {
  let report: CheckReport

  init(_ report: CheckReport) {
    self.report = report
  }

  func say(_ context: CommandContext) {
    let task = report.task
    let shape = task.sampleShape.map(String.init).joined(separator: "×")
    context.say(
      Localized(
        "\(report.data): \(task.kind.rawValue), \(task.classes.count) classes, samples of \(shape); "
          + "train \(task.trainSamples), validation \(task.validationSamples), test \(task.testSamples)",
        korean:
          "\(report.data): \(task.kind.rawValue), 클래스 \(task.classes.count)개, 샘플 모양 \(shape); "
          + "훈련 \(task.trainSamples), 검증 \(task.validationSamples), 테스트 \(task.testSamples)"))
    for gate in report.gates {
      let mark =
        gate.passed ? context.terminal.styled("✓", .green) : context.terminal.styled("✗", .red)
      let value = gate.value.map { decimal($0) } ?? "-"
      context.say("  \(mark) \(gate.id): \(value) (\(gate.expected)) \(context.text(gate.message))")
    }
    DiagnosisSummary.say(report.findings, context)
  }
}

/// Findings for people.
enum DiagnosisSummary {
  static func say(_ findings: [Finding], _ context: CommandContext) {
    for finding in findings {
      let style: Terminal.Style = finding.severity == .critical ? .red : .yellow
      let name = context.terminal.styled(finding.id.rawValue, style)
      let share = Int((finding.confidence * 100).rounded())
      context.say("")
      context.say("\(finding.severity.rawValue) \(name) (\(share) %)")
      context.say("  " + context.text(finding.message))
      for evidence in finding.evidence {
        context.say(
          "  · \(evidence.signal) \(decimal(evidence.value)) \(evidence.comparison.rawValue) "
            + "\(decimal(evidence.threshold)) (\(evidence.source))")
      }
      for remedy in finding.remedies {
        context.say("  → \(remedy.id): \(context.text(remedy.rationale))")
      }
    }
  }
}

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

  /// The table of experiments.
  static func table(_ experiments: [ExperimentRecord], _ context: CommandContext) -> TextTable {
    let heading: [Localized] = [
      Localized("remedy", korean: "개선책"), Localized("metric", korean: "지표"),
      Localized("effect", korean: "효과"), Localized("interval", korean: "구간"),
      Localized("seeds", korean: "시드"), Localized("decision", korean: "판정"),
    ]
    var table = TextTable(heading.map(context.text), rightAligned: [1, 2, 4])
    for experiment in experiments {
      let interval = experiment.interval.map(signed).joined(separator: ", ")
      table.append([
        experiment.remedy, decimal(experiment.metric), signed(experiment.delta), "[\(interval)]",
        String(experiment.seeds), context.text(experiment.decision.word),
      ])
    }
    return table
  }
}

/// A difference with its sign.
func signed(_ value: Double) -> String {
  (value > 0 ? "+" : "") + decimal(value)
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

/// An evaluation for people.
struct EvaluationSummary {
  let report: EvaluationReport

  init(_ report: EvaluationReport) {
    self.report = report
  }

  func say(_ context: CommandContext) {
    let record = report.evaluation
    context.say(
      "\(report.run.id)  \(record.split)  \(context.text(.loss)) \(decimal(record.loss))  "
        + "\(report.run.metric) \(decimal(record.metric))  n \(record.samples)")
    for (name, value) in record.metrics.sorted(by: { $0.key < $1.key }) {
      context.say("  \(name) \(decimal(value))")
    }
    if let error = report.calibrationError {
      context.say(
        Localized("  calibration error \(decimal(error))", korean: "  보정 오차 \(decimal(error))"))
    }
    if !report.classes.isEmpty { classes(context) }
    for sample in report.worst {
      context.say(
        "  ✗ \(sample.sample): \(sample.truth) → \(sample.predicted) (\(decimal(sample.loss)))")
    }
  }

  private func classes(_ context: CommandContext) {
    let heading: [Localized] = [
      Localized("class", korean: "클래스"), Localized("precision", korean: "정밀도"),
      Localized("recall", korean: "재현율"), Localized(verbatim: "F1"),
      Localized("samples", korean: "샘플"),
    ]
    var table = TextTable(heading.map(context.text), rightAligned: [1, 2, 3, 4])
    for row in report.classes {
      table.append([
        row.name, decimal(row.precision), decimal(row.recall), decimal(row.f1), String(row.samples),
      ])
    }
    for line in table.lines { context.say("  " + line) }
  }
}
