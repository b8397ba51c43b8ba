public import Foundation
import HoneRecords

/// What bounds a study.
///
/// All bounds hold together for all workers; the first that is reached ends it.
public struct StudyBudget: Sendable, Codable, Equatable {
  /// How many trials are started.
  public var trials: Int?
  /// How many reports all trials make together: epochs, where a trial reports once an epoch.
  public var epochs: Int?
  /// When no trial is started any more and those that run are ended.
  public var deadline: Date?
  /// The value of the first objective that is good enough.
  public var target: Double?
  /// How many trials in a row may end without a new best.
  public var patience: Int?

  /// A budget.
  public init(
    trials: Int? = nil, epochs: Int? = nil, deadline: Date? = nil, target: Double? = nil,
    patience: Int? = nil
  ) {
    self.trials = trials
    self.epochs = epochs
    self.deadline = deadline
    self.target = target
    self.patience = patience
  }

  /// So many trials.
  public static func trials(_ count: Int) -> StudyBudget { StudyBudget(trials: count) }
}

/// Why a study has ended.
public enum StudyEnd: String, Sendable, Codable, CaseIterable {
  /// All trials of the budget were started.
  case trials
  /// All epochs of the budget were used.
  case epochs
  /// The deadline passed.
  case deadline
  /// The target was reached.
  case target
  /// So many trials in a row brought no new best.
  case patience
  /// Every point of the grid was tried.
  case exhausted
  /// The user stopped it.
  case stopped
}

/// What the workers of a study may know of each other.
public enum StudyMode: Sendable, Codable, Equatable {
  /// A suggestion uses all trials that have finished: the best use of what is known.
  case asynchronous
  /// A suggestion uses the trials of earlier batches only, so that up to `batch` workers give the
  /// same study to the last bit.
  case deterministic(batch: Int)
}
