/// The model: its architecture, and where its first weights come from.
public struct ModelConfiguration: Sendable, Equatable, Codable {
  /// A ready model or a list of layers.
  public var architecture: Architecture = .auto
  /// A file of weights to start from.
  public var pretrained: String?
  /// Which weights training leaves alone.
  public var freeze: Freezing = .none
  /// Epochs between the unfreezing of one stage and the next, with `freeze: gradual`.
  public var unfreezeEvery = 1
  /// How many times lower each stage's learning rate is than the next one's.
  ///
  /// The head's rate is whole; nil gives all the same. ULMFiT uses 2.6 (arXiv 1801.06146).
  public var stageRateFactor: Double?

  /// The model settings in which nothing was set.
  public init() {}

  /// Which weights training leaves alone.
  public enum Freezing: String, Sendable, Codable, CaseIterable {
    /// No weights.
    case none
    /// All but the last layer's.
    case backbone
    /// All but the last layer's at first, then stage after stage from the end fewer.
    case gradual
  }

  /// A ready model or a list of layers.
  public enum Architecture: Sendable, Equatable, Codable {
    /// Chosen by the data: `cnn` for images, `mlp` for tables.
    case auto
    /// Fully connected layers of the given widths.
    case mlp(
      widths: [Int] = [128, 64], activation: ActivationName = .relu,
      normalization: NormalizationLayer = .none, dropout: Double = 0)
    /// Three stages of convolutions; `width` is the channels of the first.
    case cnn(
      width: Int = 16, activation: ActivationName = .relu,
      normalization: NormalizationLayer = .batchNorm, dropout: Double = 0)
    /// The residual network of twenty layers for small images (He et al. 2015, arXiv 1512.03385).
    case resnet20(width: Int = 16, dropout: Double = 0)
    /// A linear classifier of the mean of word vectors (arXiv 1607.01759).
    case bagOfEmbeddings(features: Int = 100, dropout: Double = 0)
    /// Convolutions of several widths over word vectors (Kim 2014, arXiv 1408.5882).
    case textCNN(
      features: Int = 128, windows: [Int] = [3, 4, 5], maps: Int = 100, dropout: Double = 0.5)
    /// Long short-term memories over word vectors.
    case lstm(
      features: Int = 128, width: Int = 128, depth: Int = 1, bidirectional: Bool = true,
      dropout: Double = 0.2)
    /// Gated recurrent units over word vectors.
    case gru(
      features: Int = 128, width: Int = 128, depth: Int = 1, bidirectional: Bool = true,
      dropout: Double = 0.2)
    /// A Transformer encoder over word vectors (arXiv 1706.03762).
    case transformer(
      features: Int = 128, depth: Int = 2, heads: Int = 4, feedForward: Int = 256,
      dropout: Double = 0.1)
    /// Fully connected layers over numbers and vectors of categories (arXiv 1604.06737).
    case tabularMLP(
      widths: [Int] = [200, 100], activation: ActivationName = .relu,
      normalization: NormalizationLayer = .batchNorm, dropout: Double = 0)
    /// A residual network over numbers and vectors of categories (arXiv 2106.11959).
    case tabularResNet(
      blocks: Int = 2, width: Int = 192, expansion: Double = 2, hiddenDropout: Double = 0.15,
      residualDropout: Double = 0)
    /// A Transformer over the columns of a table (arXiv 2106.11959).
    case ftTransformer(
      blocks: Int = 3, width: Int = 192, heads: Int = 8, expansion: Double = 4.0 / 3,
      attentionDropout: Double = 0.2, hiddenDropout: Double = 0.1, residualDropout: Double = 0)
    /// Layers one after the other.
    case layers(layers: [LayerSpecification])
  }
}
