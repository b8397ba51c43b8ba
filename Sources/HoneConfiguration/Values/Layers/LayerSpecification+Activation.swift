extension LayerSpecification {
  /// Nonlinearities.
  public enum Activation: Sendable, Equatable, Codable {
    /// max(x, 0).
    case relu
    /// x where positive, else slope times x.
    case leakyReLU(slope: Double = 0.01)
    /// x where positive, else alpha (exp x − 1) (arXiv 1511.07289).
    case elu(alpha: Double = 1)
    /// The self-normalising ELU (arXiv 1706.02515).
    case selu
    /// x times the normal distribution function (arXiv 1606.08415).
    case gelu
    /// x times its sigmoid (arXiv 1702.03118).
    case silu
    /// x times tanh of its softplus (arXiv 1908.08681).
    case mish
    /// Hyperbolic tangent.
    case tanh
    /// Logistic function.
    case sigmoid
    /// log(1 + exp x).
    case softplus
    /// Exponentials that sum to one over an axis.
    case softmax(axis: Int = -1)
    /// A piecewise linear relative of `silu` (arXiv 1905.02244).
    case hardSwish
  }
}
