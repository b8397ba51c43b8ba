import HoneDiagnosis
import HonePlots
import HoneRecords
import HoneText

extension ReportWriter {
  /// What was tried, its effect with interval, and the decision.
  mutating func experiments(_ record: ImprovementRecord) -> HTML {
    let metric = MetricText(record.baseline)
    guard !record.experiments.isEmpty else {
      return section(
        "experiments", say("Experiments", korean: "실험"),
        [.tag("p", text: say("No remedy was tried.", korean: "시도한 처방이 없습니다."))])
    }
    let forest = Figure.forest(
      record.experiments, labels: labels(metric: metric), isFraction: metric.isFraction)
    let kept = record.experiments.filter { $0.decision == .kept }.map(\.remedy)
    let summary =
      kept.isEmpty
      ? say("No remedy was kept.", korean: "채택한 처방이 없습니다.")
      : say(
        "Kept: \(kept.joined(separator: ", ")).", korean: "채택한 처방: \(kept.joined(separator: ", "))."
      )
    var children = [experimentTable(record, metric).html]
    if drawsCharts {
      children.append(
        chart(
          "chart-forest", title: say("Effects with their intervals", korean: "효과와 구간"),
          summary: summary, figure: forest, table: effectTable(record, metric)))
    }
    return section(
      "experiments", say("Experiments", korean: "실험"), lead: experimentLead(record, metric),
      children)
  }

  private func experimentLead(_ record: ImprovementRecord, _ metric: MetricText) -> String {
    let seeds = record.experiments.map(\.seeds)
    let count =
      seeds.min() == seeds.max() ? "\(seeds.max() ?? 0)" : "\(seeds.min() ?? 0)–\(seeds.max() ?? 0)"
    let level = record.experiments.map(\.level).max() ?? 0.95
    return say(
      "Each remedy ran against the best configuration so far, with \(count) paired seeds, on samples "
        + "that chose nothing. Intervals allow for the number of proofs (up to "
        + "\(Formatting.percent(level)) each). Kept: the whole interval is an improvement.",
      korean: "각 처방을 그때까지 가장 좋은 구성과 \(count)개의 짝지은 시드로, 선택에 쓰지 않은 표본에서 비교했습니다. "
        + "구간은 증명의 수를 반영합니다(개별 수준 최대 \(Formatting.percent(level))). 구간 전체가 개선일 때만 "
        + "채택합니다.")
  }

  private func experimentTable(_ record: ImprovementRecord, _ metric: MetricText) -> HTMLTable {
    let unit = metric.isFraction ? " (\(metric.unit(language)))" : ""
    var table = HTMLTable([
      .init(say("Remedy", korean: "처방")), .init(say("Change", korean: "변경")),
      .init(say("Baseline", korean: "기준"), isNumber: true),
      .init(say("With remedy", korean: "처방 적용"), isNumber: true),
      .init(say("Effect", korean: "효과") + unit, isNumber: true),
      .init(say("Interval", korean: "구간") + unit, isNumber: true),
      .init(say("Time", korean: "시간"), isNumber: true),
      .init(say("Decision", korean: "판정")),
    ])
    table.rows = record.experiments.map { experiment in
      let tone: Tone =
        switch experiment.decision {
        case .kept: .good
        case .rejected: .bad
        case .inconclusive: .neutral
        }
      return [
        .tag("span", "nowrap", text: experiment.remedy),
        .tag("code", text: ConfigurationText.change(experiment.change)),
        .text(metric.value(experiment.baselineMetric)), .text(metric.value(experiment.metric)),
        .tag("strong", text: metric.difference(experiment.delta)),
        .text(metric.interval(experiment.interval, language)),
        .text(duration(experiment.seconds)), pill(decision(experiment.decision), tone),
      ]
    }
    return table
  }

  private func effectTable(_ record: ImprovementRecord, _ metric: MetricText) -> HTMLTable {
    var table = HTMLTable([
      .init(say("Remedy", korean: "처방")), .init(say("Effect", korean: "효과"), isNumber: true),
      .init(say("Interval", korean: "구간"), isNumber: true),
      .init(say("Level", korean: "수준"), isNumber: true),
      .init(say("Seeds", korean: "시드"), isNumber: true),
      .init(say("Called for by", korean: "근거 진단")),
    ])
    table.rows = record.experiments.map { experiment in
      [
        .text(experiment.remedy), .text(metric.change(experiment.delta, language)),
        .text(metric.interval(experiment.interval, language)),
        .text(Formatting.percent(experiment.level)), .text(String(experiment.seeds)),
        .text(
          experiment.finding?.title.text(language)
            ?? say("tried on principle", korean: "일반 처방")),
      ]
    }
    return table
  }
}
