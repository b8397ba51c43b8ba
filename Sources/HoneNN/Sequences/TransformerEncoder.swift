public import HoneNumerics
public import HoneTensor

/// Self-attention and a feed-forward part, each with a residual sum and a normalization (Vaswani and others
/// 2017, arXiv 1706.03762).
///
/// The state holds PyTorch's names: `self_attn.in_proj_weight`, `linear1.weight`, `norm1.weight`.
public final class TransformerEncoderLayer: Layer, ModeDependent {
  /// The attention of positions to each other.
  public let attention: MultiHeadAttention
  /// The first linear map of a position.
  public let expansion: Linear
  /// The second linear map of a position.
  public let contraction: Linear
  /// The normalization of the attention part.
  public let attentionNorm: LayerNorm
  /// The normalization of the feed-forward part.
  public let feedForwardNorm: LayerNorm
  /// Widths, dropout, activation, the place of norms.
  public let options: TransformerOptions
  /// Whether elements are dropped.
  public var isTraining = true

  /// A layer.
  /// - Parameters:
  ///   - features: the features of a position.
  ///   - heads: the number of attention heads.
  ///   - options: widths, dropout, activation, the place of norms.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  /// - Precondition: `heads` divides `features`.
  public init(
    features: Int, heads: Int, options: TransformerOptions = TransformerOptions(),
    device: Device = .cpu, using stream: inout RandomStream
  ) {
    requirePositive(options.feedForward, "feedForward", of: "TransformerEncoderLayer")
    var stream = stream.layerStream()
    self.options = options
    attention = MultiHeadAttention(
      features: features, heads: heads,
      options: .init(dropout: options.dropout, rotary: options.rotary), device: device,
      using: &stream)
    expansion = Linear(
      inputs: features, outputs: options.feedForward, device: device, using: &stream)
    contraction = Linear(
      inputs: options.feedForward, outputs: features, device: device, using: &stream)
    attentionNorm = LayerNorm(features: features, epsilon: options.epsilon, device: device)
    feedForwardNorm = LayerNorm(features: features, epsilon: options.epsilon, device: device)
  }

  /// The output without a mask: `[batch, time, features]` to the same shape.
  public func callAsFunction(_ input: Tensor) -> Tensor { self(input, mask: AttentionMask()) }

  /// The output under a mask: `[batch, time, features]` to the same shape.
  public func callAsFunction(_ input: Tensor, mask: AttentionMask) -> Tensor {
    if options.isNormFirst {
      let attended = input + dropped(attention(attentionNorm(input), mask: mask))
      return attended + feedForward(feedForwardNorm(attended))
    }
    let attended = attentionNorm(input + dropped(attention(input, mask: mask)))
    return feedForwardNorm(attended + feedForward(attended))
  }

  /// The parts under PyTorch's names.
  public var children: [ModuleChild] {
    [
      ModuleChild(name: "self_attn", content: .module(attention)),
      ModuleChild(name: "linear1", content: .module(expansion)),
      ModuleChild(name: "linear2", content: .module(contraction)),
      ModuleChild(name: "norm1", content: .module(attentionNorm)),
      ModuleChild(name: "norm2", content: .module(feedForwardNorm)),
    ]
  }

  private func feedForward(_ input: Tensor) -> Tensor {
    let maps = FeedForward(
      expansion: expansion, contraction: contraction, activation: options.activation,
      dropout: isTraining ? options.dropout : 0)
    return dropped(maps(input))
  }

  private func dropped(_ input: Tensor) -> Tensor {
    isTraining && options.dropout > 0 && !input.isMeta
      ? elementsDropped(input, options.dropout) : input
  }
}

/// A stack of encoder layers.
///
/// Each layer draws its own first values, where PyTorch copies those of one.
public final class TransformerEncoder: Layer {
  /// The layers in their order.
  public let layers: [TransformerEncoderLayer]
  /// What normalizes the last output; nil for none.
  public let norm: LayerNorm?

  /// A stack.
  /// - Parameters:
  ///   - layers: the number of layers.
  ///   - features: the features of a position.
  ///   - heads: the number of attention heads.
  ///   - options: widths, dropout, activation, the place of norms.
  ///   - hasFinalNorm: whether the last output is normalized; where norms come first unless given.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  public init(
    layers: Int, features: Int, heads: Int, options: TransformerOptions = TransformerOptions(),
    hasFinalNorm: Bool? = nil, device: Device = .cpu, using stream: inout RandomStream
  ) {
    requirePositive(layers, "layers", of: "TransformerEncoder")
    var made: [TransformerEncoderLayer] = []
    for _ in 0..<layers {
      made.append(
        TransformerEncoderLayer(
          features: features, heads: heads, options: options, device: device, using: &stream))
    }
    self.layers = made
    norm =
      hasFinalNorm ?? options.isNormFirst
      ? LayerNorm(features: features, epsilon: options.epsilon, device: device) : nil
  }

  /// The output without a mask: `[batch, time, features]` to the same shape.
  public func callAsFunction(_ input: Tensor) -> Tensor { self(input, mask: AttentionMask()) }

  /// The output under a mask: `[batch, time, features]` to the same shape.
  public func callAsFunction(_ input: Tensor, mask: AttentionMask) -> Tensor {
    let encoded = layers.reduce(input) { $1($0, mask: mask) }
    return norm?(encoded) ?? encoded
  }
}
