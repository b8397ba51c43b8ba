/// How a layer's weights begin.
public enum InitializerSpecification: Sendable, Equatable, Codable {
  /// Normal, variance for ReLU (He et al. 2015, arXiv 1502.01852).
  case kaimingNormal(mode: Fan = .fanIn)
  /// Uniform, variance for ReLU (arXiv 1502.01852).
  case kaimingUniform(mode: Fan = .fanIn)
  /// Normal, variance for symmetric activations (Glorot and Bengio 2010).
  case xavierNormal(gain: Double = 1)
  /// Uniform, variance for symmetric activations (Glorot and Bengio 2010).
  case xavierUniform(gain: Double = 1)
  /// Normal with mean 0, variance 1/inputs (LeCun et al. 1998).
  case lecunNormal
  /// Normal.
  case normal(mean: Double = 0, std: Double = 0.01)
  /// Normal, cut at two standard deviations.
  case truncatedNormal(mean: Double = 0, std: Double = 0.02)
  /// Uniform.
  case uniform(low: Double = -0.05, high: Double = 0.05)
  /// Orthogonal rows (Saxe et al. 2013, arXiv 1312.6120).
  case orthogonal(gain: Double = 1)
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
  }
}
