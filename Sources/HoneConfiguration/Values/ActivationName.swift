/// The activation between the layers of a ready model.
public enum ActivationName: String, Sendable, Equatable, Codable, CaseIterable {
  /// max(x, 0).
  case relu
  /// x where positive, else a small slope.
  case leakyReLU
  /// Exponential linear unit.
  case elu
  /// Scaled exponential linear unit.
  case selu
  /// Gaussian error linear unit.
  case gelu
  /// x times its sigmoid.
  case silu
  /// x times tanh of its softplus.
  case mish
  /// Hyperbolic tangent.
  case tanh
  /// Logistic function.
  case sigmoid
  /// log(1 + exp x).
  case softplus
  /// A piecewise linear relative of `silu`.
  case hardSwish
  /// min(max(x, 0), 6).
  case relu6
  /// An ELU with a continuous slope.
  case celu
  /// A piecewise linear relative of `sigmoid`.
  case hardSigmoid
  /// x, cut at −1 and 1.
  case hardTanh
  /// The logarithm of the logistic function.
  case logSigmoid
  /// x / (1 + |x|).
  case softsign
  /// Nothing.
  case identity
}

/// The normalisation between the layers of a ready model.
public enum NormalizationLayer: String, Sendable, Equatable, Codable, CaseIterable {
  /// Nothing.
  case none
  /// Over the batch (Ioffe and Szegedy 2015, arXiv 1502.03167).
  case batchNorm
  /// Over the features of a sample (Ba et al. 2016, arXiv 1607.06450).
  case layerNorm
}
