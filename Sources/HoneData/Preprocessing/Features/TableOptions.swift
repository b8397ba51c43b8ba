/// How the columns of a table become features; what is learned is learned from the training split.
public struct TableOptions: Sendable, Codable, Equatable {
  /// How numbers are scaled.
  public enum Scaling: String, Sendable, Codable, CaseIterable {
    /// To mean 0 and standard deviation 1.
    case standard
    /// By the median and the distance of the quartiles, which outliers do not move.
    case robust
    /// To their rank, 0...1.
    case quantile
    /// To the normal distribution, by their rank.
    case quantileNormal
    /// To 0...1 by their range.
    case unit
    /// Not at all.
    case none
  }

  /// What takes the place of missing numbers.
  public enum Imputation: String, Sendable, Codable, CaseIterable {
    /// The median.
    case median
    /// The mean.
    case mean
    /// The most frequent value, of equally frequent ones the smallest.
    case mostFrequent
    /// Zero.
    case zero
  }

  /// How numbers are scaled; nil does as the normalization says.
  public var scaling: Scaling?
  /// What takes the place of missing numbers.
  public var imputation: Imputation = .median
  /// Whether a column with missing numbers gets a feature that says where they were missing.
  public var missingIndicators = false
  /// Features that a column of more than 64 names is hashed into; nil keeps the most frequent names.
  public var hashBuckets: Int?
  /// Whether the products of all pairs of numeric columns are features too.
  public var interactions = false
  /// How many features to keep by mutual information with the target; nil keeps all.
  public var mutualInformation: Int?
  /// The strength of the L1 penalty of a linear model, beside the mean loss, whose zero weights drop
  /// features; nil keeps all.
  public var l1: Double?
  /// How many principal components take the place of the features; nil for none.
  public var components: Int?

  /// The usual treatment.
  public init() {}

  /// Whether a shift, a factor and the median do not say all.
  var needsScaledColumns: Bool {
    scaling != nil || imputation != .median || missingIndicators
  }
}
