/// How weights begin.
public enum InitializerSpecification: Sendable, Equatable, Codable {
  /// Uniform within ±1/√inputs, as PyTorch's linear layers and convolutions begin.
  case standard
  /// Normal, variance for an activation (He et al. 2015, arXiv 1502.01852).
  case kaimingNormal(mode: Fan = .fanIn, activation: Activation = .relu, slope: Double = 0.01)
  /// Uniform, variance for an activation (arXiv 1502.01852).
  case kaimingUniform(mode: Fan = .fanIn, activation: Activation = .relu, slope: Double = 0.01)
  /// Normal, variance for symmetric activations (Glorot and Bengio 2010).
  case xavierNormal(gain: Double = 1)
  /// Uniform, variance for symmetric activations (Glorot and Bengio 2010).
  case xavierUniform(gain: Double = 1)
  /// Normal with mean 0, variance 1/inputs (LeCun et al. 1998).
  case lecunNormal
  /// Uniform with mean 0, variance 1/inputs (LeCun et al. 1998).
  case lecunUniform
  /// Variance scale/fan, of which Glorot's, He's and LeCun's are members; Keras' general form.
  case varianceScaling(
    scale: Double = 1, mode: Fan = .fanIn, distribution: Distribution = .truncatedNormal)
  /// Normal.
  case normal(mean: Double = 0, std: Double = 0.01)
  /// Normal, cut at two standard deviations.
  case truncatedNormal(mean: Double = 0, std: Double = 0.02)
  /// Uniform.
  case uniform(low: Double = -0.05, high: Double = 0.05)
  /// Orthogonal rows (Saxe et al. 2013, arXiv 1312.6120).
  case orthogonal(gain: Double = 1)
  /// Ones on the diagonal of a matrix.
  case identity(gain: Double = 1)
  /// A one at the center of each kernel (Zagoruyko and Komodakis 2017, arXiv 1706.00388).
  case dirac(groups: Int = 1)
  /// Normal numbers of which a share of every column is zero (Martens 2010).
  case sparse(sparsity: Double = 0.1, std: Double = 0.01)
  /// One number everywhere.
  case constant(value: Double)
  /// 0 everywhere.
  case zeros
  /// 1 everywhere.
  case ones

  /// Which side of a layer the variance is kept for.
  public enum Fan: String, Sendable, Codable, CaseIterable {
    /// Forward activations.
    case fanIn
    /// Backward gradients.
    case fanOut
    /// The mean of both.
    case fanAverage
  }

  /// The activation behind a layer, whose loss of variance its weights make up for.
  public enum Activation: String, Sendable, Codable, CaseIterable {
    /// None.
    case linear
    /// `relu`.
    case relu
    /// `leakyReLU` of a slope.
    case leakyReLU
    /// `tanh`.
    case tanh
    /// `sigmoid`.
    case sigmoid
    /// `selu`.
    case selu
  }

  /// The shape of a distribution whose variance is scaled.
  public enum Distribution: String, Sendable, Codable, CaseIterable {
    /// Normal, cut at two standard deviations and stretched so that the variance is kept.
    case truncatedNormal
    /// Normal.
    case normal
    /// Uniform.
    case uniform
  }

  /// The name that a file chooses the initializer by: `kaimingNormal`.
  public var name: String { componentName(of: self) }
}
