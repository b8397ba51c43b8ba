public import HoneNN
public import HoneNumerics
public import HoneTensor

/// A Transformer over the columns of a row (Gorishniy and others 2021, arXiv 2106.11959): every column
/// becomes a token, blocks of attention and ReGLU follow, and the class token gives the output.
///
/// The paper trains it by AdamW with a rate of 1e-4 and a weight decay of 1e-5.
public final class FTTransformer: Layer {
  /// What a network has besides its extents; the values of the authors' package.
  public struct Options: Sendable, Hashable {
    /// The number of blocks.
    public var blocks: Int
    /// The features of a token.
    public var width: Int
    /// The number of attention heads.
    public var heads: Int
    /// The features inside a block, as a multiple of `width`.
    public var expansion: Double
    /// The share of attention weights that training drops.
    public var attentionDropout: Double
    /// The share of features that training drops inside a block.
    public var hiddenDropout: Double
    /// The share of features that training drops behind each part of a block.
    public var residualDropout: Double

    /// Options.
    public init(
      blocks: Int = 3, width: Int = 192, heads: Int = 8, expansion: Double = 4.0 / 3,
      attentionDropout: Double = 0.2, hiddenDropout: Double = 0.1, residualDropout: Double = 0
    ) {
      self.blocks = blocks
      self.width = width
      self.heads = heads
      self.expansion = expansion
      self.attentionDropout = attentionDropout
      self.hiddenDropout = hiddenDropout
      self.residualDropout = residualDropout
    }
  }

  /// What makes tokens of columns.
  public let tokenizer: FeatureTokenizer
  /// The blocks.
  public let blocks: [FTTransformerBlock]
  /// The normalization of the class token.
  public let norm: LayerNorm
  /// From the class token to the outputs.
  public let head: Linear

  /// A Transformer for tables.
  /// - Parameters:
  ///   - layout: the layout of rows.
  ///   - outputs: the number of classes or values.
  ///   - options: blocks, widths, heads, dropout.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  /// - Precondition: the heads divide the width.
  public init(
    layout: TabularLayout, outputs: Int, options: Options = Options(), device: Device = .cpu,
    using stream: inout RandomStream
  ) {
    tokenizer = FeatureTokenizer(
      layout: layout, features: options.width, device: device, using: &stream)
    var blocks: [FTTransformerBlock] = []
    for index in 0..<options.blocks {
      blocks.append(
        FTTransformerBlock(
          options: options, normalizesFirst: index > 0, device: device, using: &stream))
    }
    self.blocks = blocks
    norm = LayerNorm(features: options.width, device: device)
    head = Linear(inputs: options.width, outputs: outputs, device: device, using: &stream)
  }

  /// Logits or values.
  ///
  /// Input `[batch, numbers + columns]`, output `[batch, outputs]`.
  public func callAsFunction(_ rows: Tensor) -> Tensor {
    var tokens = tokenizer(rows)
    for (index, block) in blocks.enumerated() {
      tokens = block(tokens, onlyLast: index == blocks.count - 1)
    }
    if tokens.isPoisoned { return tokens }
    let marks = tokens.selected(tokens.shape[1] - 1, along: 1)
    return head(Activation.relu(norm(marks)))
  }
}

/// A block of `FTTransformer`: attention among tokens, then ReGLU, each over normalized tokens and added
/// to them.
public final class FTTransformerBlock: Layer {
  /// The normalization before the attention; nil in the first block, as the paper found best.
  public let attentionNorm: LayerNorm?
  /// The attention among tokens.
  public let attention: MultiHeadAttention
  /// The normalization before the linear maps.
  public let hiddenNorm: LayerNorm
  /// To twice the hidden features: values and their gates.
  public let expansion: Linear
  /// Back to tokens.
  public let contraction: Linear
  /// What drops hidden features.
  public let hiddenDropout: Dropout
  /// What drops features behind each part.
  public let residualDropout: Dropout

  /// A block.
  /// - Parameters:
  ///   - options: the network's options.
  ///   - normalizesFirst: whether tokens are normalized before the attention.
  ///   - device: where the parameters are.
  ///   - stream: where the first values come from.
  init(
    options: FTTransformer.Options, normalizesFirst: Bool, device: Device,
    using stream: inout RandomStream
  ) {
    let hidden = Int(Double(options.width) * options.expansion)
    attentionNorm = normalizesFirst ? LayerNorm(features: options.width, device: device) : nil
    attention = MultiHeadAttention(
      features: options.width, heads: options.heads,
      options: .init(dropout: options.attentionDropout), device: device, using: &stream)
    hiddenNorm = LayerNorm(features: options.width, device: device)
    expansion = Linear(
      inputs: options.width, outputs: 2 * hidden, device: device, using: &stream)
    contraction = Linear(inputs: hidden, outputs: options.width, device: device, using: &stream)
    hiddenDropout = Dropout(probability: options.hiddenDropout)
    residualDropout = Dropout(probability: options.residualDropout)
  }

  /// The tokens after the block: `[batch, tokens, features]` to the same shape.
  public func callAsFunction(_ tokens: Tensor) -> Tensor { self(tokens, onlyLast: false) }

  /// The tokens after the block, or the last one alone, which is all that the last block is asked for.
  func callAsFunction(_ tokens: Tensor, onlyLast: Bool) -> Tensor {
    if tokens.isPoisoned { return tokens }
    let count = tokens.shape[1]
    let normalized = attentionNorm?(tokens) ?? tokens
    let own = onlyLast ? (count - 1)..<count : 0..<count
    let attended =
      onlyLast
      ? attention(normalized.sliced(own, along: 1), keys: normalized, values: normalized)
      : attention(normalized)
    let sum = tokens.sliced(own, along: 1) + residualDropout(attended)
    let gated = expansion(hiddenNorm(sum))
    if gated.isPoisoned { return gated }
    let parts = gated.split(size: gated.shape[2] / 2, along: 2)
    let hidden = hiddenDropout(parts[0] * Activation.relu(parts[1]))
    return sum + residualDropout(contraction(hidden))
  }
}
