public import HoneRecords
import HoneText

/// Ends a run whose training loss has grown far above its lowest, as one that diverged.
///
/// A loss that is not finite ends every run at its step, without a policy; this one ends those whose
/// loss is huge and still a number.
public struct StopOnDivergence: TrainingPolicy, Equatable {
  /// How many times the lowest loss of an earlier epoch counts as diverged.
  public var factor: Double
  /// How many epochs in a row must have such a loss.
  public var epochs: Int

  /// A policy.
  /// - Precondition: `factor` is above 1, `epochs` positive.
  public init(factor: Double = 10, epochs: Int = 2) {
    guard factor > 1, factor.isFinite, epochs > 0 else {
      fatalError(
        "StopOnDivergence got factor \(factor) and epochs \(epochs); the factor must be above 1 and "
          + "there must be an epoch.")
    }
    self.factor = factor
    self.epochs = epochs
  }

  /// Ends the run after the last of `epochs` epochs whose loss is above the bound.
  ///
  /// Losses that may be negative have no such ratio: they never end a run before the lowest is above 0.
  public func decide(after history: [EpochRecord]) -> TrainingDirective {
    guard history.count > epochs else { return .proceed }
    let recent = history.suffix(epochs)
    let lowest = history.dropLast(epochs).map(\.trainLoss).min() ?? .infinity
    guard lowest > 0, lowest.isFinite, let last = history.last,
      recent.allSatisfy({ !($0.trainLoss <= factor * lowest) })
    else { return .proceed }
    let (now, best) = (
      Formatting.significant(last.trainLoss, digits: 3), Formatting.significant(lowest, digits: 3)
    )
    return .diverge(
      Localized(
        "The training loss is \(now), more than \(Formatting.significant(factor)) times its lowest, "
          + "\(best).",
        korean: "훈련 손실이 \(now)(으)로, 가장 낮았던 \(best)의 \(Formatting.significant(factor))배를 "
          + "넘었습니다."))
  }
}
