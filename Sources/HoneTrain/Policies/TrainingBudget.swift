import HoneText

/// Ends a run when it has used up its time or its steps, asked after every step.
///
/// Time is that of the run's record: from the first step's preparation to the last evaluation, over all
/// parts of an interrupted run; reading the data and the evaluation on the test split are not in it. A
/// run ends as soon as another step and the closing evaluation would not fit any more. How far a run
/// comes in a time depends on the machine's mood, so a time budget is the one policy under which two
/// runs of a seed may differ; what they have in common is equal.
public struct TrainingBudget: TrainingPolicy, Equatable {
  /// Wall-clock seconds; nil for no bound.
  public var seconds: Double?
  /// Optimiser steps; nil for no bound.
  public var steps: Int?

  /// A budget.
  /// - Precondition: bounds are positive.
  public init(seconds: Double? = nil, steps: Int? = nil) {
    guard seconds.map({ $0 > 0 && $0.isFinite }) ?? true, steps.map({ $0 > 0 }) ?? true else {
      fatalError(
        "TrainingBudget got \(seconds ?? 0) seconds and \(steps ?? 0) steps; bounds must be positive."
      )
    }
    self.seconds = seconds
    self.steps = steps
  }

  /// Stops where the budget is used up.
  public func ending(after moment: StepMoment) -> TrainingEnding? {
    if let steps, moment.step >= steps {
      return .stop(
        Localized(
          "The budget of \(steps) steps is used up.", korean: "예산 \(steps)스텝을 모두 썼습니다."))
    }
    guard let seconds,
      moment.seconds + moment.secondsPerStep + moment.closingSeconds >= seconds
    else { return nil }
    let words = Formatting.duration(seconds)
    return .stop(
      Localized(
        "The budget of \(words.english) is used up after \(moment.step) steps.",
        korean: "예산 \(words.korean)을(를) \(moment.step)스텝에서 모두 썼습니다."))
  }
}
