/// By how much a weight's standard deviation must exceed 1/√fan, so that the activation behind it
/// keeps the size of its signal (He et al.
///
/// 2015; the values are those PyTorch uses).
public enum Gain: Sendable, Hashable {
  /// No activation, or one that keeps the size: 1.
  case linear
  /// Half of the signal is cut: √2.
  case relu
  /// √(2 / (1 + slope²)).
  case leakyReLU(slope: Double)
  /// 5/3.
  case tanh
  /// 1.
  case sigmoid
  /// 3/4, for self-normalizing networks with less noise than 1 gives.
  case selu
  /// A factor of one's own.
  case factor(Double)

  /// The factor.
  public var value: Double {
    switch self {
    case .linear, .sigmoid: 1
    case .relu: 2.squareRoot()
    case .leakyReLU(let slope): (2 / (1 + slope * slope)).squareRoot()
    case .tanh: 5.0 / 3
    case .selu: 0.75
    case .factor(let value): value
    }
  }
}
