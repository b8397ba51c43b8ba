import HonePlots
import HoneRecords
import HoneText

extension ReportWriter {
  /// Loss and metric of one run.
  mutating func curves(_ evidence: RunEvidence) -> HTML {
    let metric = MetricText(evidence.run)
    let words = labels(metric: metric)
    var charts = [
      chart(
        "chart-loss", title: words.loss, summary: curveSummary(evidence, .loss),
        figure: .learningCurves(evidence, of: .loss, labels: words),
        table: curveTable(evidence, metric))
    ]
    if evidence.epochs.contains(where: { $0.validationMetric != nil || $0.trainMetric != nil }) {
      charts.append(
        chart(
          "chart-metric", title: words.metric, summary: curveSummary(evidence, .metric),
          figure: .learningCurves(evidence, of: .metric, labels: words),
          table: curveTable(evidence, metric)))
    }
    var children: [HTML] = [.tag("div", "pair", [], charts)]
    if let test = evidence.run.preflight?.rangeTest { children.append(rangeTest(test, words)) }
    if Set(evidence.epochs.map(\.learningRate)).count > 1 {
      children.append(schedule(evidence, words))
    }
    return section(
      "curves", say("Learning curves", korean: "학습 곡선"),
      lead: say(
        "The band is the 95% interval of the validation value over samples.",
        korean: "띠는 표본에 따른 검증 값의 95% 구간입니다."),
      children)
  }

  /// Baseline and final model on the same axes.
  mutating func comparison(baseline: RunEvidence, final: RunEvidence) -> HTML {
    let metric = MetricText(final.run)
    let words = labels(metric: metric)
    let charts = [CurveMeasure.loss, .metric].map { measure in
      chart(
        measure == .loss ? "chart-loss" : "chart-metric",
        title: measure == .loss ? words.loss : words.metric,
        summary: "\(words.baseline): \(curveSummary(baseline, measure)) "
          + "\(words.final): \(curveSummary(final, measure))",
        figure: .comparison(baseline: baseline, final: final, of: measure, labels: words),
        table: comparisonTable(baseline, final, measure, metric))
    }
    return section(
      "curves", say("Baseline and final model", korean: "기준 모델과 최종 모델"),
      lead: say(
        "Validation as a solid line, training in evaluation mode dashed.",
        korean: "실선은 검증, 점선은 평가 모드로 잰 학습 값입니다."),
      [.tag("div", "pair", [], charts)])
  }

  private mutating func rangeTest(_ test: RangeTestRecord, _ words: FigureLabels) -> HTML {
    var table = HTMLTable([
      .init(words.learningRate, isNumber: true), .init(words.loss, isNumber: true),
    ])
    table.rows = zip(test.learningRates, test.losses).map {
      [.text(Formatting.significant($0)), .text(Formatting.significant($1, digits: 4))]
    }
    let suggestion = test.suggestion.map { Formatting.significant($0) } ?? "–"
    let divergence = test.divergence.map { Formatting.significant($0) } ?? "–"
    return chart(
      "chart-range", title: say("Learning-rate range test", korean: "학습률 범위 시험"),
      summary: say(
        "The loss falls fastest at \(suggestion) and rises for good from \(divergence).",
        korean: "손실은 \(suggestion)에서 가장 빠르게 감소하고 \(divergence)부터 발산합니다."),
      figure: .rangeTest(test, labels: words), table: table)
  }

  private mutating func schedule(_ evidence: RunEvidence, _ words: FigureLabels) -> HTML {
    var table = HTMLTable([.init(words.epoch), .init(words.learningRate, isNumber: true)])
    table.rows = evidence.epochs.map {
      [.text(String($0.epoch)), .text(Formatting.significant($0.learningRate))]
    }
    let first = Formatting.significant(evidence.epochs.first?.learningRate ?? 0)
    let last = Formatting.significant(evidence.epochs.last?.learningRate ?? 0)
    return chart(
      "chart-rate", title: words.learningRate,
      summary: say(
        "The learning rate goes from \(first) to \(last).", korean: "학습률이 \(first)에서 \(last)로 변합니다."
      ),
      figure: .learningRateSchedule(evidence, labels: words), table: table)
  }

  private func curveSummary(_ evidence: RunEvidence, _ measure: CurveMeasure) -> String {
    let metric = MetricText(evidence.run)
    let values = evidence.epochs.compactMap {
      measure == .loss ? $0.validationLoss ?? $0.trainLoss : $0.validationMetric ?? $0.trainMetric
    }
    guard let first = values.first, let last = values.last else {
      return say("No values were recorded.", korean: "기록된 값이 없습니다.")
    }
    func text(_ value: Double) -> String {
      measure == .loss ? Formatting.significant(value) : metric.value(value)
    }
    return say(
      "from \(text(first)) to \(text(last)) in \(evidence.epochs.count) epochs.",
      korean: "에폭 \(evidence.epochs.count)개 동안 \(text(first))에서 \(text(last))로 변했습니다.")
  }

  private func curveTable(_ evidence: RunEvidence, _ metric: MetricText) -> HTMLTable {
    let loss = say("loss", korean: "손실")
    let name = metric.title.text(language)
    let train = say("Training", korean: "학습")
    let validation = say("Validation", korean: "검증")
    var table = HTMLTable([
      .init(say("Epoch", korean: "에폭")), .init("\(train) \(loss)", isNumber: true),
      .init("\(validation) \(loss)", isNumber: true), .init("\(train) \(name)", isNumber: true),
      .init("\(validation) \(name)", isNumber: true),
    ])
    table.rows = evidence.epochs.map { epoch in
      [
        .text(String(epoch.epoch)),
        .text(Formatting.significant(epoch.trainEvaluationLoss ?? epoch.trainLoss, digits: 4)),
        .text(epoch.validationLoss.map { Formatting.significant($0, digits: 4) } ?? "–"),
        .text((epoch.trainEvaluationMetric ?? epoch.trainMetric).map(metric.value) ?? "–"),
        .text(epoch.validationMetric.map(metric.value) ?? "–"),
      ]
    }
    return table
  }

  private func comparisonTable(
    _ baseline: RunEvidence, _ final: RunEvidence, _ measure: CurveMeasure, _ metric: MetricText
  ) -> HTMLTable {
    func values(_ evidence: RunEvidence) -> [Int: String] {
      evidence.epochs.reduce(into: [:]) { result, epoch in
        result[epoch.epoch] =
          measure == .loss
          ? epoch.validationLoss.map { Formatting.significant($0, digits: 4) }
          : epoch.validationMetric.map(metric.value)
      }
    }
    let before = values(baseline)
    let after = values(final)
    var table = HTMLTable([
      .init(say("Epoch", korean: "에폭")),
      .init(say("Baseline, validation", korean: "기준 모델, 검증"), isNumber: true),
      .init(say("Final, validation", korean: "최종 모델, 검증"), isNumber: true),
    ])
    table.rows = Set(before.keys).union(after.keys).sorted().map {
      [.text(String($0)), .text(before[$0] ?? "–"), .text(after[$0] ?? "–")]
    }
    return table
  }
}
