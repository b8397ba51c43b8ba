import HoneConfiguration
import HoneNN
import HoneTensor

extension LayerSpecification.Noise {
  func made(at site: LayerSite) throws -> any Layer<Tensor, Tensor> {
    switch self {
    case .dropout(let probability): return Dropout(probability: probability)
    case .channelDropout(let probability, let dimensions):
      return switch try site.positions(of: "channelDropout", in: 1...3, dimensions) {
      case 1: Dropout1d(probability: probability)
      case 2: Dropout2d(probability: probability)
      default: Dropout3d(probability: probability)
      }
    case .alphaDropout(let probability): return AlphaDropout(probability: probability)
    case .featureAlphaDropout(let probability):
      return FeatureAlphaDropout(probability: probability)
    case .dropBlock(let probability, let blockSize):
      return DropBlock2d(probability: probability, blockSize: blockSize)
    case .stochasticDepth(let probability, let mode):
      return StochasticDepth(probability: probability, mode: mode == .row ? .row : .batch)
    case .gaussianNoise(let deviation): return GaussianNoise(standardDeviation: deviation)
    case .gaussianDropout(let probability): return GaussianDropout(probability: probability)
    case .activityRegularization(let l1, let l2): return ActivityRegularization(l1: l1, l2: l2)
    }
  }
}
