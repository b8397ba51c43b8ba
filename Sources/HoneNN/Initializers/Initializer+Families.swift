extension Initializer {
  /// The shape of a distribution whose variance is scaled.
  public enum Distribution: String, Sendable, Hashable, CaseIterable {
    /// Normal, cut off at two standard deviations and stretched so that the variance is kept.
    case truncatedNormal
    /// Normal.
    case normal
    /// Uniform.
    case uniform
  }

  /// Variance `scale / fan`, Keras' general form: all of Glorot's, He's and LeCun's are members.
  ///
  /// `varianceScaling(scale: 2)` is Keras' `he_normal`, `(scale: 1, mode: .average, .uniform)` is Glorot's
  /// uniform, `(scale: 1)` Keras' `lecun_normal`.
  /// - Parameters:
  ///   - scale: the variance times the fan.
  ///   - mode: which fan.
  ///   - distribution: the distribution's shape.
  /// - Precondition: `scale` is positive.
  public static func varianceScaling(
    scale: Double = 1, mode: FanMode = .inputs, distribution: Distribution = .truncatedNormal
  ) -> Initializer {
    requirePositive(scale, "scale", of: "Initializer.varianceScaling")
    let gain = Gain.factor(scale.squareRoot())
    let kind: Kind =
      switch distribution {
      case .truncatedNormal: .scaledTruncatedNormal(gain: gain, mode: mode)
      case .normal: .scaledNormal(gain: gain, mode: mode)
      case .uniform: .scaledUniform(gain: gain, mode: mode)
      }
    return Initializer("varianceScaling", kind)
  }

  /// Normal with variance 1/fan-in, for SELU (LeCun and others 1998; Klambauer and others 2017).
  ///
  /// Keras cuts the distribution: that is `varianceScaling()`.
  public static let leCunNormal = Initializer(
    "leCunNormal", .scaledNormal(gain: .linear, mode: .inputs))

  /// Uniform with variance 1/fan-in (LeCun and others 1998).
  public static let leCunUniform = Initializer(
    "leCunUniform", .scaledUniform(gain: .linear, mode: .inputs))

  /// Ones on the diagonal of a matrix, zeros elsewhere: a linear layer that passes on what it can.
  /// - Parameter gain: the value on the diagonal.
  public static func identity(gain: Double = 1) -> Initializer {
    Initializer("identity", .identity(gain: gain))
  }

  /// A one at the kernel's center from each input channel to the output channel of the same place: a
  /// convolution that passes its channels on (Zagoruyko and Komodakis 2017, arXiv 1706.00388).
  /// - Parameter groups: into how many parts the output channels fall; each part gets its own copy.
  /// - Precondition: `groups` is positive and divides the outputs; the weight is a convolution's.
  public static func dirac(groups: Int = 1) -> Initializer {
    requirePositive(groups, "groups", of: "Initializer.dirac")
    return Initializer("dirac", .dirac(groups: groups))
  }

  /// Normal numbers of which a share of every column is zero, so that each input reaches few units
  /// (Martens 2010).
  /// - Parameters:
  ///   - sparsity: the share of zeros in a column, rounded up to whole rows.
  ///   - standardDeviation: of the other numbers.
  /// - Precondition: `sparsity` is at least 0 and less than 1; the weight is a matrix.
  public static func sparse(
    sparsity: Double = 0.1, standardDeviation: Double = 0.01
  ) -> Initializer {
    requireFraction(sparsity, "sparsity", of: "Initializer.sparse")
    return Initializer("sparse", .sparse(sparsity: sparsity, standardDeviation: standardDeviation))
  }
}
