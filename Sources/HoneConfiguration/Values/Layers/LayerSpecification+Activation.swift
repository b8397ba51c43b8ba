extension LayerSpecification {
  /// Nonlinearities.
  public enum Activation: Sendable, Equatable, Codable {
    /// max(x, 0).
    case relu
    /// min(max(x, 0), 6).
    case relu6
    /// x where positive, else slope times x.
    case leakyReLU(slope: Double = 0.01)
    /// x where positive, else a learned slope times x (arXiv 1502.01852).
    case prelu(slope: Double = 0.25, perChannel: Bool = false)
    /// x where positive, else a slope drawn in training, its mean afterwards (arXiv 1505.00853).
    case rrelu(lower: Double = 1.0 / 8, upper: Double = 1.0 / 3)
    /// x where positive, else alpha (exp x − 1) (arXiv 1511.07289).
    case elu(alpha: Double = 1)
    /// An ELU with a continuous slope (arXiv 1704.07483).
    case celu(alpha: Double = 1)
    /// The self-normalising ELU (arXiv 1706.02515).
    case selu
    /// x times the normal distribution function (arXiv 1606.08415).
    case gelu(approximation: GELUForm = .none)
    /// x times its sigmoid (arXiv 1702.03118).
    case silu
    /// x times tanh of its softplus (arXiv 1908.08681).
    case mish
    /// A piecewise linear relative of `silu` (arXiv 1905.02244).
    case hardSwish
    /// Hyperbolic tangent.
    case tanh
    /// x, cut at two bounds.
    case hardTanh(minimum: Double = -1, maximum: Double = 1)
    /// x − tanh x.
    case tanhShrink
    /// Logistic function.
    case sigmoid
    /// A piecewise linear relative of `sigmoid`.
    case hardSigmoid
    /// The logarithm of the logistic function.
    case logSigmoid
    /// log(1 + exp(beta x)) / beta; x itself where beta x exceeds the threshold.
    case softplus(beta: Double = 1, threshold: Double = 20)
    /// x / (1 + |x|).
    case softsign
    /// x moved towards zero by lambda, zero within.
    case softShrink(lambda: Double = 0.5)
    /// x, zero within lambda of zero.
    case hardShrink(lambda: Double = 0.5)
    /// x where it exceeds the threshold, else a value.
    case threshold(threshold: Double, value: Double)
    /// Exponentials that sum to one over an axis.
    case softmax(axis: Int = -1)
    /// The logarithm of `softmax`.
    case logSoftmax(axis: Int = -1)
    /// `softmax` of −x.
    case softmin(axis: Int = -1)
    /// One half of an axis times an activation of the other (arXiv 1612.08083).
    case glu(axis: Int = -1, activation: ActivationName = .sigmoid)
  }

  /// How GELU is computed.
  public enum GELUForm: String, Sendable, Codable, CaseIterable {
    /// Exactly.
    case none
    /// By tanh.
    case tanh
  }
}
