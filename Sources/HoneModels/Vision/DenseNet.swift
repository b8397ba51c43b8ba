public import HoneNN
public import HoneNumerics
public import HoneTensor

/// DenseNet-BC (Huang and others 2017, arXiv 1608.06993), as torchvision builds it: within a block each
/// layer sees the maps of all layers before it, and adds a few of its own.
///
/// First values are torchvision's: Kaiming's normal distribution for convolutions, PyTorch's default
/// for the head's weight and zeros for its bias.
public final class DenseNet: ImageBackbone, ForeignWeights, Recomputing {
  /// Whether blocks are computed again in the backward pass.
  public let recomputation = Recomputation()
  /// The architecture.
  public struct Options: Sendable, Hashable {
    /// The layers of each block.
    public var counts: [Int]
    /// The channels that each layer adds.
    public var growth: Int
    /// The channels behind the first convolution.
    public var width: Int
    /// The channels of a layer's 1x1 convolution, in multiples of the growth.
    public var bottleneck: Int
    /// The share of a layer's values that training drops.
    public var dropout: Double

    /// Options; those left out make torchvision's `densenet121`.
    public init(
      counts: [Int] = [6, 12, 24, 16], growth: Int = 32, width: Int = 64, bottleneck: Int = 4,
      dropout: Double = 0
    ) {
      self.counts = counts
      self.growth = growth
      self.width = width
      self.bottleneck = bottleneck
      self.dropout = dropout
    }
  }

  /// The first convolution, 7x7 with stride 2.
  public let stem: Conv2d
  /// The normalization behind it.
  public let stemNorm: BatchNorm
  /// The layers of each block.
  public let blocks: [[DenseLayer]]
  /// What stands between blocks: halves the channels and the map.
  public let transitions: [DenseTransition]
  /// The normalization behind the last block.
  public let finalNorm: BatchNorm
  /// From pooled features to the outputs.
  public var head: any Layer<Tensor, Tensor>
  /// The channels behind each block.
  public let mapChannels: [Int]

  /// A network.
  /// - Parameters:
  ///   - options: blocks, growth, width, dropout.
  ///   - inputs: the channels of an image.
  ///   - outputs: the number of classes or values.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  /// - Precondition: images have 29 pixels a side or more.
  public init(
    _ options: Options = Options(), inputs: Int = 3, outputs: Int = 1000, device: Device = .cpu,
    using stream: inout RandomStream
  ) {
    var channels = options.width
    stem = Conv2d(
      inputs: inputs, outputs: channels, kernel: 7, stride: 2, padding: 3, bias: false,
      initializer: .kaimingNormal(), device: device, using: &stream)
    stemNorm = BatchNorm(features: channels, device: device)
    var blocks: [[DenseLayer]] = []
    var transitions: [DenseTransition] = []
    var mapChannels: [Int] = []
    for (index, count) in options.counts.enumerated() {
      var layers: [DenseLayer] = []
      for _ in 0..<count {
        layers.append(DenseLayer(channels, options, device: device, using: &stream))
        channels += options.growth
      }
      blocks.append(layers)
      mapChannels.append(channels)
      if index < options.counts.count - 1 {
        transitions.append(DenseTransition(channels, device: device, using: &stream))
        channels /= 2
      }
    }
    self.blocks = blocks
    self.transitions = transitions
    self.mapChannels = mapChannels
    finalNorm = BatchNorm(features: channels, device: device)
    head = Self.head(channels, outputs, device: device, using: &stream)
    if device.kind != .meta { arrange(.channelsLast) }
  }

  /// Logits or values.
  ///
  /// Input `[batch, inputs, height, width]`, output `[batch, outputs]`.
  public func callAsFunction(_ images: Tensor) -> Tensor { head(features(images)) }

  /// The channels behind the last block.
  public var featureCount: Int { finalNorm.features }

  /// The map behind each block; the last one is normalized and rectified.
  public func featureMaps(_ images: Tensor) -> [Tensor] {
    var map = stem.normalized(images, by: stemNorm, rectified: true)
    map = MaxPool2d(window: 3, stride: 2, padding: 1)(map)
    var maps: [Tensor] = []
    for (index, layers) in blocks.enumerated() {
      for layer in layers { map = recomputation(layer, map) }
      if index < transitions.count {
        maps.append(map)
        map = transitions[index](map)
      }
    }
    return maps + [finalNorm.rectified(map)]
  }

  /// The means of the last map's channels.
  public func features(_ images: Tensor) -> Tensor {
    GlobalAveragePool()(featureMaps(images)[blocks.count - 1])
  }

  /// A linear layer whose first bias is zero.
  public func makeHead(
    outputs: Int, device: Device, using stream: inout RandomStream
  ) -> any Layer<Tensor, Tensor> {
    Self.head(featureCount, outputs, device: device, using: &stream)
  }

  /// torchvision's names.
  public var torchNames: WeightNames {
    [
      "stem": "features.conv0", "stemNorm": "features.norm0",
      "blocks.#.#": "features.denseblock#+1.denselayer#+1",
      "transitions.#": "features.transition#+1", "norms.#": "norm#+1",
      "convolutions.#": "conv#+1", "convolution": "conv", "finalNorm": "features.norm5",
      "head": "classifier",
    ]
  }

  /// PyTorch's default weight is Kaiming's uniform distribution under a slope of √5; said in full, it
  /// brings a bias of zeros.
  private static func head(
    _ inputs: Int, _ outputs: Int, device: Device, using stream: inout RandomStream
  ) -> Linear {
    Linear(
      inputs: inputs, outputs: outputs,
      initializer: .kaimingUniform(gain: .leakyReLU(slope: 5.0.squareRoot())), device: device,
      using: &stream)
  }
}

/// A layer of a dense block: normalization, rectifier and 1x1 convolution, then the same with 3x3;
/// joined to its input.
public final class DenseLayer: Layer {
  /// The normalizations before each convolution.
  public let norms: [BatchNorm]
  /// The 1x1 and the 3x3 convolution.
  public let convolutions: [Conv2d]
  /// Drops new values.
  public let dropout: Dropout

  init(
    _ inputs: Int, _ options: DenseNet.Options, device: Device, using stream: inout RandomStream
  ) {
    let inner = options.bottleneck * options.growth
    norms = [inputs, inner].map { BatchNorm(features: $0, device: device) }
    convolutions = [
      Conv2d(
        inputs: inputs, outputs: inner, kernel: 1, bias: false, initializer: .kaimingNormal(),
        device: device, using: &stream),
      Conv2d(
        inputs: inner, outputs: options.growth, kernel: 3, padding: 1, bias: false,
        initializer: .kaimingNormal(), device: device, using: &stream),
    ]
    dropout = Dropout(probability: options.dropout)
  }

  /// The input with new channels behind it.
  ///
  /// Input `[batch, inputs, height, width]`, output `[batch, inputs + growth, height, width]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    var value = input
    for (norm, convolution) in zip(norms, convolutions) {
      value = convolution(norm.rectified(value))
    }
    return Tensor.concatenated([input, dropout(value)], along: 1)
  }
}

/// Between dense blocks: normalization, rectifier, a 1x1 convolution to half of the channels, average
/// pooling by two.
public final class DenseTransition: Layer {
  /// The normalization.
  public let norm: BatchNorm
  /// The convolution.
  public let convolution: Conv2d

  init(_ inputs: Int, device: Device, using stream: inout RandomStream) {
    norm = BatchNorm(features: inputs, device: device)
    convolution = Conv2d(
      inputs: inputs, outputs: inputs / 2, kernel: 1, bias: false, initializer: .kaimingNormal(),
      device: device, using: &stream)
  }

  /// The smaller map.
  ///
  /// Input `[batch, inputs, height, width]`, output `[batch, inputs / 2, height / 2, width / 2]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    AveragePool2d(window: 2)(convolution(norm.rectified(input)))
  }
}
