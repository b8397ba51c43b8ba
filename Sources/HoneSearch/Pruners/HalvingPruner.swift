import Foundation
public import HoneRecords

/// Asynchronous successive halving (Li and others, MLSys 2020, arXiv 1810.05934): at the steps r,
/// rη, rη², … only the best one in η of those that came there go on.
///
/// A trial that may not go on is ended, or with `pauses` rests until enough others have come for it
/// to be among the best. Ties are broken by the trial's number, so that a loss that is clamped to a
/// constant does not keep all alive.
public struct HalvingPruner: TrialPruner {
  /// The step of the first rung; nil for a hundredth of the longest completed trial.
  public var firstStep: Int?
  /// η: one in so many goes on.
  public var reduction: Int
  /// How many of the lowest rungs are left out.
  public var skippedRungs: Int
  /// So many trials end at a rung before any goes on from there.
  public var bootstrap: Int
  /// Whether trials rest instead of ending; they need checkpoints to go on.
  public var pauses: Bool

  /// The name that commands and files use.
  public var name: String { pauses ? "asha" : "halving" }

  /// A pruner.
  /// - Precondition: a first step of at least 1 and a reduction of at least 2.
  public init(
    firstStep: Int? = nil, reduction: Int = 4, skippedRungs: Int = 0, bootstrap: Int = 0,
    pauses: Bool = false
  ) {
    guard firstStep ?? 1 >= 1, reduction >= 2, skippedRungs >= 0, bootstrap >= 0 else {
      fatalError(
        "HalvingPruner got first step \(firstStep ?? 1), reduction \(reduction), \(skippedRungs) "
          + "skipped rungs and a bootstrap of \(bootstrap); it needs 1, 2, 0 and 0 or more.")
    }
    self.firstStep = firstStep
    self.reduction = reduction
    self.skippedRungs = skippedRungs
    self.bootstrap = bootstrap
    self.pauses = pauses
  }

  /// Passes the trial through the rungs that its step has reached.
  public func decide(_ view: PruneView) -> PruneVerdict {
    decide(view, among: view.trials)
  }

  func decide(_ view: PruneView, among trials: [TrialRecord]) -> PruneVerdict {
    var rungs = view.trial.rungs
    guard let report = view.report, let first = first(trials) else {
      return PruneVerdict(.proceed, rungs: rungs)
    }
    let value = view.loss(report)
    while Double(report.step) >= boundary(rungs.count, first: first) {
      let rung = rungs.count
      if value.isNaN {
        return PruneVerdict(.stop(.notANumber(step: report.step)), rungs: rungs)
      }
      rungs.append(value)
      let others = trials.filter { $0.number != view.trial.number && $0.rungs.count > rung }
      let count = others.count + 1
      let better = others.reduce(0) { sum, other in
        let there = other.rungs[rung]
        return there < value || (there == value && other.number < view.trial.number)
          ? sum + 1 : sum
      }
      let places = pauses ? count / reduction : max(count / reduction, 1)
      guard count > bootstrap, better < places else {
        return PruneVerdict(
          pauses
            ? .pause(rung: rung)
            : .stop(.worseThanOthers("rung \(rung), 1 of \(reduction)", step: report.step)),
          rungs: rungs)
      }
    }
    return PruneVerdict(.proceed, rungs: rungs)
  }

  /// The best paused trial of the highest rung that has become one of the best there.
  public func promotion(_ trials: [TrialRecord], objectives: [ObjectiveRecord]) -> Int? {
    guard pauses else { return nil }
    let highest = trials.map(\.rungs.count).max() ?? 0
    for rung in (0..<highest).reversed() {
      let there = trials.filter { $0.rungs.count > rung }
        .sorted { ($0.rungs[rung], $0.number) < ($1.rungs[rung], $1.number) }
      guard there.count > bootstrap else { continue }
      let best = there.prefix(there.count / reduction)
      if let trial = best.first(where: { $0.state == .paused && $0.rungs.count == rung + 1 }) {
        return trial.number
      }
    }
    return nil
  }

  private func boundary(_ rung: Int, first: Int) -> Double {
    Double(first) * pow(Double(reduction), Double(skippedRungs + rung))
  }

  private func first(_ trials: [TrialRecord]) -> Int? {
    if let firstStep { return firstStep }
    let longest = trials.filter { $0.state == .completed }.compactMap { $0.reports.last?.step }
      .max()
    return longest.map { max($0 / 100, 1) }
  }
}

extension TrialPruner where Self == HalvingPruner {
  /// Asynchronous successive halving that ends trials.
  public static var halving: HalvingPruner { HalvingPruner(firstStep: 1, reduction: 3) }
  /// Asynchronous successive halving that pauses trials and resumes the best from checkpoints.
  public static var asha: HalvingPruner {
    HalvingPruner(firstStep: 1, reduction: 3, pauses: true)
  }
}
