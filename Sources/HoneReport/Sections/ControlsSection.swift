import HoneDiagnosis
import HoneRecords
import HoneText

extension ReportWriter {
  /// What the remedies are held against, and what leaving each kept change out does; nil for ledgers
  /// without either.
  func controls(_ record: ImprovementRecord) -> HTML? {
    let metric = MetricText(record.baseline)
    let controls = record.controls ?? []
    let ablation = record.ablation ?? []
    guard !controls.isEmpty || !ablation.isEmpty else { return nil }
    var children: [HTML] = []
    if !controls.isEmpty {
      children.append(
        effects(
          controls, metric, first: say("Compared", korean: "비교 대상"), name: controlTitle
        ).html)
    }
    if !ablation.isEmpty {
      children.append(
        .tag(
          "p",
          text: say(
            "Each kept change left out of the final configuration, judged in the same way:",
            korean: "최종 구성에서 채택한 변경을 하나씩 빼고 같은 방식으로 판정한 결과입니다.")))
      children.append(
        effects(ablation, metric, first: say("Without", korean: "제외한 변경")) { $0.remedy }.html)
    }
    return section(
      "controls", say("What the remedies are held against", korean: "처방과 견준 것"),
      lead: say(
        "The unchanged configuration with other seeds shows what chance alone does. Random search had "
          + "as much time as the race of the remedies.",
        korean: "시드만 바꾼 같은 구성은 우연의 크기를 보여 줍니다. 무작위 탐색에는 처방을 견주는 데 쓴 만큼의 시간을 "
          + "주었습니다."), children)
  }

  /// How the remedies came out of the race; nil for ledgers without one.
  func race(_ record: ImprovementRecord) -> HTML? {
    guard let screened = record.screened, !screened.isEmpty else { return nil }
    let metric = MetricText(record.baseline)
    var table = HTMLTable([
      .init(say("Remedy", korean: "처방")), .init(say("Called for by", korean: "근거 진단")),
      .init(say("Round", korean: "라운드"), isNumber: true),
      .init(say("Share of a run", korean: "학습한 비율"), isNumber: true),
      .init(say("Gain when choosing", korean: "선택용 표본의 개선"), isNumber: true),
      .init(say("Time", korean: "시간"), isNumber: true), .init(say("Outcome", korean: "결과")),
    ])
    table.rows = screened.map { entry in
      let gain = entry.gain.map {
        metric.isFraction ? metric.difference($0) : Formatting.significant($0)
      }
      return [
        .text(entry.remedy),
        .text(
          entry.finding?.title.text(language) ?? say("tried on principle", korean: "일반 처방")),
        .text(String(entry.round)), .text(Formatting.percent(entry.share, decimals: 0)),
        .text(gain ?? "–"), .text(duration(entry.seconds)),
        pill(outcome(entry.decision), entry.decision == .chosen ? .good : .neutral),
      ]
    }
    return section(
      "race", say("The race", korean: "처방 견주기"),
      lead: say(
        "Many remedies were trained briefly, the better half for longer. These numbers chose and prove "
          + "nothing.",
        korean: "여러 처방을 짧게 학습한 뒤 나은 절반을 더 길게 학습했습니다. 이 수치는 선택에 쓴 것으로 증명이 "
          + "아닙니다."), [table.html])
  }

  /// What only a person can do; nil where there is nothing.
  func actions(_ record: ImprovementRecord) -> HTML? {
    guard let actions = record.actions, !actions.isEmpty else { return nil }
    let items = actions.map { HTML.tag("li", text: $0.rationale.text(language)) }
    return section(
      "actions", say("What only you can do", korean: "직접 할 일"), [.tag("ul", nil, [], items)])
  }

  private func effects(
    _ records: [ExperimentRecord], _ metric: MetricText, first: String,
    name: (ExperimentRecord) -> String
  ) -> HTMLTable {
    let unit = metric.isFraction ? " (\(metric.unit(language)))" : ""
    var table = HTMLTable([
      .init(first), .init(say("Change", korean: "변경")),
      .init(say("From", korean: "기준"), isNumber: true),
      .init(say("To", korean: "결과"), isNumber: true),
      .init(say("Effect", korean: "효과") + unit, isNumber: true),
      .init(say("95% interval", korean: "95% 구간") + unit, isNumber: true),
      .init(say("Time", korean: "시간"), isNumber: true),
    ])
    table.rows = records.map { record in
      [
        .text(name(record)), .tag("code", text: ConfigurationText.change(record.change)),
        .text(metric.value(record.baselineMetric)), .text(metric.value(record.metric)),
        .tag("strong", text: metric.difference(record.delta)),
        .text(metric.interval(record.interval, language)), .text(duration(record.seconds)),
      ]
    }
    return table
  }

  private func controlTitle(_ record: ExperimentRecord) -> String {
    switch record.remedy {
    case "same-again": say("Unchanged, other seeds", korean: "변경 없음, 다른 시드")
    case "random-search":
      say(
        "Random search, \(record.trials ?? 0) configurations",
        korean: "무작위 탐색, 구성 \(record.trials ?? 0)개")
    case "over-random-search":
      say("What was kept, over random search", korean: "무작위 탐색 대비 채택한 구성")
    default: record.remedy
    }
  }

  private func outcome(_ decision: ScreeningRecord.Decision) -> String {
    switch decision {
    case .chosen: say("put to the proof", korean: "증명에 부침")
    case .behind: say("behind others", korean: "다른 처방보다 뒤짐")
    case .noGain: say("no gain", korean: "개선 없음")
    case .failed: say("could not be trained", korean: "학습 실패")
    case .notTried: say("not tried", korean: "시도하지 못함")
    }
  }
}
