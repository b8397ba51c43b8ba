/// How a parameter gets its first values.
///
/// An initializer is a value: layers take one, and `tensor(_:device:using:)` draws from it. The same
/// stream gives the same values on every device.
public struct Initializer: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case constant(Double)
    case normal(mean: Double, standardDeviation: Double)
    case uniform(ClosedRange<Double>)
    case truncatedNormal(mean: Double, standardDeviation: Double)
    case scaledTruncatedNormal(gain: Gain, mode: FanMode)
    case scaledNormal(gain: Gain, mode: FanMode)
    case scaledUniform(gain: Gain, mode: FanMode)
    case xavierNormal(gain: Gain)
    case xavierUniform(gain: Gain)
    case orthogonal(gain: Gain)
    case identity(gain: Double)
    case dirac(groups: Int)
    case sparse(sparsity: Double, standardDeviation: Double)
  }

  /// The name of the family: `kaimingNormal`.
  public let name: String
  let kind: Kind

  init(_ name: String, _ kind: Kind) {
    self.name = name
    self.kind = kind
  }

  /// Uniform within ±1/√fan-in: what PyTorch gives linear layers and convolutions, there written as
  /// Kaiming's uniform distribution with a slope of √5.
  public static let standard = Initializer(
    "standard", .scaledUniform(gain: .leakyReLU(slope: 5.0.squareRoot()), mode: .inputs))

  /// All zeros.
  ///
  /// On hidden weights it keeps units from ever differing.
  public static let zeros = Initializer("zeros", .constant(0))

  /// All ones.
  public static let ones = Initializer("ones", .constant(1))

  /// One value everywhere.
  ///
  /// On hidden weights it keeps units from ever differing.
  public static func constant(_ value: Double) -> Initializer {
    Initializer("constant", .constant(value))
  }

  /// Normal with a mean and a standard deviation.
  public static func normal(
    mean: Double = 0, standardDeviation: Double = 0.01
  ) -> Initializer {
    Initializer("normal", .normal(mean: mean, standardDeviation: standardDeviation))
  }

  /// Uniform between two bounds.
  public static func uniform(_ range: ClosedRange<Double> = -0.05...0.05) -> Initializer {
    Initializer("uniform", .uniform(range))
  }

  /// Normal, cut off two standard deviations from the mean, as in Keras and timm.
  ///
  /// PyTorch's `trunc_normal_` cuts at -2 and 2 whatever the deviation, which cuts nothing of the small
  /// deviations that weights have.
  public static func truncatedNormal(
    mean: Double = 0, standardDeviation: Double = 0.02
  ) -> Initializer {
    Initializer(
      "truncatedNormal", .truncatedNormal(mean: mean, standardDeviation: standardDeviation))
  }

  /// Normal with standard deviation gain/√fan, for rectifiers (He et al.
  ///
  /// 2015).
  public static func kaimingNormal(
    gain: Gain = .relu, mode: FanMode = .inputs
  ) -> Initializer {
    Initializer("kaimingNormal", .scaledNormal(gain: gain, mode: mode))
  }

  /// Uniform with standard deviation gain/√fan, for rectifiers (He et al.
  ///
  /// 2015).
  public static func kaimingUniform(
    gain: Gain = .relu, mode: FanMode = .inputs
  ) -> Initializer {
    Initializer("kaimingUniform", .scaledUniform(gain: gain, mode: mode))
  }

  /// Normal with standard deviation gain·√(2 / (fan-in + fan-out)), for tanh and sigmoid (Glorot and
  /// Bengio 2010).
  public static func xavierNormal(gain: Gain = .linear) -> Initializer {
    Initializer("xavierNormal", .xavierNormal(gain: gain))
  }

  /// Uniform with standard deviation gain·√(2 / (fan-in + fan-out)), for tanh and sigmoid (Glorot
  /// and Bengio 2010).
  public static func xavierUniform(gain: Gain = .linear) -> Initializer {
    Initializer("xavierUniform", .xavierUniform(gain: gain))
  }

  /// Rows (or columns, where there are fewer) that are orthogonal and of one length (Saxe et al.
  ///
  /// 2014).
  public static func orthogonal(gain: Gain = .linear) -> Initializer {
    Initializer("orthogonal", .orthogonal(gain: gain))
  }
}
