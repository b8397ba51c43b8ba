/// How many samples it takes to see something.
public enum SampleSize {
  /// Samples from which a share is known to within a half width (normal approximation of the
  /// binomial).
  /// - Parameters:
  ///   - share: the share that is expected, 0...1.
  ///   - halfWidth: how far the interval may reach to either side.
  ///   - level: the probability that the interval covers the share.
  public static func proportion(_ share: Double, halfWidth: Double, level: Double = 0.95) -> Int {
    let normal = NormalDistribution.quantile((1 + level) / 2)
    return rounded(share * (1 - share) * (normal / halfWidth) * (normal / halfWidth))
  }

  /// Samples on which two classifiers must be compared so that McNemar's test shows a difference in
  /// accuracy (Miettinen 1968; Connor 1987).
  /// - Parameters:
  ///   - difference: the difference in accuracy to be seen.
  ///   - disagreement: the share of samples that only one of the two gets right; taken as the
  ///     difference where it is smaller than that.
  ///   - level: one minus the probability of seeing a difference where there is none.
  ///   - power: the probability of seeing one that is there.
  public static func pairedProportions(
    difference: Double, disagreement: Double, level: Double = 0.95, power: Double = 0.8
  ) -> Int {
    let discordant = max(disagreement, difference)
    let error = NormalDistribution.quantile((1 + level) / 2) * discordant.squareRoot()
    let miss =
      NormalDistribution.quantile(power)
      * max(0, discordant - difference * difference).squareRoot()
    return rounded((error + miss) * (error + miss) / (difference * difference))
  }

  /// Samples from which the root mean squared error of normal errors is known to within a relative
  /// half width.
  public static func rootMeanSquare(relativeHalfWidth: Double, level: Double = 0.95) -> Int {
    let normal = NormalDistribution.quantile((1 + level) / 2)
    return rounded(normal * normal / (2 * relativeHalfWidth * relativeHalfWidth))
  }

  private static func rounded(_ samples: Double) -> Int {
    // A rounding error must not cost a sample.
    Int((samples - 1e-9).rounded(.up))
  }
}
