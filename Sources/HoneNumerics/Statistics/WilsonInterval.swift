/// The interval of a proportion by Wilson's score (Wilson 1927), which keeps its level at small
/// counts and proportions near 0 and 1, where mean ± error does not.
/// - Parameters:
///   - successes: how many of the trials succeeded.
///   - trials: how many there were.
///   - level: the confidence level.
/// - Returns: bounds within 0...1; all of it where there were no trials.
public func wilsonInterval(
  successes: Int, trials: Int, level: Double = 0.95
) -> (lower: Double, upper: Double) {
  guard trials >= 0, (0...trials).contains(successes) else {
    fatalError("wilsonInterval got \(successes) successes of \(trials) trials.")
  }
  guard trials > 0 else { return (0, 1) }
  let n = Double(trials)
  let proportion = Double(successes) / n
  let z = -NormalDistribution.quantile((1 - level) / 2)
  let denominator = 1 + z * z / n
  let center = (proportion + z * z / (2 * n)) / denominator
  let variance = proportion * (1 - proportion) / n + z * z / (4 * n * n)
  let reach = z * variance.squareRoot() / denominator
  // At the ends the algebra gives exactly 0 and 1; rounding would not.
  return (
    successes == 0 ? 0 : max(0, center - reach), successes == trials ? 1 : min(1, center + reach)
  )
}
