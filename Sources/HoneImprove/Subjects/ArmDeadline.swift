public import HoneTrain
import Synchronization

/// The trainer's time budget, which remembers whether it was what ended the run.
public final class ArmDeadline: TrainingPolicy {
  private let budget: TrainingBudget
  private let cut = Mutex(false)

  /// A budget of seconds; infinite ones never end a run.
  public init(seconds: Double) {
    budget = TrainingBudget(seconds: seconds.isFinite ? max(seconds, 1e-3) : nil)
  }

  /// Whether the run was ended before its last epoch.
  public var wasReached: Bool { cut.withLock { $0 } }

  /// Stops where the budget is used up.
  public func ending(after moment: StepMoment) -> TrainingEnding? {
    let ending = budget.ending(after: moment)
    if ending != nil { cut.withLock { $0 = true } }
    return ending
  }
}
