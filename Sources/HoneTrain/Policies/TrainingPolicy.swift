public import HoneRecords
public import HoneText

/// Decides after each epoch how training goes on.
///
/// A pure function of the history, so that a resumed run decides as the uninterrupted one.
public protocol TrainingPolicy: Sendable {
  /// What is to happen after the last epoch of the history.
  func decide(after history: [EpochRecord]) -> TrainingDirective
}

/// What a policy wants.
public enum TrainingDirective: Sendable, Equatable {
  /// Go on.
  case proceed
  /// Go on with the learning rate times this factor, for the next epoch and until another decision;
  /// the schedule's own factor applies as well.
  case scaleLearningRate(Double)
  /// End the run; the sentence says why.
  case stop(Localized)
}
