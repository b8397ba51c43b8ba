/// Penalties on the weights that the loss takes up, and a bound on them.
///
/// They differ from an optimiser's decoupled weight decay (Loshchilov and Hutter 2017, arXiv
/// 1711.05101).
public struct RegularizationConfiguration: Sendable, Equatable, Codable {
  /// The strength of the sum of absolute weights.
  public var l1 = 0.0
  /// The strength of half the sum of squared weights.
  public var l2 = 0.0
  /// A mixture of both.
  public var elasticNet = ElasticNet()
  /// The largest norm of the weights into one unit; nil for no bound.
  public var maxNorm: Double?

  /// The penalties in which nothing was set: none.
  public init() {}

  /// A mixture of the absolute and the squared penalty (Zou and Hastie 2005).
  public struct ElasticNet: Sendable, Equatable, Codable {
    /// The strength of the mixture.
    public var strength = 0.0
    /// The share of the absolute penalty, 0...1.
    public var mixing = 0.5

    /// No penalty.
    public init() {}
  }
}
