public import HoneRecords
public import HoneText

/// What becomes of a trial after a report.
public enum PruneDecision: Sendable, Equatable {
  /// It goes on.
  case proceed
  /// It ends; the sentence says why.
  case stop(Localized)
  /// It rests with its checkpoint until others have shown that it is among the best at its rung.
  case pause(rung: Int)
}

/// A decision, and the values at the rungs that the trial has reached by now.
public struct PruneVerdict: Sendable, Equatable {
  /// What becomes of the trial.
  public var decision: PruneDecision
  /// The trial's `rungs` from now on.
  public var rungs: [Double]

  /// A verdict.
  public init(_ decision: PruneDecision, rungs: [Double] = []) {
    self.decision = decision
    self.rungs = rungs
  }
}

/// What a pruner looks at: the trial with all its reports, and all trials of the study with it.
public struct PruneView: Sendable {
  /// The study's name, by which brackets are drawn.
  public let study: String
  /// What is sought.
  public let objectives: [ObjectiveRecord]
  /// The trial that has just reported.
  public let trial: TrialRecord
  /// All trials of the study, the reporting one among them.
  public let trials: [TrialRecord]

  /// What a pruner looks at.
  public init(
    study: String, objectives: [ObjectiveRecord], trial: TrialRecord, trials: [TrialRecord]
  ) {
    self.study = study
    self.objectives = objectives
    self.trial = trial
    self.trials = trials
  }

  /// The trial's newest report.
  var report: TrialReport? { trial.reports.last }

  /// The other trials that have completed.
  var completed: [TrialRecord] { trials.filter { $0.state == .completed } }

  /// The same for one objective of several, with values turned so that smaller is better.
  ///
  /// Where a study has several objectives, a pruner of one number looks at how many of the trials at
  /// the same step dominate a report: its place among the fronts.
  func loss(_ report: TrialReport) -> Double {
    guard objectives.count > 1 else {
      return objectives[0].direction.loss(report.values.first ?? .nan)
    }
    let own = turned(report.values)
    if own.contains(where: \.isNaN) { return .nan }
    var dominating = 0
    var compared = 0
    for other in trials {
      guard let same = other.reports.last(where: { $0.step == report.step }) else { continue }
      compared += 1
      if NondominatedRanking.dominates(turned(same.values), own) { dominating += 1 }
    }
    return compared > 0 ? Double(dominating) / Double(compared) : 0
  }

  private func turned(_ values: [Double]) -> [Double] {
    zip(objectives, values).map { $0.direction.loss($1) }
  }
}

/// A way to end trials early that will not be among the best.
///
/// A pure function of the reports. Several objectives are pruned by domination: a report counts as
/// the share of trials at its step that are better in everything.
public protocol TrialPruner: Sendable {
  /// The name that commands and files use.
  var name: String { get }

  /// What becomes of the trial that has just reported.
  func decide(_ view: PruneView) -> PruneVerdict

  /// The paused trial that may go on first, by number; nil where none may.
  func promotion(_ view: [TrialRecord], objectives: [ObjectiveRecord]) -> Int?
}

extension TrialPruner {
  /// No trial is ever paused.
  public func promotion(_ view: [TrialRecord], objectives: [ObjectiveRecord]) -> Int? { nil }
}

extension Localized {
  static func worseThanOthers(_ rule: String, step: Int) -> Localized {
    Localized(
      "At step \(step) others did better (\(rule)).",
      korean: "단계 \(step)에서 다른 시행보다 뒤처졌습니다(\(rule)).")
  }

  static func notANumber(step: Int) -> Localized {
    Localized(
      "At step \(step) its value was not a number.", korean: "단계 \(step)의 값이 수가 아닙니다.")
  }
}
