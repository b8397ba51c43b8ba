/// A point of a run, for which a schedule gives the learning rate's factor.
public struct ScheduleMoment: Sendable, Equatable {
  /// The steps taken since the course began; zero for the first step.
  public var step: Double
  /// The steps of one epoch.
  public var stepsPerEpoch: Int
  /// The steps of the whole course.
  public var totalSteps: Double

  /// The moment before a step of a run.
  /// - Parameters:
  ///   - step: the optimiser steps taken before.
  ///   - stepsPerEpoch: the optimiser steps of one epoch.
  ///   - epochs: the epochs of the run.
  /// - Precondition: `step` is not negative, the others are positive.
  public init(step: Int, stepsPerEpoch: Int, epochs: Int) {
    guard step >= 0, stepsPerEpoch > 0, epochs > 0 else {
      fatalError(
        "A schedule was asked about step \(step) of \(epochs) epochs of \(stepsPerEpoch) steps; "
          + "steps count from 0, and both lengths must be positive.")
    }
    self.init(
      step: Double(step), stepsPerEpoch: stepsPerEpoch,
      totalSteps: Double(stepsPerEpoch * epochs))
  }

  init(step: Double, stepsPerEpoch: Int, totalSteps: Double) {
    self.step = step
    self.stepsPerEpoch = stepsPerEpoch
    self.totalSteps = totalSteps
  }

  /// The epochs since the course began; fractions count.
  var epoch: Double { step / Double(stepsPerEpoch) }

  /// The share of the course that is over, 0...1.
  var progress: Double { share(of: totalSteps) }

  /// The share of a length in steps that is over, 0...1.
  func share(of length: Double) -> Double { length > 0 ? min(step / length, 1) : 1 }

  /// The same moment where each step counts as an epoch.
  var countingSteps: ScheduleMoment {
    ScheduleMoment(step: step, stepsPerEpoch: 1, totalSteps: totalSteps)
  }

  /// The start of the present epoch, on a clock that knows epochs only.
  var heldByEpoch: ScheduleMoment {
    ScheduleMoment(
      step: epoch.rounded(.down), stepsPerEpoch: 1,
      totalSteps: totalSteps / Double(stepsPerEpoch))
  }

  /// The same moment on the clock of a course that begins later.
  func after(_ steps: Double) -> ScheduleMoment {
    ScheduleMoment(
      step: step - steps, stepsPerEpoch: stepsPerEpoch, totalSteps: max(totalSteps - steps, 0))
  }

  /// The same moment in a course that ends after so many steps.
  func ending(after steps: Double) -> ScheduleMoment {
    ScheduleMoment(step: step, stepsPerEpoch: stepsPerEpoch, totalSteps: steps)
  }
}
