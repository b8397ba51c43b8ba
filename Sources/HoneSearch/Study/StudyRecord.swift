import Foundation
public import HoneRecords

/// All of a study: what it is after, and every trial; enough to go on after a restart.
public struct StudyRecord: Sendable, Codable, Equatable {
  /// The newest form that this version reads and writes.
  public static let currentFormat = 1

  /// The form of the record.
  public var format: Int
  /// The study's name.
  public var name: String
  /// What is searched; of a study whose parameters are found by its trials what was found so far.
  public var space: SearchSpace
  /// Whether the space was given before the first trial.
  public var isDeclared: Bool
  /// What is sought.
  public var objectives: [ObjectiveRecord]
  /// The sampler's name.
  public var sampler: String
  /// The pruner's name; nil for none.
  public var pruner: String?
  /// Where randomness begins.
  public var seed: UInt64
  /// What bounds the study.
  public var budget: StudyBudget
  /// What workers may know of each other.
  public var mode: StudyMode
  /// How long a trial may take at a stretch; nil for no limit.
  public var trialSeconds: Double?
  /// How many trials of one make-up a worker trains as one computation, at most; nil for one after another.
  ///
  /// Results depend on it by rounding, so that it is part of the study, however it was chosen.
  public var stack: Int?
  /// The trials by number.
  public var trials: [TrialRecord]
  /// The numbers of finished trials in the order in which suggestions could see them.
  public var order: [Int]
  /// Points that wait for a worker.
  public var queue: [[String: HyperparameterValue]]
  /// Why the study has ended; nil while it goes on.
  public var end: StudyEnd?
}
