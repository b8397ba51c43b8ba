import HonePlots
import HoneRecords
import HoneText

extension ReportWriter {
  /// Gradients and signals layer by layer; nil where no layers were sampled.
  mutating func depth(_ evidence: RunEvidence) -> HTML? {
    guard let samples = evidence.run.layerSamples, let first = samples.first,
      first.layers.count > 1
    else { return nil }
    let wanted: [(String, String, KeyPath<LayerState, Double?>)] = [
      ("chart-gradients", say("Gradient by layer", korean: "층별 기울기"), \.gradient),
      (
        "chart-signals", say("Spread of outputs by layer", korean: "층별 출력의 표준 편차"),
        \.outputSpread
      ),
    ]
    let step = say("step", korean: "스텝")
    let charts = wanted.map { id, title, field in
      var table = HTMLTable([.init(say("Layer", korean: "층"))])
      table.columns += samples.map {
        HTMLTable.Column("\(step) \($0.step)", isNumber: true)
      }
      table.rows = first.layers.indices.map { index in
        var row: [HTML] = [.text(first.layers[index].path)]
        for sample in samples {
          let value =
            sample.layers.indices.contains(index) ? sample.layers[index][keyPath: field] : nil
          row.append(.text(value.map { Formatting.significant($0) } ?? "–"))
        }
        return row
      }
      return chart(
        id, title: title,
        summary: say(
          "\(title) for \(first.layers.count) layers in \(samples.count) steps.",
          korean: "층 \(first.layers.count)개, 스텝 \(samples.count)개의 \(title)"),
        figure: .byDepth(
          samples, of: field, axis: title, layers: say("Layer", korean: "층"), step: step),
        table: table)
    }
    return section(
      "depth", say("Through the layers", korean: "층을 따라서"),
      lead: say(
        "Root mean squares from the first layer to the last, early, midway and late in the run.",
        korean: "첫 층부터 마지막 층까지의 제곱 평균 제곱근을 학습 초기, 중간, 끝에서 보입니다."),
      [.tag("div", "pair", [], charts)])
  }

  /// What was measured on demand; nil where nothing was.
  mutating func probes(_ record: ProbeRecord?) -> HTML? {
    guard let record else { return nil }
    var children: [HTML] = []
    if let curve = record.learningCurve {
      children += [
        dataCurve(curve), options(curve), .tag("p", "claim", text: curve.conclusion.text(language)),
      ]
    }
    if let sweep = record.capacity { children.append(capacity(sweep)) }
    if let noise = record.noiseScale {
      children.append(.tag("p", "claim", text: noise.sentence.text(language)))
    }
    for view in record.dropouts ?? [] { children.append(dropout(view)) }
    if let slice = record.landscape { children.append(landscape(slice)) }
    guard !children.isEmpty else { return nil }
    return section(
      "probes", say("Measured on demand", korean: "추가 측정"), children)
  }

  private mutating func dataCurve(_ curve: LearningCurveRecord) -> HTML {
    let axis = errorTitle(curve.metric, isOneLess: curve.isOneLess)
    var table = HTMLTable([
      .init(say("Training samples", korean: "학습 표본"), isNumber: true),
      .init(axis, isNumber: true), .init(say("Standard error", korean: "표준 오차"), isNumber: true),
      .init(say("Seconds", korean: "초"), isNumber: true),
    ])
    table.rows = curve.points.map { point in
      [
        .text(Formatting.count(point.samples)),
        .text(Formatting.significant(point.mean, digits: 4)),
        .text(Formatting.significant(point.standardError, digits: 2)),
        .text(Formatting.significant(point.seconds)),
      ]
    }
    let words = labels(
      metric: MetricText(curve.metric, kind: .multiclass, isBetterWhenLarger: true))
    return chart(
      "chart-data", title: say("Error against data", korean: "데이터 크기와 오차"),
      summary: say(
        "The validation error on \(curve.points.count) sizes of the training split.",
        korean: "학습 데이터 크기 \(curve.points.count)가지에서의 검증 오차"),
      figure: .dataCurve(curve, labels: words, axis: axis), table: table)
  }

  private func options(_ curve: LearningCurveRecord) -> HTML {
    var table = HTMLTable([
      .init(say("Way on", korean: "방법")), .init(say("Saves", korean: "오차 감소"), isNumber: true),
      .init(say("95% interval", korean: "95% 구간"), isNumber: true),
      .init(say("Seconds of a run", korean: "실행 시간(초)"), isNumber: true),
    ])
    table.rows = curve.options.map { option in
      let ends = option.interval.map { Formatting.significant($0, digits: 2) }
      return [
        .text("\(title(option.kind)): \(option.change)"),
        .text(Formatting.significant(option.gain, digits: 2)),
        .text(ends.joined(separator: " … ")), .text(Formatting.significant(option.seconds)),
      ]
    }
    return table.html
  }

  private func title(_ kind: LearningCurveRecord.Option.Kind) -> String {
    switch kind {
    case .moreData: say("More data", korean: "데이터 추가")
    case .tuning: say("Tuning", korean: "조정")
    case .largerModel: say("A larger model", korean: "더 큰 모델")
    }
  }

  private mutating func capacity(_ sweep: CapacityRecord) -> HTML {
    var table = HTMLTable([
      .init(say("Width", korean: "너비"), isNumber: true),
      .init(say("Depth", korean: "깊이"), isNumber: true),
      .init(say("Parameters", korean: "매개변수"), isNumber: true),
      .init(say("Validation loss", korean: "검증 손실"), isNumber: true),
      .init(say("Standard error", korean: "표준 오차"), isNumber: true),
    ])
    table.rows = sweep.points.map { point in
      [
        .text("× \(point.width)"), .text("× \(point.depth)"),
        .text(Formatting.count(point.parameters)),
        .text(Formatting.significant(point.loss, digits: 4)),
        .text(Formatting.significant(point.standardError, digits: 2)),
      ]
    }
    let words = labels(metric: MetricText("loss", kind: .multiclass, isBetterWhenLarger: false))
    let mark = say("smallest that will do", korean: "충분한 가장 작은 모델")
    let chosen = sweep.points.indices.contains(sweep.smallest) ? sweep.points[sweep.smallest] : nil
    return chart(
      "chart-capacity", title: say("Capacity sweep", korean: "용량 탐색"),
      summary: say(
        "The smallest model within one standard error of the best has "
          + "\(Formatting.count(chosen?.parameters ?? 0)) parameters.",
        korean: "가장 좋은 모델과 표준 오차 이내인 가장 작은 모델의 매개변수는 "
          + "\(Formatting.count(chosen?.parameters ?? 0))개입니다."),
      figure: .capacity(
        sweep, labels: words, parameters: say("Parameters", korean: "매개변수"), mark: mark),
      table: table)
  }

  private mutating func dropout(_ view: DropoutView) -> HTML {
    let names = [
      say("before", korean: "이전"), say("inverted, in training", korean: "역드롭아웃, 학습 시"),
      say("classic, in training", korean: "고전적 드롭아웃, 학습 시"),
    ]
    var table = HTMLTable([
      .init(say("Place", korean: "위치")),
      .init(say("Mean activation", korean: "평균 활성값"), isNumber: true),
    ])
    let means = [view.before, view.inverted, view.classic, view.classicEvaluation]
    let places = names + [say("classic, in evaluation", korean: "고전적 드롭아웃, 평가 시")]
    table.rows = zip(places, means).map { [.text($0), .text(Formatting.significant($1))] }
    let title = say(
      "Dropout \(view.number), probability \(view.probability)",
      korean: "드롭아웃 \(view.number), 확률 \(view.probability)")
    return chart(
      "chart-dropout-\(view.number)", title: title,
      summary: say(
        "The mean activation is \(Formatting.significant(view.before)) before and "
          + "\(Formatting.significant(view.inverted)) behind inverted dropout.",
        korean: "평균 활성값이 드롭아웃 이전 \(Formatting.significant(view.before)), 이후 "
          + "\(Formatting.significant(view.inverted))입니다."),
      figure: .dropout(
        view, names: names, axis: say("Activation", korean: "활성값"),
        share: say("Share", korean: "비율")),
      table: table)
  }

  private mutating func landscape(_ slice: LandscapeSlice) -> HTML {
    let words = labels(metric: MetricText("loss", kind: .multiclass, isBetterWhenLarger: false))
    let axis = say(
      "Distance from the weights, in their length", korean: "가중치에서의 거리(가중치 길이 단위)")
    var table = HTMLTable([
      .init(axis, isNumber: true), .init(words.train, isNumber: true),
      .init(words.validation, isNumber: true),
    ])
    table.rows = slice.distances.indices.map { index in
      [
        .text(Formatting.significant(slice.distances[index])),
        .text(Formatting.significant(slice.train[index], digits: 4)),
        .text(
          slice.validation.indices.contains(index)
            ? Formatting.significant(slice.validation[index], digits: 4) : "–"),
      ]
    }
    return chart(
      "chart-landscape", title: say("A slice of the loss landscape", korean: "손실 지형의 단면"),
      summary: say(
        "The loss of \(slice.samples) training samples along a random line through the weights.",
        korean: "가중치를 지나는 무작위 직선 위에서 학습 표본 \(slice.samples)개의 손실"),
      figure: .landscape(slice, labels: words, axis: axis), table: table)
  }
}
