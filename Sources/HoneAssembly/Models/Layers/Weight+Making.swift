import HoneConfiguration
import HoneNN
import HoneNumerics
import HoneTensor

extension LayerSpecification.Weight {
  func made(
    at site: LayerSite, using stream: inout RandomStream
  ) throws -> any Layer<Tensor, Tensor> {
    switch self {
    case .linear(let count, let bias, let initializer):
      return Linear(
        inputs: try site.channels(of: "linear", positions: 0), outputs: site.count(count),
        bias: bias, initializer: .init(initializer), device: site.device, using: &stream)
    case .embedding:
      throw site.configuration.unsupported(site.path, "embedding")
    }
  }
}
