import HoneConfiguration
import HoneNN
import HoneTensor

extension LayerSpecification.Reshaping {
  func made(at site: LayerSite) throws -> any Layer<Tensor, Tensor> {
    switch self {
    case .flatten(let start, let end): return Flatten(from: start, through: end)
    case .reshape(let shape): return Reshape(shape: shape)
    case .permute(let order):
      guard order.count == site.shape.count else {
        throw site.problem(
          "order names \(order.count) axes, a sample of shape \(site.shape) has "
            + "\(site.shape.count).",
          korean: "order는 축 \(order.count)개를 적었지만 형상 \(site.shape)인 샘플의 축은 "
            + "\(site.shape.count)개입니다.")
      }
      return Permuted(order: order)
    case .channelShuffle(let groups): return ChannelShuffle(groups: groups)
    case .identity: return Identity()
    }
  }
}
