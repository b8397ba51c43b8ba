public import HoneNN
public import HoneNumerics
public import HoneTensor

/// The residual network (He and others 2015, arXiv 1512.03385) and its relatives: ResNeXt, wide networks,
/// pre-activation, squeeze-and-excitation; for large images as torchvision builds it, and for small
/// ones.
///
/// First values are torchvision's: Kaiming's normal distribution by fan-out for convolutions, ones and
/// zeros for normalizations, PyTorch's default for the head.
/// `CIFARResNet` is the network for small images whose shortcuts have no parameters.
public final class ResNet: ImageBackbone, ForeignWeights, Recomputing {
  /// Whether blocks are computed again in the backward pass.
  public let recomputation = Recomputation()
  /// The architecture.
  public let options: Options
  /// The first convolution.
  public let stem: Conv2d
  /// The normalization behind it; with `.pre` the first block has its own.
  public let stemNorm: BatchNorm?
  /// The blocks of each stage.
  public let stages: [[ResidualBlock]]
  /// The normalization behind the last block, with `.pre` only.
  public let finalNorm: BatchNorm?
  /// Drops features before the head.
  public let dropout: Dropout
  /// From pooled features to the outputs.
  public var head: any Layer<Tensor, Tensor>

  /// A residual network.
  /// - Parameters:
  ///   - options: the architecture: `.depth(50)`, `.wide(depth: 28, factor: 10)`, ….
  ///   - inputs: the channels of an image.
  ///   - outputs: the number of classes or values.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  public init(
    _ options: Options = .depth(18), inputs: Int = 3, outputs: Int = 1000, device: Device = .cpu,
    using stream: inout RandomStream
  ) {
    self.options = options
    let isLarge = options.stem == .large
    var channels = options.stemWidth ?? options.width
    stem = Conv2d(
      inputs: inputs, outputs: channels, kernel: isLarge ? 7 : 3, stride: isLarge ? 2 : 1,
      padding: isLarge ? 3 : 1, bias: false, initializer: .kaimingNormal(mode: .outputs),
      device: device, using: &stream)
    stemNorm = options.order == .post ? BatchNorm(features: channels, device: device) : nil
    var stages: [[ResidualBlock]] = []
    for (stage, count) in options.counts.enumerated() {
      var blocks: [ResidualBlock] = []
      for index in 0..<count {
        blocks.append(
          ResidualBlock(
            options, inputs: channels, stage: stage, stride: index == 0 && stage > 0 ? 2 : 1,
            device: device, using: &stream))
        channels = options.outputs(ofStage: stage)
      }
      stages.append(blocks)
    }
    self.stages = stages
    finalNorm = options.order == .pre ? BatchNorm(features: channels, device: device) : nil
    dropout = Dropout(probability: options.dropout)
    head = Linear(inputs: channels, outputs: outputs, device: device, using: &stream)
    if device.kind != .meta { arrange(.channelsLast) }
  }

  /// Logits or values.
  ///
  /// Input `[batch, inputs, height, width]`, output `[batch, outputs]`.
  public func callAsFunction(_ images: Tensor) -> Tensor { head(dropout(features(images))) }

  /// The channels behind each stage.
  public var mapChannels: [Int] { options.counts.indices.map(options.outputs(ofStage:)) }

  /// The channels behind the last stage.
  public var featureCount: Int { options.outputs(ofStage: options.counts.count - 1) }

  /// The map behind each stage; with `.pre` the last one is normalized and rectified.
  public func featureMaps(_ images: Tensor) -> [Tensor] {
    var map = stemNorm.map { stem.normalized(images, by: $0, rectified: true) } ?? stem(images)
    if options.stem == .large { map = MaxPool2d(window: 3, stride: 2, padding: 1)(map) }
    var maps: [Tensor] = []
    for blocks in stages {
      for block in blocks { map = recomputation(block, map) }
      maps.append(map)
    }
    if let finalNorm { maps[maps.count - 1] = finalNorm.rectified(map) }
    return maps
  }

  /// The means of the last map's channels.
  public func features(_ images: Tensor) -> Tensor {
    GlobalAveragePool()(featureMaps(images)[stages.count - 1])
  }

  /// A linear layer with PyTorch's default first values.
  public func makeHead(
    outputs: Int, device: Device, using stream: inout RandomStream
  ) -> any Layer<Tensor, Tensor> {
    Linear(inputs: featureCount, outputs: outputs, device: device, using: &stream)
  }

  /// torchvision's names.
  public var torchNames: WeightNames {
    [
      "stem": "conv1", "stemNorm": "bn1", "stages.#": "layer#+1", "convolutions.#": "conv#+1",
      "norms.#": "bn#+1", "shortcut": "downsample.0", "shortcutNorm": "downsample.1",
      "finalNorm": "bn", "head": "fc",
    ]
  }
}
