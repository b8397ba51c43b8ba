/// Penalties on the weights, bounds on them, and noise on their gradients.
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
  /// Whether the absolute penalty is a step of its own after the optimiser's, which makes weights
  /// exactly zero, instead of a part of the loss.
  public var proximal = false
  /// The largest norm of the weights into one unit; nil for no bound.
  public var maxNorm: Double?
  /// Sets that the weights are brought back into after every step, in order.
  public var constraints: [ConstraintSpecification] = []
  /// Noise on the gradients; nil for none.
  public var gradientNoise: GradientNoise?

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

  /// Normal noise whose variance falls as `variance / (1 + step)^decay` (arXiv 1511.06807).
  public struct GradientNoise: Sendable, Equatable {
    /// The variance at the first step.
    public var variance = 0.01
    /// How fast it falls.
    public var decay = 0.55

    /// The noise in which nothing was set.
    public init() {}
  }
}

extension RegularizationConfiguration.GradientNoise: Codable {
  private enum CodingKeys: CodingKey { case variance, decay }

  /// Reads a number, the variance, or a map.
  public init(from decoder: any Decoder) throws {
    if let variance = try? decoder.singleValueContainer().decode(Double.self) {
      self.variance = variance
      return
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    variance = try container.decode(Double.self, forKey: .variance)
    decay = try container.decode(Double.self, forKey: .decay)
  }
}

/// A set that weights are brought back into after each step, as Keras' constraints; units are the
/// outputs of a layer, biases and scales are left alone.
public enum ConstraintSpecification: Sendable, Equatable, Codable {
  /// Each unit's norm is at most a limit.
  case maxNorm(limit: Double = 2)
  /// No weight is negative.
  case nonNegative
  /// Each unit's norm is one.
  case unitNorm
  /// Each unit's norm lies between two bounds; a step goes this share of the way there.
  case minMaxNorm(minimum: Double = 0, maximum: Double = 1, rate: Double = 1)
}
