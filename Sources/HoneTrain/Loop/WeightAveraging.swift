public import HoneOptim

/// How a run averages its weights: what is evaluated, kept as best and stored is the average, while
/// training goes on with the weights themselves.
public struct WeightAveraging: Sendable, Equatable {
  /// When the average takes the weights in.
  public enum Interval: Sendable, Equatable {
    /// After every so many optimiser steps.
    case steps(Int)
    /// At the end of every so many epochs.
    case epochs(Int)
  }

  /// What the learning rate does once the average has begun.
  public enum LearningRate: Sendable, Equatable {
    /// It follows the schedule.
    case scheduled
    /// It stays where the schedule was when the average began.
    case held
    /// It is this, whatever schedule and policies say.
    case constant(Double)
  }

  /// How much each new set of weights counts.
  public let rule: ParameterAverage.Rule
  /// The share of the run's epochs before the average begins; it begins with an epoch.
  public let start: Double
  /// When the average takes the weights in.
  public let interval: Interval
  /// What the learning rate does meanwhile.
  public let learningRate: LearningRate

  /// An averaging of the given make-up; `exponential` and `uniform` are the usual two.
  /// - Precondition: `start` is in 0..<1, intervals and a constant rate are positive.
  public init(
    rule: ParameterAverage.Rule, start: Double, interval: Interval,
    learningRate: LearningRate = .scheduled
  ) {
    guard start >= 0, start < 1 else {
      fatalError("WeightAveraging got start: \(start); it must be at least 0 and less than 1.")
    }
    switch interval {
    case .steps(let count), .epochs(let count):
      guard count > 0 else { fatalError("WeightAveraging got \(interval); it must be positive.") }
    }
    if case .constant(let rate) = learningRate, !(rate > 0 && rate.isFinite) {
      fatalError("WeightAveraging got the learning rate \(rate); it must be above 0.")
    }
    self.rule = rule
    self.start = start
    self.interval = interval
    self.learningRate = learningRate
  }

  /// An exponential moving average (Polyak and Juditsky 1992), updated with every step.
  /// - Parameters:
  ///   - decay: what the average keeps of itself at each update, after its first updates.
  ///   - start: the share of the run before it begins.
  ///   - everySteps: the steps between updates.
  public static func exponential(
    decay: Double = 0.999, start: Double = 0, everySteps: Int = 1
  ) -> WeightAveraging {
    WeightAveraging(rule: .exponential(decay: decay), start: start, interval: .steps(everySteps))
  }

  /// Stochastic weight averaging (arXiv 1803.05407): the plain mean over the ends
  /// of the last epochs, trained with a constant learning rate.
  /// - Parameters:
  ///   - start: the share of the run before it begins; the paper's experiments begin at 0.75.
  ///   - everyEpochs: the epochs between updates.
  ///   - learningRate: the constant rate, which should be high enough to move on; the schedule's at the
  ///     beginning of the average where nil.
  public static func uniform(
    start: Double = 0.75, everyEpochs: Int = 1, learningRate: Double? = nil
  ) -> WeightAveraging {
    WeightAveraging(
      rule: .uniform, start: start, interval: .epochs(everyEpochs),
      learningRate: learningRate.map(LearningRate.constant) ?? .held)
  }

  /// The steps that the run takes before the average begins.
  func firstStep(epochs: Int, stepsPerEpoch: Int) -> Int {
    Int(start * Double(epochs)) * stepsPerEpoch
  }

  /// Whether the average takes the weights in after so many steps.
  func isDue(afterSteps steps: Int, epochs: Int, stepsPerEpoch: Int) -> Bool {
    let taken = steps - firstStep(epochs: epochs, stepsPerEpoch: stepsPerEpoch)
    guard taken > 0 else { return false }
    return switch interval {
    case .steps(let count): (taken - 1).isMultiple(of: count)
    case .epochs(let count): taken.isMultiple(of: count * stepsPerEpoch)
    }
  }
}
