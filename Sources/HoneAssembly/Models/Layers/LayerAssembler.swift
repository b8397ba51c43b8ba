import HoneConfiguration
import HoneNN
import HoneNumerics
import HoneTensor
import HoneText

/// Turns the `layers:` of a configuration into modules, inferring each layer's input from the
/// output of the one before it.
///
/// Every leaf is tried on libtorch's meta device first, so that a shape that does not fit is an
/// error at its line and never a trap.
struct LayerAssembler {
  let configuration: Configuration
  /// What `outputs: classes` means.
  let outputs: Int
  let device: Device
  /// Where layers with an initialiser of their own are noted.
  let beginnings: OwnBeginnings

  /// A layer and the shape of its output for one sample.
  typealias Built = (layer: any Layer<Tensor, Tensor>, shape: [Int])

  func sequence(
    _ specifications: [LayerSpecification], input shape: [Int], at path: String,
    using stream: inout RandomStream
  ) throws -> Built {
    var layers: [any Layer<Tensor, Tensor>] = []
    var shape = shape
    for (index, specification) in specifications.enumerated() {
      let built = try layer(
        specification, input: shape, at: "\(path)[\(index)]", using: &stream)
      layers.append(built.layer)
      shape = built.shape
    }
    return (Sequential(layers), shape)
  }

  func layer(
    _ specification: LayerSpecification, input shape: [Int], at path: String,
    using stream: inout RandomStream
  ) throws -> Built {
    if case .container(let container) = specification {
      return try self.container(container, input: shape, at: path, using: &stream)
    }
    var trial = stream
    let twin = try leaf(specification, site(shape, path, device: .meta), using: &trial)
    let initializer = specification.initializer
    try checkInitializer(initializer, shapes: twin.parameters.map(\.shape), at: path)
    let output = try outputShape(of: twin, input: shape, at: path)
    let layer = try leaf(specification, site(shape, path, device: device), using: &stream)
    if initializer != nil { beginnings.note(layer) }
    return (layer, output)
  }

  /// The shape that a layer on the meta device gives for a sample.
  func outputShape(
    of layer: any Layer<Tensor, Tensor>, input shape: [Int], at path: String
  ) throws -> [Int] {
    do {
      // Two samples: batch statistics of one have no spread.
      return Array(try layer.outputShape(for: [2] + shape).dropFirst())
    } catch {
      throw configuration.problem(at: path, Localized(verbatim: "\(error)"))
    }
  }

  func site(_ shape: [Int], _ path: String, device: Device) -> LayerSite {
    LayerSite(
      configuration: configuration, outputs: outputs, shape: shape, path: path, device: device)
  }

  func leaf(
    _ specification: LayerSpecification, _ site: LayerSite, using stream: inout RandomStream
  ) throws -> any Layer<Tensor, Tensor> {
    switch specification {
    case .weight(let layer): plain(try layer.made(at: site, using: &stream))
    case .convolution(let layer): try layer.made(at: site, using: &stream)
    case .pooling(let layer): try layer.made(at: site)
    case .temporal(let layer): try layer.made(at: site, using: &stream)
    case .normalization(let layer): try layer.made(at: site)
    case .noise(let layer): try layer.made(at: site)
    case .activation(let layer): layer.made(at: site)
    case .reshaping(let layer): try layer.made(at: site)
    case .container: fatalError("A container is assembled from its layers, it is no leaf.")
    }
  }
}

/// A layer with a weight as one among all.
func plain(_ layer: some WeightedLayer) -> any Layer<Tensor, Tensor> { layer }
