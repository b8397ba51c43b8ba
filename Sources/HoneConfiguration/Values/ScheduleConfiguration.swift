/// How the learning rate changes over a run.
public struct ScheduleConfiguration: Sendable, Equatable, Codable {
  /// The course after the warm-up.
  public var course: Course = .constant
  /// Epochs over which the rate rises from zero; fractions of an epoch count.
  public var warmupEpochs = 0.0

  /// The schedule in which nothing was set: a constant rate.
  public init() {}

  /// The course of the rate.
  ///
  /// Lengths are epochs, factors multiply the optimiser's rate.
  public enum Course: Sendable, Equatable, Codable {
    /// No change.
    case constant
    /// Times `factor` after every so many epochs.
    case step(every: Int = 10, factor: Double = 0.1)
    /// Times `factor` at each milestone.
    case multiStep(milestones: [Int], factor: Double = 0.1)
    /// Times `factor` after every epoch.
    case exponential(factor: Double = 0.95)
    /// Half a cosine down to `minimum` times the rate (Loshchilov and Hutter 2016, arXiv
    /// 1608.03983).
    case cosine(minimum: Double = 0)
    /// Cosines that start again, each `multiplier` times as long (arXiv 1608.03983).
    case warmRestarts(period: Int = 10, multiplier: Double = 1, minimum: Double = 0)
    /// Up to the rate and down again over the whole run (Smith and Topin 2017, arXiv 1708.07120).
    case oneCycle(rise: Double = 0.25, startFactor: Double = 0.04, endFactor: Double = 1e-5)
    /// Down to `minimum` times the rate by a power of the time left.
    case polynomial(power: Double = 1, minimum: Double = 0)
    /// Times `factor` when the validation loss has not improved for `patience` epochs.
    case plateau(factor: Double = 0.1, patience: Int = 5, threshold: Double = 1e-4)
  }
}
