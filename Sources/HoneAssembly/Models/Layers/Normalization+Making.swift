import HoneConfiguration
import HoneNN
import HoneTensor

extension LayerSpecification.Normalization {
  func made(at site: LayerSite) throws -> any Layer<Tensor, Tensor> {
    let (shape, device) = (site.shape, site.device)
    switch self {
    case .batchNorm(let momentum, let epsilon, let affine, let tracks):
      return BatchNorm(
        features: shape[0], momentum: momentum.share, epsilon: epsilon, affine: affine,
        tracksRunningStatistics: tracks, device: device)
    case .layerNorm(let axes, let epsilon, let affine, let bias):
      return LayerNorm(
        normalizedShape: try site.lastAxes(axes), epsilon: epsilon, affine: affine, bias: bias,
        device: device)
    case .instanceNorm(let momentum, let epsilon, let affine, let tracks):
      return InstanceNorm(
        features: shape[0], momentum: momentum, epsilon: epsilon, affine: affine,
        tracksRunningStatistics: tracks, device: device)
    case .groupNorm(let groups, let epsilon, let affine):
      try site.checkGroups(groups, inputs: shape[0], outputs: shape[0])
      return GroupNorm(
        groups: groups, features: shape[0], epsilon: epsilon, affine: affine, device: device)
    case .rmsNorm(let axes, let epsilon, let affine):
      return RMSNorm(
        normalizedShape: try site.lastAxes(axes), epsilon: epsilon, affine: affine,
        device: device)
    case .localResponseNorm(let size, let alpha, let beta, let constant):
      return LocalResponseNorm(size: size, alpha: alpha, beta: beta, constant: constant)
    }
  }
}

extension LayerSite {
  /// The extents of so many of a sample's last axes; of all where nil.
  fileprivate func lastAxes(_ count: Int?) throws -> [Int] {
    guard let count else { return shape }
    guard count <= shape.count else {
      throw problem(
        "axes \(count) exceeds the \(shape.count) axes of a sample of shape \(shape).",
        korean: "axes \(count)이(가) 형상 \(shape)인 샘플의 축 \(shape.count)개보다 많습니다.")
    }
    return Array(shape.suffix(count))
  }
}
