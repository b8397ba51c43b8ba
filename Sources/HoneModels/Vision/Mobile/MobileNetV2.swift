public import HoneNN
public import HoneNumerics
public import HoneTensor

/// MobileNet's second version (Sandler and others 2018, arXiv 1801.04381), as torchvision builds it.
///
/// First values are torchvision's: Kaiming's normal distribution by fan-out for convolutions, a
/// standard deviation of 0.01 for the head.
public final class MobileNetV2: ImageBackbone, ForeignWeights {
  /// Convolutions and inverted residuals, at torchvision's positions.
  public let layers: Sequential
  /// Drops features before the head.
  public let dropout: Dropout
  /// From pooled features to the outputs.
  public var head: any Layer<Tensor, Tensor>
  /// The channels of each map that `featureMaps` gives.
  public let mapChannels: [Int]
  /// The channels of the last convolution: 1,280 unless wider.
  public let featureCount: Int
  private let ends: [Int]

  /// A network.
  /// - Parameters:
  ///   - inputs: the channels of an image.
  ///   - outputs: the number of classes or values.
  ///   - widthMultiplier: the factor of all channels, of the last convolution only where above one.
  ///   - dropout: the share of features that training drops before the head.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  public init(
    inputs: Int = 3, outputs: Int = 1000, widthMultiplier: Double = 1, dropout: Double = 0.2,
    device: Device = .cpu, using stream: inout RandomStream
  ) {
    let options = ConvolutionUnit.Options(activation: .relu6)
    var channels = divisible(32, by: widthMultiplier)
    var layers: [any Layer<Tensor, Tensor>] = [
      ConvolutionUnit(
        inputs, channels, kernel: [3, 3], stride: 2, options: options, device: device,
        using: &stream)
    ]
    var (ends, mapChannels): ([Int], [Int]) = ([], [])
    for (expansion, width, count, stride) in Self.stages {
      let outputs = divisible(width, by: widthMultiplier)
      if stride == 2 {
        ends.append(layers.count - 1)
        mapChannels.append(channels)
      }
      for index in 0..<count {
        let extents = InvertedResidual.Extents(
          inputs: channels, outputs: outputs, expanded: channels * expansion,
          stride: index == 0 ? stride : 1, isFlat: true)
        layers.append(
          InvertedResidual(extents, options: options, device: device, using: &stream))
        channels = outputs
      }
    }
    featureCount = divisible(1280, by: max(1, widthMultiplier))
    layers.append(
      ConvolutionUnit(
        channels, featureCount, kernel: [1, 1], options: options, device: device,
        using: &stream))
    self.layers = Sequential(layers)
    self.ends = ends + [layers.count - 1]
    self.mapChannels = mapChannels + [featureCount]
    self.dropout = Dropout(probability: dropout)
    head = smallHead(featureCount, outputs, device: device, using: &stream)
    if device.kind != .meta { arrange(.channelsLast) }
  }

  /// Logits or values.
  ///
  /// Input `[batch, inputs, height, width]`, output `[batch, outputs]`.
  public func callAsFunction(_ images: Tensor) -> Tensor { head(dropout(features(images))) }

  /// The last map of each resolution, from a half to a thirty-second of the image's.
  public func featureMaps(_ images: Tensor) -> [Tensor] {
    stageMaps(of: layers, after: ends, images)
  }

  /// The means of the last map's channels.
  public func features(_ images: Tensor) -> Tensor { GlobalAveragePool()(layers(images)) }

  /// A linear layer whose first weights have a standard deviation of 0.01.
  public func makeHead(
    outputs: Int, device: Device, using stream: inout RandomStream
  ) -> any Layer<Tensor, Tensor> {
    smallHead(featureCount, outputs, device: device, using: &stream)
  }

  /// torchvision's names.
  public var torchNames: WeightNames {
    [
      "layers": "features", "body": "conv", "convolution": "0", "norm": "1",
      "head": "classifier.1",
    ]
  }

  /// Expansion, channels, blocks and first stride of each group of blocks: the paper's table 2.
  private static let stages: [(Int, Int, Int, Int)] = [
    (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2),
    (6, 320, 1, 1),
  ]
}

/// A linear layer whose first weights have a standard deviation of 0.01.
func smallHead(
  _ inputs: Int, _ outputs: Int, device: Device, using stream: inout RandomStream
) -> Linear {
  Linear(
    inputs: inputs, outputs: outputs, initializer: .normal(standardDeviation: 0.01),
    device: device, using: &stream)
}
