import HoneRecords
import HoneText

/// Ends a trial that has not improved for some steps, or then asks another pruner.
public struct PatiencePruner: TrialPruner {
  /// How many reports may pass without an improvement.
  public var patience: Int
  /// By how much a value must fall short of the earlier best to count as no improvement.
  public var leastChange: Double
  /// The pruner that has the last word; nil for ending the trial at once.
  public var then: (any TrialPruner)?

  /// The name that commands and files use.
  public var name: String { "patience" }

  /// A pruner.
  /// - Precondition: neither number is negative.
  public init(_ patience: Int, leastChange: Double = 0, then: (any TrialPruner)? = nil) {
    guard patience >= 0, leastChange >= 0 else {
      fatalError("PatiencePruner got \(patience) and \(leastChange); neither may be negative.")
    }
    self.patience = patience
    self.leastChange = leastChange
    self.then = then
  }

  /// Compares the best of the newest reports with the best of those before.
  public func decide(_ view: PruneView) -> PruneVerdict {
    let losses = view.trial.reports.map(view.loss)
    let recent = patience + 1
    guard losses.count > recent, let report = view.report else { return PruneVerdict(.proceed) }
    let before = losses.dropLast(recent).filter { !$0.isNaN }.min()
    let after = losses.suffix(recent).filter { !$0.isNaN }.min()
    guard let before, before + leastChange < after ?? .infinity else {
      return PruneVerdict(.proceed)
    }
    if let then { return then.decide(view) }
    return PruneVerdict(
      .stop(
        Localized(
          "At step \(report.step) it had not improved for \(recent) reports.",
          korean: "단계 \(report.step)까지 보고 \(recent)회 동안 나아지지 않았습니다.")))
  }
}
