public import HoneNumerics
public import HoneTensor

/// Causal self-attention, attention to an encoder's output and a feed-forward part, each with a residual
/// sum and a normalization (Vaswani and others 2017, arXiv 1706.03762).
///
/// The state holds PyTorch's names: `self_attn.…`, `multihead_attn.…`, `linear1.weight`, `norm3.weight`.
public final class TransformerDecoderLayer: Module, ModeDependent {
  /// The attention of positions to earlier ones.
  public let attention: MultiHeadAttention
  /// The attention to the encoder's output.
  public let crossAttention: MultiHeadAttention
  /// The first linear map of a position.
  public let expansion: Linear
  /// The second linear map of a position.
  public let contraction: Linear
  /// The normalizations of the three parts, in their order.
  public let norms: [LayerNorm]
  /// Widths, dropout, activation, the place of norms.
  public let options: TransformerOptions
  /// Whether elements are dropped.
  public var isTraining = true

  /// A layer.
  /// - Parameters:
  ///   - features: the features of a position, in both sequences.
  ///   - heads: the number of attention heads.
  ///   - options: widths, dropout, activation, the place of norms.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  /// - Precondition: `heads` divides `features`.
  public init(
    features: Int, heads: Int, options: TransformerOptions = TransformerOptions(),
    device: Device = .cpu, using stream: inout RandomStream
  ) {
    requirePositive(options.feedForward, "feedForward", of: "TransformerDecoderLayer")
    var stream = stream.layerStream()
    self.options = options
    attention = MultiHeadAttention(
      features: features, heads: heads,
      options: .init(dropout: options.dropout, rotary: options.rotary), device: device,
      using: &stream)
    crossAttention = MultiHeadAttention(
      features: features, heads: heads, options: .init(dropout: options.dropout), device: device,
      using: &stream)
    expansion = Linear(
      inputs: features, outputs: options.feedForward, device: device, using: &stream)
    contraction = Linear(
      inputs: options.feedForward, outputs: features, device: device, using: &stream)
    norms = (0..<3).map { _ in
      LayerNorm(features: features, epsilon: options.epsilon, device: device)
    }
  }

  /// The output for a sequence beside the encoder's output.
  /// - Parameters:
  ///   - input: `[batch, time, features]`.
  ///   - memory: the encoder's output, `[batch, memory, features]`.
  ///   - mask: which positions of the sequence a position may look at; the earlier ones.
  ///   - memoryMask: which positions of the memory it may look at.
  /// - Returns: `[batch, time, features]`.
  public func callAsFunction(
    _ input: Tensor, memory: Tensor, mask: AttentionMask = AttentionMask(isCausal: true),
    memoryMask: AttentionMask = AttentionMask()
  ) -> Tensor {
    func attended(_ value: Tensor) -> Tensor { dropped(attention(value, mask: mask)) }
    func looked(_ value: Tensor) -> Tensor {
      dropped(crossAttention(value, keys: memory, values: memory, mask: memoryMask))
    }
    if options.isNormFirst {
      let first = input + attended(norms[0](input))
      let second = first + looked(norms[1](first))
      return second + feedForward(norms[2](second))
    }
    let first = norms[0](input + attended(input))
    let second = norms[1](first + looked(first))
    return norms[2](second + feedForward(second))
  }

  /// The parts under PyTorch's names.
  public var children: [ModuleChild] {
    [
      ModuleChild(name: "self_attn", content: .module(attention)),
      ModuleChild(name: "multihead_attn", content: .module(crossAttention)),
      ModuleChild(name: "linear1", content: .module(expansion)),
      ModuleChild(name: "linear2", content: .module(contraction)),
    ]
      + norms.enumerated().map {
        ModuleChild(name: "norm\($0.offset + 1)", content: .module($0.element))
      }
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

/// A stack of decoder layers.
///
/// Each layer draws its own first values, where PyTorch copies those of one.
public final class TransformerDecoder: Module {
  /// The layers in their order.
  public let layers: [TransformerDecoderLayer]
  /// What normalizes the last output; nil for none.
  public let norm: LayerNorm?

  /// A stack.
  /// - Parameters:
  ///   - layers: the number of layers.
  ///   - features: the features of a position, in both sequences.
  ///   - heads: the number of attention heads.
  ///   - options: widths, dropout, activation, the place of norms.
  ///   - hasFinalNorm: whether the last output is normalized; where norms come first unless given.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  public init(
    layers: Int, features: Int, heads: Int, options: TransformerOptions = TransformerOptions(),
    hasFinalNorm: Bool? = nil, device: Device = .cpu, using stream: inout RandomStream
  ) {
    requirePositive(layers, "layers", of: "TransformerDecoder")
    var made: [TransformerDecoderLayer] = []
    for _ in 0..<layers {
      made.append(
        TransformerDecoderLayer(
          features: features, heads: heads, options: options, device: device, using: &stream))
    }
    self.layers = made
    norm =
      hasFinalNorm ?? options.isNormFirst
      ? LayerNorm(features: features, epsilon: options.epsilon, device: device) : nil
  }

  /// The output for a sequence beside the encoder's output.
  /// - Parameters:
  ///   - input: `[batch, time, features]`.
  ///   - memory: the encoder's output, `[batch, memory, features]`.
  ///   - mask: which positions of the sequence a position may look at; the earlier ones.
  ///   - memoryMask: which positions of the memory it may look at.
  /// - Returns: `[batch, time, features]`.
  public func callAsFunction(
    _ input: Tensor, memory: Tensor, mask: AttentionMask = AttentionMask(isCausal: true),
    memoryMask: AttentionMask = AttentionMask()
  ) -> Tensor {
    let decoded = layers.reduce(input) {
      $1($0, memory: memory, mask: mask, memoryMask: memoryMask)
    }
    return norm?(decoded) ?? decoded
  }
}
