import HoneConfiguration
import HoneNN

extension Initializer {
  /// The initialiser that a configuration names; the layer's own where it names none.
  init(_ specification: InitializerSpecification?) {
    self =
      switch specification {
      case .kaimingNormal(let mode, let activation, let slope):
        .kaimingNormal(gain: activation.gain(slope), mode: mode.mode)
      case .kaimingUniform(let mode, let activation, let slope):
        .kaimingUniform(gain: activation.gain(slope), mode: mode.mode)
      case .xavierNormal(let gain): .xavierNormal(gain: .factor(gain))
      case .xavierUniform(let gain): .xavierUniform(gain: .factor(gain))
      case .lecunNormal: .leCunNormal
      case .lecunUniform: .leCunUniform
      case .varianceScaling(let scale, let mode, let distribution):
        .varianceScaling(scale: scale, mode: mode.mode, distribution: distribution.live)
      case .normal(let mean, let deviation): .normal(mean: mean, standardDeviation: deviation)
      case .truncatedNormal(let mean, let deviation):
        .truncatedNormal(mean: mean, standardDeviation: deviation)
      case .uniform(let low, let high): .uniform(low...max(low, high))
      case .orthogonal(let gain): .orthogonal(gain: .factor(gain))
      case .identity(let gain): .identity(gain: gain)
      case .dirac(let groups): .dirac(groups: groups)
      case .sparse(let sparsity, let deviation):
        .sparse(sparsity: sparsity, standardDeviation: deviation)
      case .constant(let value): .constant(value)
      case .zeros: .zeros
      case .ones: .ones
      case .standard, nil: .standard
      }
  }
}

extension InitializerSpecification.Fan {
  fileprivate var mode: FanMode {
    switch self {
    case .fanIn: .inputs
    case .fanOut: .outputs
    case .fanAverage: .average
    }
  }
}

extension InitializerSpecification.Activation {
  fileprivate func gain(_ slope: Double) -> Gain {
    switch self {
    case .linear: .linear
    case .relu: .relu
    case .leakyReLU: .leakyReLU(slope: slope)
    case .tanh: .tanh
    case .sigmoid: .sigmoid
    case .selu: .selu
    }
  }
}

extension InitializerSpecification.Distribution {
  fileprivate var live: Initializer.Distribution {
    switch self {
    case .truncatedNormal: .truncatedNormal
    case .normal: .normal
    case .uniform: .uniform
    }
  }
}
