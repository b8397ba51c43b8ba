import HonePlots
import HoneRecords
import HoneText

extension ReportWriter {
  /// How single training samples were learned; nil where none were followed.
  mutating func dynamics(_ evidence: RunEvidence) -> HTML? {
    guard let record = evidence.run.dynamics else { return nil }
    let words = labels(metric: MetricText(evidence.run))
    var charts: [HTML] = []
    if evidence.epochs.contains(where: { $0.trainLossQuantiles != nil }) {
      charts.append(sampleLosses(evidence, words))
    }
    if let map = record.map { charts.append(dataMap(map, words)) }
    return section(
      "dynamics", say("How single samples were learned", korean: "표본별 학습 과정"),
      lead: record.sentence.text(language),
      [
        .tag("div", "pair", [], charts),
        samples(
          record.hardest, say("Hardest: look at their labels first", korean: "가장 어려운 표본: 레이블부터 확인")),
        samples(
          record.mostVariable,
          say("Most variable: what is learned most from", korean: "변동이 가장 큰 표본: 학습에 가장 중요")),
      ])
  }

  private mutating func sampleLosses(_ evidence: RunEvidence, _ words: FigureLabels) -> HTML {
    var table = HTMLTable([.init(words.epoch, isNumber: true)])
    table.columns += EpochRecord.fractions.map {
      HTMLTable.Column(Formatting.percent($0, decimals: 0), isNumber: true)
    }
    table.rows = evidence.epochs.compactMap { epoch in
      epoch.trainLossQuantiles.map { values in
        [.text(String(epoch.epoch))] + values.map { .text(Formatting.significant($0)) }
      }
    }
    let title = say("Losses of single training samples", korean: "학습 표본별 손실")
    return chart(
      "chart-sample-losses", title: title,
      summary: say(
        "Quantiles of the losses of the samples after each epoch.",
        korean: "에폭마다 잰 표본별 손실의 분위수"),
      figure: .sampleLosses(
        evidence.epochs, labels: words,
        names: [
          say("90 % of samples", korean: "표본의 90 %"), say("50 % of samples", korean: "표본의 50 %"),
          say("median", korean: "중앙값"),
        ]),
      table: table)
  }

  private mutating func dataMap(_ map: [[Int]], _ words: FigureLabels) -> HTML {
    var table = HTMLTable([
      .init(say("Confidence from", korean: "확신도 하한"), isNumber: true),
      .init(words.samples, isNumber: true),
    ])
    table.rows = map.indices.reversed().map { row in
      [
        .text(Formatting.significant(Double(row) / Double(map.count))),
        .text(String(map[row].reduce(0, +))),
      ]
    }
    return chart(
      "chart-data-map", title: say("Data map", korean: "데이터 지도"),
      summary: say(
        "Top: easy samples; bottom left: hard or mislabelled ones; right: ambiguous ones.",
        korean: "위: 쉬운 표본, 왼쪽 아래: 어렵거나 레이블이 틀린 표본, 오른쪽: 모호한 표본"),
      figure: .dataMap(
        map, confidence: say("Confidence", korean: "확신도"),
        variability: say("Variability", korean: "변동성"), labels: words),
      table: table)
  }

  private func samples(_ samples: [TrainingDynamicsRecord.Sample], _ title: String) -> HTML {
    let isClassification = samples.contains { $0.confidence != nil }
    var table = HTMLTable([
      .init(say("Sample", korean: "표본")), .init(say("Mean loss", korean: "평균 손실"), isNumber: true),
      .init(say("Spread", korean: "표준 편차"), isNumber: true),
    ])
    if isClassification {
      table.columns += [
        .init(say("Label", korean: "레이블")), .init(say("Confidence", korean: "확신도"), isNumber: true),
        .init(say("Variability", korean: "변동성"), isNumber: true),
        .init(say("Margin", korean: "마진"), isNumber: true),
        .init(say("Forgotten", korean: "망각 횟수"), isNumber: true),
      ]
    }
    table.rows = samples.map { sample in
      var row: [HTML] = [
        .tag("code", text: sample.name), .text(Formatting.significant(sample.loss)),
        .text(Formatting.significant(sample.lossSpread)),
      ]
      if isClassification {
        row.append(.text(sample.label ?? "–"))
        row += [sample.confidence, sample.variability, sample.margin].map {
          .text($0.map { Formatting.significant($0) } ?? "–")
        }
        row.append(.text(sample.forgettings.map { String($0) } ?? "–"))
      }
      return row
    }
    return .tag(
      "details", nil, [], [.tag("summary", text: title), table.html])
  }
}
