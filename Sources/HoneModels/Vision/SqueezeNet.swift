public import HoneNN
public import HoneNumerics
public import HoneTensor

/// SqueezeNet (Iandola and others 2016, arXiv 1602.07360): AlexNet's accuracy with 1.2 million parameters,
/// by modules that squeeze channels before they expand them; as torchvision builds it.
///
/// The head is a 1x1 convolution, rectified and averaged over all positions. First values are
/// torchvision's: Kaiming's uniform distribution, a standard deviation of 0.01 for the head, zeros for
/// biases.
public final class SqueezeNet: ImageBackbone, ForeignWeights {
  /// Which of the two published networks.
  public enum Version: String, Sendable, Hashable, CaseIterable {
    /// The paper's.
    case v10
    /// The authors' later one: as accurate, with 2.4 times less arithmetic.
    case v11
  }

  /// Convolution, poolings and fire modules, at torchvision's positions.
  public let layers: Sequential
  /// Drops features before the head.
  public let dropout: Dropout
  /// A 1x1 convolution from the last map to a map for each output.
  public var head: any Layer<Tensor, Tensor>
  /// The channels of each map that `featureMaps` gives.
  public let mapChannels: [Int]

  /// A network.
  /// - Parameters:
  ///   - version: which of the two published networks.
  ///   - inputs: the channels of an image.
  ///   - outputs: the number of classes or values.
  ///   - dropout: the share of features that training drops before the head.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  /// - Precondition: images have 21 pixels a side or more, 17 with version 1.1.
  public init(
    _ version: Version = .v11, inputs: Int = 3, outputs: Int = 1000, dropout: Double = 0.5,
    device: Device = .cpu, using stream: inout RandomStream
  ) {
    let isFirst = version == .v10
    // Between poolings: how many channels each module squeezes to; it expands to eight times as many.
    let stages =
      isFirst
      ? [[16, 16, 32], [32, 48, 48, 64], [64]] : [[16, 16], [32, 32], [48, 48, 64, 64]]
    var channels = isFirst ? 96 : 64
    mapChannels = [channels] + stages.map { 8 * ($0.last ?? 0) }
    var layers: [any Layer<Tensor, Tensor>] = [
      Conv2d(
        inputs: inputs, outputs: channels, kernel: isFirst ? 7 : 3, stride: 2,
        initializer: .kaimingUniform(), device: device, using: &stream),
      ReLU(),
    ]
    for stage in stages {
      layers.append(MaxPool2d(window: 3, stride: 2, ceilMode: true))
      for squeezed in stage {
        layers.append(Fire(inputs: channels, squeezed: squeezed, device: device, using: &stream))
        channels = 8 * squeezed
      }
    }
    self.layers = Sequential(layers)
    self.dropout = Dropout(probability: dropout)
    head = Conv2d(
      inputs: 512, outputs: outputs, kernel: 1, initializer: .normal(standardDeviation: 0.01),
      device: device, using: &stream)
    if device.kind != .meta { arrange(.channelsLast) }
  }

  /// Logits, none of them negative.
  ///
  /// Input `[batch, inputs, height, width]`, output `[batch, outputs]`.
  public func callAsFunction(_ images: Tensor) -> Tensor {
    GlobalAveragePool()(Activation.relu(head(dropout(layers(images)))))
  }

  /// The channels of the last map: 512.
  public var featureCount: Int { 512 }

  /// The map before each pooling, and the last map.
  public func featureMaps(_ images: Tensor) -> [Tensor] { stageMaps(of: layers, images) }

  /// The means of the last map's channels.
  public func features(_ images: Tensor) -> Tensor { GlobalAveragePool()(layers(images)) }

  /// A 1x1 convolution whose first weights have a standard deviation of 0.01.
  public func makeHead(
    outputs: Int, device: Device, using stream: inout RandomStream
  ) -> any Layer<Tensor, Tensor> {
    Conv2d(
      inputs: featureCount, outputs: outputs, kernel: 1,
      initializer: .normal(standardDeviation: 0.01), device: device, using: &stream)
  }

  /// torchvision's names.
  public var torchNames: WeightNames {
    [
      "layers": "features", "pointwise": "expand1x1", "spatial": "expand3x3",
      "head": "classifier.1",
    ]
  }
}

/// A 1x1 convolution to few channels, and two convolutions, 1x1 and 3x3, that each expand them.
public final class Fire: Layer {
  /// To few channels.
  public let squeeze: Conv2d
  /// The 1x1 convolution from these.
  public let pointwise: Conv2d
  /// The 3x3 convolution from these.
  public let spatial: Conv2d

  init(inputs: Int, squeezed: Int, device: Device, using stream: inout RandomStream) {
    squeeze = Conv2d(
      inputs: inputs, outputs: squeezed, kernel: 1, initializer: .kaimingUniform(),
      device: device, using: &stream)
    pointwise = Conv2d(
      inputs: squeezed, outputs: 4 * squeezed, kernel: 1, initializer: .kaimingUniform(),
      device: device, using: &stream)
    spatial = Conv2d(
      inputs: squeezed, outputs: 4 * squeezed, kernel: 3, padding: 1,
      initializer: .kaimingUniform(), device: device, using: &stream)
  }

  /// The expanded maps, joined.
  ///
  /// Input `[batch, inputs, height, width]`, output `[batch, 8 squeezed, height, width]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    let few = Activation.relu(squeeze(input))
    return Tensor.concatenated(
      [Activation.relu(pointwise(few)), Activation.relu(spatial(few))], along: 1)
  }
}
