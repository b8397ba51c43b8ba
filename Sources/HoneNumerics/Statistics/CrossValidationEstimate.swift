/// What the folds of a cross-validation say of a metric.
public struct CrossValidationEstimate: Sendable, Equatable {
  /// The mean over the folds.
  public let mean: Double
  /// The standard deviation over the folds.
  public let standardDeviation: Double
  /// The lower end of the interval.
  public let lower: Double
  /// The upper end of the interval.
  public let upper: Double

  /// The estimate from the metric of each fold.
  ///
  /// Training splits overlap, so that the folds' metrics lie closer together than independent ones:
  /// the variance of the mean takes the share `1 / (folds - 1)` of validation to training samples on
  /// top (Nadeau and Bengio 2003), and the interval is Student's.
  /// - Parameters:
  ///   - values: the metric of each fold, of all rounds.
  ///   - folds: the number of folds in a round.
  ///   - level: the probability that the interval is to cover.
  /// - Precondition: there are at least two values and two folds.
  public init(_ values: [Double], folds: Int, level: Double = 0.95) {
    guard values.count > 1, folds > 1 else {
      fatalError(
        "CrossValidationEstimate got \(values.count) values of \(folds) folds; it needs two of each."
      )
    }
    mean = values.mean()
    standardDeviation = values.standardDeviation()
    let overlap = 1 / Double(values.count) + 1 / Double(folds - 1)
    let error = standardDeviation * overlap.squareRoot()
    let student = StudentDistribution(degreesOfFreedom: Double(values.count - 1))
    let width = student.quantile((1 + level) / 2) * error
    lower = mean - width
    upper = mean + width
  }
}
