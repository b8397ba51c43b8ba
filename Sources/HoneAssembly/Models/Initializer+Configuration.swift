import HoneConfiguration
import HoneNN

extension Initializer {
  /// The initialiser that a configuration names; the layer's own where it names none.
  init(_ specification: InitializerSpecification?) {
    self =
      switch specification {
      case .kaimingNormal(let mode): .kaimingNormal(mode: mode.mode)
      case .kaimingUniform(let mode): .kaimingUniform(mode: mode.mode)
      case .xavierNormal(let gain): .xavierNormal(gain: .factor(gain))
      case .xavierUniform(let gain): .xavierUniform(gain: .factor(gain))
      case .lecunNormal: .leCunNormal
      case .normal(let mean, let deviation): .normal(mean: mean, standardDeviation: deviation)
      case .truncatedNormal(let mean, let deviation):
        .truncatedNormal(mean: mean, standardDeviation: deviation)
      case .uniform(let low, let high): .uniform(low...max(low, high))
      case .orthogonal(let gain): .orthogonal(gain: .factor(gain))
      case .constant(let value): .constant(value)
      case .zeros: .zeros
      case .ones: .ones
      case nil: .standard
      }
  }
}

extension InitializerSpecification.Fan {
  fileprivate var mode: FanMode {
    switch self {
    case .fanIn: .inputs
    case .fanOut: .outputs
    }
  }
}
