import HonePlots
import HoneRecords
import HoneText

/// What the sections of one page share: the language, and the figures collected on the way.
struct ReportWriter {
  let language: Language
  /// Whether figures will be drawn; tables stand open where they will not.
  let drawsCharts: Bool
  /// Samples to show beside findings, by name.
  var views: [String: SampleView] = [:]
  private(set) var figures: [(id: String, figure: Figure)] = []

  init(language: Language, drawsCharts: Bool) {
    self.language = language
    self.drawsCharts = drawsCharts
  }

  /// A sentence in the page's language.
  func say(_ english: String, korean: String) -> String {
    Localized(english, korean: korean).text(language)
  }

  /// A section with a heading, and a line that says what it shows.
  func section(_ id: String, _ title: String, lead: String? = nil, _ children: [HTML]) -> HTML {
    var content: [HTML] = [.tag("h2", nil, [("id", "\(id)-title")], [.text(title)])]
    if let lead { content.append(.tag("p", "lead", text: lead)) }
    return .tag(
      "section", nil, [("id", id), ("aria-labelledby", "\(id)-title")], content + children)
  }

  /// A figure with its title, a summary for those who cannot see it, and its numbers as a table.
  mutating func chart(
    _ id: String, title: String, summary: String, figure: Figure, table: HTMLTable
  ) -> HTML {
    guard drawsCharts else {
      return .tag(
        "figure", nil, [],
        [.tag("figcaption", text: title), .tag("p", "muted", text: summary), table.html])
    }
    figures.append((id, figure))
    let height = figure.layout.height ?? 340
    return .tag(
      "figure", nil, [],
      [
        .tag("figcaption", text: title),
        .tag(
          "div", "chart",
          [
            ("id", id), ("role", "img"), ("aria-label", summary),
            ("style", "min-height:\(Int(height))px"),
          ]),
        .tag(
          "details", nil, [],
          [
            .tag("summary", text: say("Numbers as a table", korean: "수치를 표로 보기")), table.html,
          ]),
      ])
  }

  /// A marked word: `kept`, `warning`.
  func pill(_ text: String, _ tone: Tone) -> HTML {
    .tag("span", "pill" + (tone == .neutral ? "" : " \(tone.rawValue)"), text: text)
  }

  /// How a marked word is coloured.
  enum Tone: String { case good, bad, neutral }

  /// The words on figures.
  func labels(metric: MetricText) -> FigureLabels {
    var labels = FigureLabels()
    labels.metric = sentenceCase(metric.title.text(language))
    labels.effect = effectTitle(metric)
    guard language == .korean else { return labels }
    labels.epoch = "에폭"
    labels.loss = "손실"
    labels.train = "학습"
    labels.trainMode = "학습(드롭아웃·증강 적용)"
    labels.validation = "검증"
    labels.baseline = "기준 모델"
    labels.final = "최종 모델"
    labels.best = "선택한 에폭"
    labels.learningRate = "학습률"
    labels.suggestion = "제안"
    labels.divergence = "발산"
    labels.decisions = ["채택", "기각", "불확실"]
    labels.trueClass = "실제 클래스"
    labels.predictedClass = "예측 클래스"
    labels.share = "해당 클래스 중"
    labels.confidence = "예측 확률"
    labels.accuracy = "실제 정확도"
    labels.ideal = "완전한 보정"
    labels.samples = "표본 수"
    return labels
  }

  /// A decision in words.
  func decision(_ decision: ExperimentRecord.Decision) -> String {
    switch decision {
    case .kept: say("kept", korean: "채택")
    case .rejected: say("rejected", korean: "기각")
    case .inconclusive: say("inconclusive", korean: "불확실")
    }
  }

  /// The text with a large first letter.
  func sentenceCase(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  private func effectTitle(_ metric: MetricText) -> String {
    let name = metric.title.text(language)
    if !metric.isBetterWhenLarger {
      return say(
        "Reduction of \(name) (better →)", korean: "\(name) 감소량(→ 개선)")
    }
    return metric.isFraction
      ? say("Change of \(name) (better →)", korean: "\(name) 변화(→ 개선)")
      : say("Gain of \(name) (better →)", korean: "\(name) 증가량(→ 개선)")
  }
}
