import HonePlots
import HoneRecords
import HoneText

extension ReportWriter {
  /// The confusion matrix, the classes' figures and further metrics; nil where nothing was evaluated.
  mutating func evaluation(_ run: RunRecord, baseline: RunRecord?) -> HTML? {
    guard let test = run.test else { return nil }
    let metric = MetricText(run)
    var children: [HTML] = []
    if test.confusion.count > 1 {
      let scores = ClassScores.all(test.confusion, names: run.task.classes)
      let before = baseline?.test.map {
        ClassScores.all($0.confusion, names: run.task.classes)
      }
      let worst = scores.min { $0.recall < $1.recall }
      let summary =
        worst.map {
          say(
            "The class found least often is \($0.name), with a recall of "
              + "\(Formatting.percent($0.recall)).",
            korean: "재현율이 가장 낮은 클래스는 \($0.name)(\(Formatting.percent($0.recall)))입니다.")
        } ?? ""
      let matrix = chart(
        "chart-confusion", title: say("Confusion matrix", korean: "혼동 행렬"), summary: summary,
        figure: .confusionMatrix(
          test.confusion, classes: run.task.classes, labels: labels(metric: metric)),
        table: confusionTable(test.confusion, run.task.classes))
      let classes = HTML.tag(
        "figure", nil, [],
        [
          .tag("figcaption", text: say("By class", korean: "클래스별 결과")),
          classTable(scores, before: before).html,
        ])
      children.append(.tag("div", "pair", [], [matrix, classes]))
    }
    if let bins = test.calibration { children.append(reliability(bins, metric)) }
    if !test.metrics.isEmpty || test.confusion.isEmpty {
      children.append(
        .tag("figure", "compact", [], [metricTable(test, baseline?.test, run).html]))
    }
    let samples = Formatting.count(test.samples)
    return section(
      "evaluation", say("Test result", korean: "시험 결과"),
      lead: say(
        "\(samples) samples that neither training nor any choice has used.",
        korean: "학습과 선택에 쓰지 않은 표본 \(samples)개로 평가했습니다."),
      children)
  }

  /// How far the model's confidence can be trusted.
  private mutating func reliability(_ bins: [CalibrationBin], _ metric: MetricText) -> HTML {
    let samples = bins.reduce(0) { $0 + $1.samples }
    let gap = bins.reduce(0.0) { $0 + Double($1.samples) * ($1.confidence - $1.accuracy) }
    let mean = Formatting.percent(abs(gap) / Double(max(1, samples)))
    let summary =
      gap > 0
      ? say(
        "On average the model is surer than it is right, by \(mean).",
        korean: "모델의 확신도는 정확도보다 평균 \(mean) 높습니다.")
      : say(
        "On average the model is right more often than it is sure, by \(mean).",
        korean: "모델의 확신도는 정확도보다 평균 \(mean) 낮습니다.")
    var table = HTMLTable([
      .init(say("Confidence", korean: "확신도"), isNumber: true),
      .init(say("Accuracy", korean: "정확도"), isNumber: true),
      .init(say("Samples", korean: "표본"), isNumber: true),
    ])
    table.rows = bins.filter { $0.samples > 0 }.map { bin in
      [
        .text(Formatting.percent(bin.confidence)), .text(Formatting.percent(bin.accuracy)),
        .text(Formatting.count(bin.samples)),
      ]
    }
    return chart(
      "chart-reliability", title: say("Reliability", korean: "신뢰도 도표"), summary: summary,
      figure: .reliability(bins, labels: labels(metric: metric)), table: table)
  }

  private func confusionTable(_ counts: [[Int]], _ classes: [String]) -> HTMLTable {
    let names = counts.indices.map { $0 < classes.count ? classes[$0] : String($0) }
    var table = HTMLTable(
      [.init(say("True \\ predicted", korean: "실제 \\ 예측"))]
        + names.map { .init($0, isNumber: true) })
    table.rows = counts.enumerated().map { index, row in
      [.text(names[index])] + row.map { .text(String($0)) }
    }
    return table
  }

  private func classTable(_ scores: [ClassScores], before: [ClassScores]?) -> HTMLTable {
    var columns: [HTMLTable.Column] = [
      .init(say("Class", korean: "클래스")), .init(say("Samples", korean: "표본"), isNumber: true),
      .init(say("Precision", korean: "정밀도"), isNumber: true),
      .init(say("Recall", korean: "재현율"), isNumber: true), .init("F1", isNumber: true),
    ]
    let comparable = before.flatMap { $0.count == scores.count ? $0 : nil }
    if comparable != nil {
      columns.append(.init(say("F1 before", korean: "기준 F1"), isNumber: true))
    }
    var table = HTMLTable(columns)
    table.rows = scores.enumerated().map { index, score in
      var row: [HTML] = [
        .text(score.name), .text(Formatting.count(score.samples)),
        .text(Formatting.percent(score.precision)), .text(Formatting.percent(score.recall)),
        .text(Formatting.percent(score.f1)),
      ]
      if let comparable {
        row.append(.tag("span", "muted", text: Formatting.percent(comparable[index].f1)))
      }
      return row
    }
    return table
  }

  private func metricTable(
    _ test: EvaluationRecord, _ before: EvaluationRecord?, _ run: RunRecord
  ) -> HTMLTable {
    var columns: [HTMLTable.Column] = [.init(say("Metric", korean: "지표"))]
    if before != nil { columns.append(.init(say("Baseline", korean: "기준 모델"), isNumber: true)) }
    columns.append(.init(say("Final", korean: "최종 모델"), isNumber: true))
    if before == nil { columns[1].title = say("Value", korean: "값") }
    var table = HTMLTable(columns)
    var names = test.metrics.keys.sorted()
    if !names.contains(run.metric) { names.insert(run.metric, at: 0) }
    func row(_ name: String, _ value: (EvaluationRecord) -> Double?) -> [HTML] {
      let text = MetricText(
        name, kind: run.task.kind, isBetterWhenLarger: run.metricIsBetterWhenLarger)
      var cells: [HTML] = [.text(sentenceCase(text.title.text(language)))]
      if let before { cells.append(.text(value(before).map(text.value) ?? "–")) }
      cells.append(.text(value(test).map(text.value) ?? "–"))
      return cells
    }
    table.rows = names.map { name in
      row(name) { name == run.metric ? $0.metric : $0.metrics[name] }
    }
    table.rows.append(row("loss") { $0.loss })
    return table
  }
}
