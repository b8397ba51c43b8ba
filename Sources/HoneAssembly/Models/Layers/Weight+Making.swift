import HoneConfiguration
import HoneNN
import HoneNumerics
import HoneTensor

extension LayerSpecification.Weight {
  func made(
    at site: LayerSite, using stream: inout RandomStream
  ) throws -> any WeightedLayer {
    switch self {
    case .linear(let count, let bias, let initializer):
      // Over the features of each position of a sequence; images are flattened first.
      guard (1...2).contains(site.shape.count), let inputs = site.shape.last else {
        throw site.unsuitable("linear", ["[features]", "[length, features]"])
      }
      return Linear(
        inputs: inputs, outputs: site.count(count), bias: bias, initializer: .init(initializer),
        device: site.device, using: &stream)
    }
  }
}
