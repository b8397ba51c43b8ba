import HoneConfiguration
import HoneNN
import HoneTensor

extension LayerSpecification.Normalization {
  func made(at site: LayerSite) throws -> any Layer<Tensor, Tensor> {
    let (shape, device) = (site.shape, site.device)
    switch self {
    case .batchNorm(let momentum, let epsilon):
      return BatchNorm(
        features: shape[0], momentum: momentum, epsilon: epsilon, device: device)
    case .layerNorm(let epsilon):
      return LayerNorm(normalizedShape: shape, epsilon: epsilon, device: device)
    case .groupNorm(let groups, let epsilon, let affine):
      try site.checkGroups(groups, inputs: shape[0], outputs: shape[0])
      return GroupNorm(
        groups: groups, features: shape[0], epsilon: epsilon, affine: affine, device: device)
    }
  }
}
