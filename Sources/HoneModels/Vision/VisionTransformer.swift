public import HoneNN
public import HoneNumerics
public import HoneTensor

/// The vision transformer (Dosovitskiy and others 2020, arXiv 2010.11929), as torchvision builds it: an
/// image's patches and a class token run through transformer blocks; the head judges the token.
///
/// First values are torchvision's: patches by LeCun's normal distribution, positions with a standard
/// deviation of 0.02, linear layers of the blocks by Xavier's uniform distribution, zeros for the
/// class token and the head.
public final class VisionTransformer: ImageBackbone, ForeignWeights, Recomputing {
  /// Whether blocks are computed again in the backward pass.
  public let recomputation = Recomputation()
  /// The architecture.
  public struct Options: Sendable, Hashable {
    /// The height and width of images.
    public var imageSize: Int
    /// The height and width of a patch.
    public var patchSize: Int
    /// The number of blocks.
    public var depth: Int
    /// The number of heads of each attention.
    public var heads: Int
    /// The features of a token.
    public var width: Int
    /// The hidden features of each block's linear layers.
    public var hiddenWidth: Int
    /// The share of values that training drops behind attention and linear layers.
    public var dropout: Double
    /// The share of attention weights that training drops.
    public var attentionDropout: Double

    /// Options; those left out make torchvision's `vit_b_16`.
    public init(
      imageSize: Int = 224, patchSize: Int = 16, depth: Int = 12, heads: Int = 12,
      width: Int = 768, hiddenWidth: Int = 3072
    ) {
      self.imageSize = imageSize
      self.patchSize = patchSize
      self.depth = depth
      self.heads = heads
      self.width = width
      self.hiddenWidth = hiddenWidth
      dropout = 0
      attentionDropout = 0
    }

    /// A small transformer for images of about 32 pixels: patches of 4x4, six blocks of four heads and
    /// 192 features.
    public static func small(imageSize: Int = 32) -> Options {
      Options(
        imageSize: imageSize, patchSize: 4, depth: 6, heads: 4, width: 192, hiddenWidth: 384)
    }
  }

  /// The architecture.
  public let options: Options
  /// From patches to tokens.
  public let patches: Conv2d
  /// The token that the head judges, `[1, 1, width]`.
  public let classToken: Parameter
  /// What is added to each token, `[1, patches + 1, width]`.
  public let positions: Parameter
  /// Drops values of tokens before the first block.
  public let dropout: Dropout
  /// The blocks.
  public let blocks: [VisionTransformerBlock]
  /// The normalization behind the last block.
  public let finalNorm: LayerNorm
  /// From the class token to the outputs.
  public var head: any Layer<Tensor, Tensor>

  /// A network.
  /// - Parameters:
  ///   - options: the architecture.
  ///   - inputs: the channels of an image.
  ///   - outputs: the number of classes or values.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  /// - Precondition: the patch's size divides the image's, the heads the width.
  public init(
    _ options: Options = Options(), inputs: Int = 3, outputs: Int = 1000, device: Device = .cpu,
    using stream: inout RandomStream
  ) {
    guard options.imageSize.isMultiple(of: options.patchSize) else {
      fatalError(
        "VisionTransformer got imageSize: \(options.imageSize) and patchSize: "
          + "\(options.patchSize); the patch's size must divide the image's.")
    }
    self.options = options
    let side = options.imageSize / options.patchSize
    patches = Conv2d(
      inputs: inputs, outputs: options.width, kernel: options.patchSize,
      stride: options.patchSize, initializer: .leCunNormal, device: device, using: &stream)
    classToken = Parameter(Tensor.zeros([1, 1, options.width], device: device))
    positions = Parameter(
      Initializer.normal(standardDeviation: 0.02)
        .tensor([1, side * side + 1, options.width], device: device, using: &stream))
    dropout = Dropout(probability: options.dropout)
    var blocks: [VisionTransformerBlock] = []
    for _ in 0..<options.depth {
      blocks.append(VisionTransformerBlock(options, device: device, using: &stream))
    }
    self.blocks = blocks
    finalNorm = LayerNorm(features: options.width, epsilon: 1e-6, device: device)
    head = Self.head(options.width, outputs, device: device, using: &stream)
    if device.kind != .meta { arrange(.channelsLast) }
  }

  /// Logits or values.
  ///
  /// Input `[batch, inputs, imageSize, imageSize]`, output `[batch, outputs]`.
  public func callAsFunction(_ images: Tensor) -> Tensor { head(features(images)) }

  /// The features of a token, at each of four depths.
  public var mapChannels: [Int] { stageEnds.map { _ in options.width } }

  /// The features of a token.
  public var featureCount: Int { options.width }

  /// The tokens of patches as a map, behind each quarter of the blocks: all of one resolution,
  /// `[batch, width, imageSize / patchSize, imageSize / patchSize]`.
  public func featureMaps(_ images: Tensor) -> [Tensor] {
    let side = options.imageSize / options.patchSize
    var maps: [Tensor] = []
    var tokens = embedded(images)
    for (index, block) in blocks.enumerated() {
      tokens = recomputation(block, tokens)
      guard stageEnds.contains(index), !tokens.isPoisoned else { continue }
      let patches = tokens.sliced(1..<(side * side + 1), along: 1).transposed(1, 2)
      maps.append(patches.reshaped([tokens.shape[0], options.width, side, side]))
    }
    return maps
  }

  /// The class token behind the last block, normalized.
  public func features(_ images: Tensor) -> Tensor {
    let tokens = blocks.reduce(embedded(images)) { recomputation($1, $0) }
    return finalNorm(tokens.selected(0, along: 1))
  }

  /// A linear layer of zeros.
  public func makeHead(
    outputs: Int, device: Device, using stream: inout RandomStream
  ) -> any Layer<Tensor, Tensor> {
    Self.head(options.width, outputs, device: device, using: &stream)
  }

  /// torchvision's names.
  public var torchNames: WeightNames {
    [
      "patches": "conv_proj", "classToken": "class_token", "positions": "encoder.pos_embedding",
      "blocks.#": "encoder.layers.encoder_layer_#", "attentionNorm": "ln_1",
      "attention": "self_attention", "norm": "ln_2", "expansion": "mlp.0", "projection": "mlp.3",
      "finalNorm": "encoder.ln", "head": "heads.head",
    ]
  }

  /// The last block of each quarter.
  private var stageEnds: [Int] {
    let quarters = (1...4).map { max(1, blocks.count * $0 / 4) - 1 }
    return Set(quarters).sorted()
  }

  /// The tokens before the first block, `[batch, patches + 1, width]`.
  private func embedded(_ images: Tensor) -> Tensor {
    if images.isPoisoned { return images }
    let shape = images.shape
    guard shape.count == 4, shape[2] == options.imageSize, shape[3] == options.imageSize else {
      return failPrecondition(
        "VisionTransformer(imageSize: \(options.imageSize)) received a tensor of shape \(shape); "
          + "height and width must be \(options.imageSize).")
    }
    let tokens = patches(images).flattened(from: 2).transposed(1, 2)
    let token = classToken.value.expanded(to: [shape[0], 1, options.width])
    return dropout(Tensor.concatenated([token, tokens], along: 1) + positions.value)
  }

  private static func head(
    _ inputs: Int, _ outputs: Int, device: Device, using stream: inout RandomStream
  ) -> Linear {
    Linear(
      inputs: inputs, outputs: outputs, initializer: .zeros, device: device, using: &stream)
  }
}

/// A block of a `VisionTransformer`: attention and two linear layers, each behind a normalization and
/// added to its input.
public final class VisionTransformerBlock: Layer {
  /// The normalization before the attention.
  public let attentionNorm: LayerNorm
  /// The attention of tokens to each other.
  public let attention: MultiHeadAttention
  /// The normalization before the linear layers.
  public let norm: LayerNorm
  /// To the hidden features.
  public let expansion: Linear
  /// Back again.
  public let projection: Linear
  /// Drops values behind attention and linear layers.
  public let dropout: Dropout

  init(
    _ options: VisionTransformer.Options, device: Device, using stream: inout RandomStream
  ) {
    attentionNorm = LayerNorm(features: options.width, epsilon: 1e-6, device: device)
    attention = MultiHeadAttention(
      features: options.width, heads: options.heads,
      options: .init(dropout: options.attentionDropout), device: device, using: &stream)
    norm = LayerNorm(features: options.width, epsilon: 1e-6, device: device)
    expansion = Linear(
      inputs: options.width, outputs: options.hiddenWidth, initializer: .xavierUniform(),
      device: device, using: &stream)
    projection = Linear(
      inputs: options.hiddenWidth, outputs: options.width, initializer: .xavierUniform(),
      device: device, using: &stream)
    dropout = Dropout(probability: options.dropout)
  }

  /// The tokens, of the input's shape `[batch, tokens, width]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    let tokens = dropout(attention(attentionNorm(input))) + input
    let hidden = dropout(Activation.gelu()(expansion(norm(tokens))))
    return tokens + dropout(projection(hidden))
  }
}
