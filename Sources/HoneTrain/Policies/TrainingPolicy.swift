public import HoneRecords
public import HoneText

/// Decides how training goes on: after each epoch, and after each step whether the run ends there.
///
/// What is decided after an epoch is a pure function of the history, so that a resumed run decides as
/// the uninterrupted one. A policy of one's own implements what it needs; the other function leaves
/// training alone:
///
/// ```swift
/// struct GoodEnough: TrainingPolicy {
///   func decide(after history: [EpochRecord]) -> TrainingDirective {
///     guard let metric = history.last?.validationMetric, metric >= 0.97 else { return .proceed }
///     return .stop(Localized(verbatim: "\(metric) is good enough."))
///   }
/// }
/// ```
public protocol TrainingPolicy: Sendable {
  /// What is to happen after the last epoch of the history.
  func decide(after history: [EpochRecord]) -> TrainingDirective
  /// Whether the run ends after a step, or after an epoch for which nothing else was decided.
  func ending(after moment: StepMoment) -> TrainingEnding?
}

extension TrainingPolicy {
  /// Goes on.
  public func decide(after history: [EpochRecord]) -> TrainingDirective { .proceed }

  /// Goes on.
  public func ending(after moment: StepMoment) -> TrainingEnding? { nil }
}

/// What a policy wants after an epoch.
public enum TrainingDirective: Sendable, Equatable {
  /// Go on.
  case proceed
  /// Go on with the learning rate times this factor, for the next epoch and until another decision;
  /// the schedule's own factor applies as well.
  case scaleLearningRate(Double)
  /// End the run; the sentence says why.
  case stop(Localized)
  /// End the run as one that diverged; the sentence says how it showed.
  case diverge(Localized)
}

/// How a policy ends a run between epochs.
///
/// The epoch under way is evaluated as it stands, and its weights may be the best.
public enum TrainingEnding: Sendable, Equatable {
  /// The run has what it was to have.
  case stop(Localized)
  /// The run diverged.
  case diverge(Localized)
}

/// Where a run stands after a step.
public struct StepMoment: Sendable, Equatable {
  /// Optimiser steps taken since the run's first.
  public var step: Int
  /// The epoch under way, counted from 1.
  public var epoch: Int
  /// The loss of the step's last batch.
  public var loss: Double
  /// Wall-clock seconds of training so far, those before an interruption included.
  public var seconds: Double
  /// Seconds of a step, lately.
  public var secondsPerStep: Double
  /// Seconds that the end of the epoch will take: evaluation and checkpoint, as the last epoch's took
  /// or, before there was one, as the steps suggest.
  public var closingSeconds: Double

  /// A moment of a run.
  public init(
    step: Int, epoch: Int, loss: Double, seconds: Double, secondsPerStep: Double = 0,
    closingSeconds: Double = 0
  ) {
    self.step = step
    self.epoch = epoch
    self.loss = loss
    self.seconds = seconds
    self.secondsPerStep = secondsPerStep
    self.closingSeconds = closingSeconds
  }
}
