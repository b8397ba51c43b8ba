import HoneMetrics
import HoneRecords
import HoneText

/// How a metric's values and differences are written: fractions as percentages and points, others as
/// plain numbers.
struct MetricText {
  let name: String
  let isFraction: Bool
  let isBetterWhenLarger: Bool

  init(_ metric: String, kind: TaskKind, isBetterWhenLarger: Bool) {
    name = metric
    isFraction =
      MetricName(rawValue: metric)?.isFraction
      ?? (kind != .regression && !metric.lowercased().contains("loss"))
    self.isBetterWhenLarger = isBetterWhenLarger
  }

  init(_ run: RunRecord) {
    self.init(
      run.metric, kind: run.task.kind, isBetterWhenLarger: run.metricIsBetterWhenLarger)
  }

  /// A value: `97.2%`, `0.413`.
  func value(_ value: Double) -> String {
    isFraction ? Formatting.percent(value, decimals: 2) : Formatting.significant(value, digits: 3)
  }

  /// A difference with its sign, without a unit: `+1.25`, `−0.03`.
  func difference(_ value: Double) -> String {
    let text =
      isFraction
      ? Formatting.fixed(value * 100, decimals: 2) : Formatting.significant(value, digits: 3)
    if text.hasPrefix("-") { return "−" + text.dropFirst() }
    return value > 0 ? "+" + text : text
  }

  /// An interval of a difference: `+0.4 to +2.0`.
  func interval(_ bounds: [Double], _ language: Language) -> String {
    guard let low = bounds.first, let high = bounds.last else { return "–" }
    return Localized(
      "\(difference(low)) to \(difference(high))",
      korean: "\(difference(low)) ~ \(difference(high))"
    ).text(language)
  }

  /// The unit of differences: `pp` for percentage points.
  func unit(_ language: Language) -> String {
    isFraction ? Localized("pp", korean: "%p").text(language) : ""
  }

  /// A difference with its unit.
  func change(_ value: Double, _ language: Language) -> String {
    let unit = unit(language)
    return unit.isEmpty
      ? difference(value)
      : Localized("\(difference(value)) \(unit)", korean: "\(difference(value))\(unit)")
        .text(language)
  }

  /// What people call the metric.
  var title: Localized {
    if name == "loss" { return Localized("loss", korean: "손실") }
    return MetricName(rawValue: name)?.label ?? Localized(verbatim: MetricText.words(name))
  }

  /// `logLoss` as `log loss`.
  private static func words(_ name: String) -> String {
    name.reduce(into: "") { text, character in
      if character.isUppercase, let last = text.last, last.isLowercase { text += " " }
      text += character.lowercased()
    }
  }
}
