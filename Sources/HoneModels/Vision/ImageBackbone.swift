public import HoneNN
public import HoneNumerics
public import HoneTensor

/// A network for images in two parts: a backbone that finds features, and a head, its last layer,
/// that judges them.
///
/// Transfer keeps the backbone, freezes it or not, and replaces the head; detection takes the maps of
/// the stages; feature extraction takes the vectors.
public protocol ImageBackbone: Layer<Tensor, Tensor> {
  /// The channels of each map that `featureMaps` gives.
  var mapChannels: [Int] { get }
  /// The extent of the vectors that `features` gives.
  var featureCount: Int { get }
  /// The last layer with weights; what it is made for, classes or values, is the data's.
  var head: any Layer<Tensor, Tensor> { get set }

  /// The maps at the end of each stage, finest first.
  ///
  /// Input `[batch, inputs, height, width]`, outputs `[batch, mapChannels[stage], …]`, each with
  /// half the height and width of the one before, as a rule.
  func featureMaps(_ images: Tensor) -> [Tensor]

  /// What the head judges, before dropout: a vector for each image.
  ///
  /// Input `[batch, inputs, height, width]`, output `[batch, featureCount]`.
  func features(_ images: Tensor) -> Tensor

  /// A new head, with the first values that the model gives its own.
  func makeHead(
    outputs: Int, device: Device, using stream: inout RandomStream
  ) -> any Layer<Tensor, Tensor>
}

extension ImageBackbone {
  /// Puts a new head in place of the old one, on the device of the parameters.
  ///
  /// Make optimisers afterwards: they hold the parameters' tensors.
  /// - Parameters:
  ///   - outputs: the number of classes or values.
  ///   - stream: where the first values come from.
  public func replaceHead(outputs: Int, using stream: inout RandomStream) {
    let device = parameters.first?.value.device ?? .cpu
    head = makeHead(outputs: outputs, device: device, using: &stream)
    if device.kind != .meta { head.arrange(.channelsLast) }
  }

  /// The parameters of all but the head: what `freeze: backbone` leaves alone.
  public var backboneParameters: [Parameter] {
    let heads = Set(head.parameters.map(ObjectIdentifier.init))
    return parameters.filter { !heads.contains(ObjectIdentifier($0)) }
  }
}

/// The maps of a sequence of layers, one for each stage: the input of each pooling, and the output of
/// the last layer.
func stageMaps(of layers: Sequential, _ images: Tensor) -> [Tensor] {
  var maps: [Tensor] = []
  var value = images
  for layer in layers.layers {
    if layer is MaxPool2d { maps.append(value) }
    value = layer(value)
  }
  return maps + [value]
}
