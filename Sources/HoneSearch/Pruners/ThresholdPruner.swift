import HoneRecords
import HoneText

/// Ends a trial whose value leaves an interval or is not a number.
public struct ThresholdPruner: TrialPruner {
  /// Values below end the trial.
  public var lower: Double
  /// Values above end the trial.
  public var upper: Double
  /// The first step at which trials may end.
  public var warmupSteps: Int
  /// How many steps lie between two looks.
  public var interval: Int

  /// The name that commands and files use.
  public var name: String { "threshold" }

  /// A pruner.
  /// - Precondition: `lower` is not above `upper`, and `interval` is positive.
  public init(
    lower: Double = -.infinity, upper: Double = .infinity, warmupSteps: Int = 0, interval: Int = 1
  ) {
    guard lower <= upper, interval >= 1 else {
      fatalError("ThresholdPruner got \(lower) to \(upper) every \(interval) steps.")
    }
    self.lower = lower
    self.upper = upper
    self.warmupSteps = warmupSteps
    self.interval = interval
  }

  /// Looks at the first objective's newest value.
  public func decide(_ view: PruneView) -> PruneVerdict {
    guard let report = view.report, let value = report.values.first,
      isLook(view.trial, warmup: warmupSteps, interval: interval)
    else { return PruneVerdict(.proceed) }
    if value.isNaN { return PruneVerdict(.stop(.notANumber(step: report.step))) }
    guard value < lower || value > upper else { return PruneVerdict(.proceed) }
    return PruneVerdict(
      .stop(
        Localized(
          "At step \(report.step) its value \(value) left \(lower) to \(upper).",
          korean: "단계 \(report.step)에서 값 \(value)이(가) \(lower)~\(upper) 범위를 벗어났습니다.")))
  }
}
