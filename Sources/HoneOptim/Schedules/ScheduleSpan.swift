/// A length of training.
public enum ScheduleSpan: Sendable, Equatable, Codable {
  /// Optimiser steps.
  case steps(Int)
  /// Passes over the training split; fractions count.
  case epochs(Double)
  /// A share of the whole run, 0...1.
  case fraction(Double)

  /// The length in steps, which need not be whole, in a run of the given extent.
  func steps(in moment: ScheduleMoment) -> Double {
    switch self {
    case .steps(let count): Double(count)
    case .epochs(let count): count * Double(moment.stepsPerEpoch)
    case .fraction(let share): share * moment.totalSteps
    }
  }
}
