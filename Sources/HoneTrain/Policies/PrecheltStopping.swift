public import HoneRecords
import HoneText

/// Ends a run by one of Prechelt's three classes of criteria (Prechelt 1998, "Early Stopping - But
/// When?", section 2).
///
/// They compare a validation error with its lowest, so the monitored number must be one of which less is
/// better and zero is perfect: a loss, or an error of a regression.
public struct PrecheltStopping: TrainingPolicy, Equatable {
  /// When to stop.
  public enum Rule: Sendable, Equatable {
    /// GL: the error is more than so many percent above its lowest.
    case generalizationLoss(percent: Double = 5)
    /// PQ: the generalization loss in percent, over the progress of the training loss in a strip of
    /// epochs in thousandths, is above this; looked at where a strip ends.
    case progressQuotient(threshold: Double = 0.75, strip: Int = 5)
    /// UP: the error has grown from strip to strip so many times in a row.
    case risingStrips(count: Int = 3, strip: Int = 5)
  }

  /// What is watched.
  public var monitor: Monitor
  /// When to stop.
  public var rule: Rule

  /// A policy.
  /// - Precondition: thresholds and counts are positive.
  public init(_ rule: Rule, monitor: Monitor = .validationLoss) {
    let isSound =
      switch rule {
      case .generalizationLoss(let percent): percent > 0
      case .progressQuotient(let threshold, let strip): threshold > 0 && strip > 0
      case .risingStrips(let count, let strip): count > 0 && strip > 0
      }
    guard isSound else { fatalError("PrecheltStopping got \(rule); its numbers must be positive.") }
    self.rule = rule
    self.monitor = monitor
  }

  /// Stops where the rule says so.
  public func decide(after history: [EpochRecord]) -> TrainingDirective {
    guard let last = history.last else { return .proceed }
    let errors = history.map(monitor.value)
    switch rule {
    case .generalizationLoss(let percent):
      let loss = Self.generalizationLoss(errors)
      guard loss > percent else { return .proceed }
      return stop(
        "GL", Formatting.significant(loss), "> \(Formatting.significant(percent))", last)
    case .progressQuotient(let threshold, let strip):
      guard history.count >= strip, history.count.isMultiple(of: strip) else { return .proceed }
      let loss = Self.generalizationLoss(errors)
      let progress = Self.progress(history.suffix(strip).map(\.trainLoss))
      // A training loss that stands still makes no progress: any loss of generalization is too much.
      let quotient = progress > 0 ? loss / progress : loss > 0 ? .infinity : 0
      guard quotient > threshold else { return .proceed }
      return stop(
        "PQ", Formatting.significant(quotient), "> \(Formatting.significant(threshold))", last)
    case .risingStrips(let count, let strip):
      guard Self.risingStrips(errors, strip: strip) >= count else { return .proceed }
      return stop("UP", "\(count)", "strips of \(strip) epochs", last)
    }
  }

  private func stop(
    _ rule: String, _ value: String, _ bound: String, _ last: EpochRecord
  ) -> TrainingDirective {
    .stop(
      Localized(
        "Early stopping after epoch \(last.epoch): \(rule) \(value) \(bound) (Prechelt 1998).",
        korean: "에폭 \(last.epoch) 뒤 조기 종료: \(rule) \(value) \(bound) (Prechelt 1998)."))
  }

  /// How far the last error is above the lowest, in percent; infinite where it is not a number.
  static func generalizationLoss(_ errors: [Double]) -> Double {
    guard let last = errors.last, let lowest = errors.min() else { return 0 }
    if lowest.isFinite, lowest <= 0 { return 0 }
    // Before the first number there is nothing to lose.
    guard lowest.isFinite else { return 0 }
    return 100 * (last / lowest - 1)
  }

  /// How much the mean training loss of a strip is above its lowest, in thousandths.
  static func progress(_ losses: [Double]) -> Double {
    guard let lowest = losses.min(), lowest > 0 else { return .infinity }
    return 1000 * (losses.reduce(0, +) / (Double(losses.count) * lowest) - 1)
  }

  /// How many strips in a row the error has grown, counted back from the last epoch where a strip ends
  /// there; zero elsewhere.
  static func risingStrips(_ errors: [Double], strip: Int) -> Int {
    guard errors.count.isMultiple(of: strip) else { return 0 }
    let ends = stride(from: strip - 1, to: errors.count, by: strip).map { errors[$0] }
    var rising = 0
    for (later, earlier) in zip(ends.dropFirst().reversed(), ends.dropLast().reversed()) {
      guard later > earlier else { break }
      rising += 1
    }
    return rising
  }
}
