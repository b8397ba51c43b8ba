import HoneNumerics
import HoneRecords

/// Ends a trial whose best value so far is worse than a percentile of what completed trials had at
/// the same step; with 50 the median rule of Google Vizier (Golovin and others, KDD 2017).
public struct PercentilePruner: TrialPruner {
  /// The percentile of the best that go on: 25 keeps the best quarter.
  public var percentile: Double
  /// How many trials must have completed before any is ended.
  public var startupTrials: Int
  /// The first step at which trials may end.
  public var warmupSteps: Int
  /// How many steps lie between two looks.
  public var interval: Int
  /// How many completed trials must have a value at the step.
  public var leastTrials: Int

  /// The name that commands and files use.
  public var name: String { percentile == 50 ? "median" : "percentile" }

  /// A pruner.
  /// - Precondition: `percentile` lies in 0...100, and there is at least one step between two looks.
  public init(
    _ percentile: Double, startupTrials: Int = 5, warmupSteps: Int = 0, interval: Int = 1,
    leastTrials: Int = 1
  ) {
    guard (0...100).contains(percentile), interval >= 1, leastTrials >= 1 else {
      fatalError(
        "PercentilePruner got percentile \(percentile), interval \(interval) and \(leastTrials) "
          + "trials; it needs 0...100 and at least one of the others.")
    }
    self.percentile = percentile
    self.startupTrials = startupTrials
    self.warmupSteps = warmupSteps
    self.interval = interval
    self.leastTrials = leastTrials
  }

  /// Ends the trial where its best is strictly worse than the percentile.
  ///
  /// Where most trials tie at the percentile, those that came later and are no better than the tie
  /// at any step are ended too: a loss that is clamped would else keep all alive.
  public func decide(_ view: PruneView) -> PruneVerdict {
    let completed = view.completed
    guard completed.count >= max(1, startupTrials), let report = view.report,
      isLook(view.trial, warmup: warmupSteps, interval: interval)
    else { return PruneVerdict(.proceed) }
    let own = view.trial.reports.map(view.loss).filter { !$0.isNaN }
    guard let best = own.min() else {
      return PruneVerdict(.stop(.notANumber(step: report.step)))
    }
    let others = completed.compactMap { other in
      other.reports.last { $0.step == report.step }.map(view.loss)
    }
    guard others.count >= leastTrials else { return PruneVerdict(.proceed) }
    let numbers = others.filter { !$0.isNaN }
    guard !numbers.isEmpty else { return PruneVerdict(.proceed) }
    let cut = numbers.quantile(percentile / 100)
    let isTied = best == cut && TieRule.isDegenerate(numbers, at: cut, fraction: percentile / 100)
    guard best > cut || isTied else { return PruneVerdict(.proceed) }
    let rule = percentile == 50 ? "median" : "percentile \(percentile)"
    return PruneVerdict(.stop(.worseThanOthers(rule, step: report.step)))
  }
}

/// When ties would keep every trial alive.
enum TieRule {
  /// Whether so many values equal the cut that it tells nothing apart: the share at or below it is
  /// at least half again as large as it should be, and more than one value ties.
  static func isDegenerate(_ values: [Double], at cut: Double, fraction: Double) -> Bool {
    let tied = values.reduce(0) { $1 == cut ? $0 + 1 : $0 }
    let kept = values.reduce(0) { $1 <= cut ? $0 + 1 : $0 }
    let share = Double(kept) / Double(values.count)
    return tied > 1 && share > min(1.5 * fraction, (1 + fraction) / 2)
  }
}

/// Whether the newest report is the first at or after a look; looks are so many steps apart.
func isLook(_ trial: TrialRecord, warmup: Int, interval: Int) -> Bool {
  guard let step = trial.reports.last?.step, step >= warmup else { return false }
  let look = (step - warmup) / interval * interval + warmup
  return (trial.reports.dropLast().last?.step ?? -1) < look
}

extension TrialPruner where Self == PercentilePruner {
  /// Ends what is worse than the median of completed trials at the same step.
  public static var median: PercentilePruner { PercentilePruner(50) }
}
