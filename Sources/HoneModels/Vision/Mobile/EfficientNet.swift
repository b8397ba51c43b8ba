public import HoneNN
public import HoneNumerics
public import HoneTensor

/// EfficientNet-B0 (Tan and Le 2019, arXiv 1905.11946), and its relatives by factors of width and
/// depth; as torchvision builds it.
///
/// First values are torchvision's: Kaiming's normal distribution by fan-out for convolutions, uniform
/// within ±1/√outputs for the head.
public final class EfficientNet: ImageBackbone, ForeignWeights {
  /// What a network has besides its inputs and outputs.
  public struct Options: Sendable, Hashable {
    /// The factor of all channels.
    public var widthMultiplier: Double
    /// The factor of the number of blocks, rounded up.
    public var depthMultiplier: Double
    /// The share of features that training drops before the head.
    public var dropout: Double
    /// The share of samples whose last block's body training drops; less in earlier blocks.
    public var stochasticDepth: Double

    /// Options; those left out make torchvision's `efficientnet_b0`.
    public init(
      widthMultiplier: Double = 1, depthMultiplier: Double = 1, dropout: Double = 0.2,
      stochasticDepth: Double = 0.2
    ) {
      self.widthMultiplier = widthMultiplier
      self.depthMultiplier = depthMultiplier
      self.dropout = dropout
      self.stochasticDepth = stochasticDepth
    }
  }

  /// Convolutions and stages of inverted residuals, at torchvision's positions.
  public let layers: Sequential
  /// Drops features before the head.
  public let dropout: Dropout
  /// From pooled features to the outputs.
  public var head: any Layer<Tensor, Tensor>
  /// The channels of each map that `featureMaps` gives.
  public let mapChannels: [Int]
  /// The channels of the last convolution: 1,280.
  public let featureCount: Int
  private let ends: [Int]

  /// A network.
  /// - Parameters:
  ///   - inputs: the channels of an image.
  ///   - outputs: the number of classes or values.
  ///   - options: width, depth, dropout.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  public init(
    inputs: Int = 3, outputs: Int = 1000, options: Options = Options(), device: Device = .cpu,
    using stream: inout RandomStream
  ) {
    let unit = ConvolutionUnit.Options(activation: .silu)
    let counts = Self.stages.map { Int((Double($0.count) * options.depthMultiplier).rounded(.up)) }
    let blocks = Double(counts.reduce(0, +))
    var channels = divisible(32, by: options.widthMultiplier)
    var layers: [any Layer<Tensor, Tensor>] = [
      ConvolutionUnit(
        inputs, channels, kernel: [3, 3], stride: 2, options: unit, device: device,
        using: &stream)
    ]
    var (ends, mapChannels, position): ([Int], [Int], Int) = ([], [], 0)
    for (stage, count) in zip(Self.stages, counts) {
      if stage.stride == 2 {
        ends.append(layers.count - 1)
        mapChannels.append(channels)
      }
      let width = divisible(stage.width, by: options.widthMultiplier)
      var parts: [InvertedResidual] = []
      for index in 0..<count {
        let extents = InvertedResidual.Extents(
          inputs: channels, outputs: width, expanded: divisible(channels * stage.expansion),
          kernel: stage.kernel, stride: index == 0 ? stage.stride : 1,
          squeezed: max(1, channels / 4), excitation: .silu,
          stochasticDepth: options.stochasticDepth * Double(position) / blocks)
        parts.append(InvertedResidual(extents, options: unit, device: device, using: &stream))
        channels = width
        position += 1
      }
      layers.append(Sequential(parts))
    }
    featureCount = 4 * channels
    layers.append(
      ConvolutionUnit(
        channels, featureCount, kernel: [1, 1], options: unit, device: device, using: &stream))
    self.layers = Sequential(layers)
    self.ends = ends + [layers.count - 1]
    self.mapChannels = mapChannels + [featureCount]
    dropout = Dropout(probability: options.dropout)
    head = Self.head(featureCount, outputs, device: device, using: &stream)
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

  /// A linear layer with first weights uniform within ±1/√outputs.
  public func makeHead(
    outputs: Int, device: Device, using stream: inout RandomStream
  ) -> any Layer<Tensor, Tensor> {
    Self.head(featureCount, outputs, device: device, using: &stream)
  }

  /// torchvision's names.
  public var torchNames: WeightNames {
    [
      "layers": "features", "body": "block", "convolution": "0", "norm": "1", "squeeze": "fc1",
      "excitation": "fc2", "head": "classifier.1",
    ]
  }

  private static func head(
    _ inputs: Int, _ outputs: Int, device: Device, using stream: inout RandomStream
  ) -> Linear {
    let bound = 1 / Double(outputs).squareRoot()
    return Linear(
      inputs: inputs, outputs: outputs, initializer: .uniform(-bound...bound), device: device,
      using: &stream)
  }

  /// The paper's table 1.
  private static let stages: [(expansion: Int, kernel: Int, stride: Int, width: Int, count: Int)] =
    [
      (1, 3, 1, 16, 1), (6, 3, 2, 24, 2), (6, 5, 2, 40, 2), (6, 3, 2, 80, 3), (6, 5, 1, 112, 3),
      (6, 5, 2, 192, 4), (6, 3, 1, 320, 1),
    ]
}
