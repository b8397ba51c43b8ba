import HoneRecords
import HoneText

/// Ends a trial that is significantly worse than the best completed one on the steps that both have:
/// folds or samples of the same data, in any order (Wilcoxon's signed-rank test, 1945).
///
/// The test is repeated at every report, which ends more trials by chance than the p-value says.
public struct WilcoxonPruner: TrialPruner {
  /// The p-value below which a trial ends.
  public var threshold: Double
  /// How many steps must be there before.
  public var startupSteps: Int

  /// The name that commands and files use.
  public var name: String { "wilcoxon" }

  /// A pruner.
  /// - Precondition: `threshold` lies in 0...1.
  public init(threshold: Double = 0.1, startupSteps: Int = 2) {
    guard (0...1).contains(threshold) else {
      fatalError("WilcoxonPruner got the threshold \(threshold), which must lie in 0...1.")
    }
    self.threshold = threshold
    self.startupSteps = startupSteps
  }

  /// Compares with the best completed trial, of the first objective.
  public func decide(_ view: PruneView) -> PruneVerdict {
    let direction = view.objectives[0].direction
    func losses(_ trial: TrialRecord) -> [Int: Double] {
      Dictionary(
        trial.reports.map { ($0.step, direction.loss($0.values.first ?? .nan)) },
        uniquingKeysWith: { $1 })
    }
    let own = losses(view.trial)
    let best = view.completed.filter { $0.violation == 0 && !$0.values.isEmpty }.min {
      (direction.loss($0.values[0]), $0.number) < (direction.loss($1.values[0]), $1.number)
    }
    guard let best, view.report != nil, own.values.allSatisfy(\.isFinite) else {
      return PruneVerdict(.proceed)
    }
    let other = losses(best)
    guard !other.isEmpty, other.values.allSatisfy(\.isFinite) else { return PruneVerdict(.proceed) }
    let common = own.keys.filter { other[$0] != nil }.sorted()
    let differences = common.map { (own[$0] ?? 0) - (other[$0] ?? 0) }
    guard differences.count >= max(2, startupSteps) else { return PruneVerdict(.proceed) }
    let p = SignedRankTest.upperPValue(differences)
    let bestMean = other.keys.sorted().reduce(0) { $0 + (other[$1] ?? 0) } / Double(other.count)
    let ownMean = own.keys.sorted().reduce(0) { $0 + (own[$1] ?? 0) } / Double(own.count)
    guard p < threshold, bestMean < ownMean else { return PruneVerdict(.proceed) }
    return PruneVerdict(
      .stop(
        Localized(
          "After \(common.count) steps it is worse than trial \(best.number) (p = \(p)).",
          korean: "\(common.count)단계 뒤 시행 \(best.number)보다 유의하게 나쁩니다(p = \(p)).")))
  }
}
