public import HoneNN
public import HoneNumerics
public import HoneTensor

/// The residual network for small images (He et al.
///
/// 2016, section 4.2): a 3x3 convolution, three stages of basic blocks with 1, 2 and 4 times
/// `width` channels, global average pooling and a linear layer. Where a stage halves the map, the
/// shortcut takes every second pixel and fills new channels with zeros (option A), so that it has
/// no parameters.
public final class CIFARResNet: ImageBackbone, Recomputing {
  /// Whether blocks are computed again in the backward pass.
  public let recomputation = Recomputation()
  /// The first convolution.
  public let stem: Conv2d
  /// The normalization behind it.
  public let stemNorm: BatchNorm
  /// The blocks of each stage.
  public let stages: [[BasicBlock]]
  /// Drops pooled features before the head.
  public let dropout: Dropout
  /// From pooled features to the outputs.
  public var head: any Layer<Tensor, Tensor>

  /// A residual network; 20 layers of width 16 have 0.27 million parameters.
  /// - Parameters:
  ///   - depth: the number of layers with weights: 8, 14, 20, 26, 32, …
  ///   - inputs: the channels of an image.
  ///   - outputs: the number of classes or values.
  ///   - width: the channels of the first stage.
  ///   - dropout: the share of features that training drops before the head; the paper drops none.
  ///   - initializer: the first values of weights.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  /// - Precondition: `depth` is 2 more than a positive multiple of 6.
  public init(
    depth: Int = 20, inputs: Int = 3, outputs: Int = 10, width: Int = 16,
    dropout: Double = 0, initializer: Initializer = .kaimingNormal(), device: Device = .cpu,
    using stream: inout RandomStream
  ) {
    guard depth >= 8, depth % 6 == 2 else {
      fatalError(
        "CIFARResNet got depth: \(depth); it must be 2 more than a multiple of 6: 8, 14, 20, 26, …")
    }
    stem = Conv2d(
      inputs: inputs, outputs: width, kernel: 3, padding: 1, bias: false,
      initializer: initializer, device: device, using: &stream)
    stemNorm = BatchNorm(features: width, device: device)
    var stages: [[BasicBlock]] = []
    var channels = width
    for stage in 0..<3 {
      let features = width << stage
      var blocks: [BasicBlock] = []
      for _ in 0..<(depth - 2) / 6 {
        blocks.append(
          BasicBlock(
            inputs: channels, outputs: features, initializer: initializer, device: device,
            using: &stream))
        channels = features
      }
      stages.append(blocks)
    }
    self.stages = stages
    self.dropout = Dropout(probability: dropout)
    // Kaiming's scale is for rectifiers; on logits it would start the loss at twice the entropy.
    head = Linear(inputs: channels, outputs: outputs, device: device, using: &stream)
    if device.kind != .meta { arrange(.channelsLast) }
  }

  /// Logits or values.
  ///
  /// Input `[batch, inputs, height, width]`, output `[batch, outputs]`.
  public func callAsFunction(_ images: Tensor) -> Tensor { head(dropout(features(images))) }

  /// `width` channels of the first stage, twice and four times as many of the others.
  public var mapChannels: [Int] { stages.indices.map { stem.weight.shape[0] << $0 } }

  /// The channels of the last stage.
  public var featureCount: Int { mapChannels.last ?? 0 }

  /// The map behind each stage, at the image's size, half and a quarter of it.
  public func featureMaps(_ images: Tensor) -> [Tensor] {
    var map = stem.normalized(images, by: stemNorm, rectified: true)
    return stages.map { stage in
      for block in stage { map = recomputation(block, map) }
      return map
    }
  }

  /// The means of the last map's channels.
  public func features(_ images: Tensor) -> Tensor {
    var map = stem.normalized(images, by: stemNorm, rectified: true)
    for block in stages.joined() { map = recomputation(block, map) }
    return GlobalAveragePool()(map)
  }

  /// A linear layer with the values that linear layers begin with.
  public func makeHead(
    outputs: Int, device: Device, using stream: inout RandomStream
  ) -> any Layer<Tensor, Tensor> {
    Linear(inputs: featureCount, outputs: outputs, device: device, using: &stream)
  }
}
