/// How the learning rate changes over a run: a course, a warm-up before it, and what its lengths count.
public struct ScheduleConfiguration: Sendable, Equatable, Codable {
  /// The course after the warm-up.
  public var course: Course = .constant
  /// Epochs over which the rate rises; fractions of an epoch count.
  public var warmupEpochs = 0.0
  /// How the rate rises.
  public var warmupShape: WarmupShape = .linear
  /// The factor that the rise starts from.
  public var warmupFrom = 0.0
  /// What the lengths among the course's own parameters count.
  public var unit: Unit = .epochs
  /// Whether the rate stays the same within an epoch.
  public var perEpoch = false

  /// A course without a warm-up.
  public init(_ course: Course = .constant) { self.course = course }

  /// The course of the rate.
  ///
  /// Lengths are epochs where the unit is not steps; factors multiply the optimiser's rate. Defaults are
  /// PyTorch's where it has the schedule with one.
  public enum Course: Sendable, Equatable, Codable {
    /// No change.
    case constant
    /// Times `factor`, throughout.
    case flat(factor: Double = 1.0 / 3)
    /// Times `factor` after every so many epochs.
    case step(every: Int = 10, factor: Double = 0.1)
    /// Half the rate after every so many epochs.
    case halveEvery(halveEvery: Int)
    /// A tenth of the rate after every so many epochs.
    case tenthEvery(tenthEvery: Int)
    /// Times `factor` at each milestone.
    case multiStep(milestones: [Int], factor: Double = 0.1)
    /// Times `factor` after every epoch.
    case exponential(factor: Double = 0.95)
    /// In a straight line between two factors, over a length or the whole run.
    case linear(from: Double = 1, to: Double = 0, length: Double? = nil)
    /// Half a cosine down to `minimum` times the rate (Loshchilov and Hutter 2016, arXiv
    /// 1608.03983).
    case cosine(minimum: Double = 0)
    /// Cosines that start again, each `multiplier` times as long (arXiv 1608.03983).
    case warmRestarts(period: Int = 10, multiplier: Double = 1, minimum: Double = 0)
    /// Up to the rate and down again over the whole run (Smith and Topin 2017, arXiv 1708.07120).
    case oneCycle(
      rise: Double = 0.3, startFactor: Double = 0.04, endFactor: Double = 4e-6,
      anneal: Anneal = .cosine, threePhase: Bool = false)
    /// Up and down between two rates, over and over (Smith 2015, arXiv 1506.01186).
    case cyclic(
      low: Double = 0.1, up: Double = 2, down: Double? = nil, amplitude: Amplitude = .constant,
      stepFactor: Double = 1)
    /// Down to `minimum` times the rate by a power of the time left.
    case polynomial(power: Double = 1, minimum: Double = 0)
    /// Over the root of the time (Vaswani et al. 2017, arXiv 1706.03762).
    case inverseSquareRoot(timescale: Double = 1)
    /// A rise over the whole of its length; a stage of a sequence.
    case warmUp(shape: WarmupShape = .linear, from: Double = 0)
    /// Times `factor` when the validation loss has not improved for `patience` epochs.
    case plateau(
      factor: Double = 0.1, patience: Int = 10, threshold: Double = 1e-4, cooldown: Int = 0,
      minimum: Double = 0)
    /// One stage after the other, each with a length; the last takes what is left.
    case sequence(sequence: [Stage])
    /// Courses that multiply.
    case product(product: [Course])
  }

  /// A course for a part of the run.
  public struct Stage: Sendable, Equatable, Codable {
    /// The course of the stage.
    public var course: Course = .constant
    /// Its length in epochs; fractions count.
    public var epochs: Double?
    /// Its length in optimiser steps.
    public var steps: Int?
    /// Its length as a share of the run.
    public var share: Double?

    /// A stage.
    public init(
      _ course: Course = .constant, epochs: Double? = nil, steps: Int? = nil, share: Double? = nil
    ) {
      self.course = course
      self.epochs = epochs
      self.steps = steps
      self.share = share
    }
  }

  /// What lengths count.
  public enum Unit: String, Sendable, Codable, CaseIterable {
    /// Passes over the training split.
    case epochs
    /// Optimiser steps.
    case steps
  }

  /// How a warm-up rises.
  public enum WarmupShape: String, Sendable, Codable, CaseIterable {
    /// In a straight line.
    case linear
    /// By the same factor at every step.
    case exponential
    /// Along half a cosine.
    case cosine
    /// Not until its end.
    case constant
  }

  /// How a rate goes from one value to another.
  public enum Anneal: String, Sendable, Codable, CaseIterable {
    /// Along half a cosine.
    case cosine
    /// In a straight line.
    case linear
  }

  /// How the height of cycles changes.
  public enum Amplitude: String, Sendable, Codable, CaseIterable {
    /// All cycles are as high.
    case constant
    /// Each is half as high as the one before.
    case halving
    /// Times `stepFactor` with every step.
    case exponential
  }
}
