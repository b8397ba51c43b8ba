public import HoneRecords
public import HoneText

/// An improvement in plain text, for the terminal.
public struct ImprovementSummary: Sendable {
  private let record: ImprovementRecord

  /// The summary of a ledger.
  public init(_ record: ImprovementRecord) {
    self.record = record
  }

  /// The experiments as an aligned table, the two metrics, and the one sentence that the evidence
  /// carries.
  public func text(_ language: Language) -> String {
    let claim = ImprovementClaim(record)
    let metric = MetricText(record.baseline)
    var lines: [String] = []
    if !record.experiments.isEmpty { lines += [table(language, metric), ""] }
    let before = claim.before.map(metric.value) ?? "–"
    let after = claim.after.map(metric.value) ?? "–"
    let split = Localized(
      claim.split, korean: claim.split == "test" ? "시험" : "검증"
    ).text(language)
    var values = "\(metric.title.text(language)) (\(split)): \(before) → \(after)"
    if let gain = record.testGain {
      values +=
        ", \(metric.change(gain.delta, language)) "
        + "[\(metric.interval(gain.interval, language))]"
    }
    lines += [values, claim.sentence.text(language)]
    return lines.joined(separator: "\n")
  }

  private func table(_ language: Language, _ metric: MetricText) -> String {
    let writer = ReportWriter(language: language, drawsCharts: false)
    let unit = metric.isFraction ? " (\(metric.unit(language)))" : ""
    var table = TextTable([
      .init(writer.say("remedy", korean: "처방")),
      .init(writer.say("effect", korean: "효과") + unit, alignment: .trailing),
      .init(writer.say("interval", korean: "구간"), alignment: .trailing),
      .init(writer.say("time", korean: "시간"), alignment: .trailing),
      .init(writer.say("decision", korean: "판정")),
    ])
    for experiment in record.experiments {
      table.add([
        experiment.remedy, metric.difference(experiment.delta),
        metric.interval(experiment.interval, language),
        Formatting.duration(experiment.seconds).text(language),
        writer.decision(experiment.decision),
      ])
    }
    return table.text
  }
}
