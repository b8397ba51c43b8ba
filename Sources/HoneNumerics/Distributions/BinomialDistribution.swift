/// The number of successes in independent trials.
public struct BinomialDistribution: Sendable, Hashable {
  /// The number of trials.
  public let trials: Int
  /// The probability of success in each.
  public let probability: Double

  /// The distribution of so many trials.
  /// - Precondition: `trials` is not negative and `probability` lies in 0...1.
  public init(trials: Int, probability: Double) {
    guard trials >= 0, (0...1).contains(probability) else {
      fatalError(
        "BinomialDistribution got \(trials) trials of probability \(probability); "
          + "it needs none or more, and 0...1.")
    }
    self.trials = trials
    self.probability = probability
  }

  /// The probability of at most so many successes.
  public func cumulative(_ successes: Int) -> Double {
    if successes < 0 { return 0 }
    if successes >= trials { return 1 }
    return SpecialFunctions.incompleteBeta(
      1 - probability, Double(trials - successes), Double(successes + 1),
      complement: probability)
  }
}

/// The p-value of McNemar's exact test that two classifiers err equally often on the same samples
/// (McNemar 1947; exact two-sided form by the binomial distribution).
/// - Parameters:
///   - onlyFirst: samples that only the first got right.
///   - onlySecond: samples that only the second got right.
public func mcNemarTest(onlyFirst: Int, onlySecond: Int) -> Double {
  let distribution = BinomialDistribution(trials: onlyFirst + onlySecond, probability: 0.5)
  return min(1, 2 * distribution.cumulative(min(onlyFirst, onlySecond)))
}
