/// The model: its architecture, and where its first weights come from.
public struct ModelConfiguration: Sendable, Equatable, Codable {
  /// A ready model or a list of layers.
  public var architecture: Architecture = .auto
  /// Whether the weights are scaled layer by layer until a training batch comes out of each with a
  /// variance of one (LSUV, arXiv 1511.06422).
  public var lsuv = false
  /// What the last layer's bias begins with.
  public var outputBias: OutputBias = .initializer
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

  /// What the last layer's bias begins with.
  public enum OutputBias: String, Sendable, Codable, CaseIterable {
    /// What its layer's initializer gives.
    case initializer
    /// The logarithms of the classes' frequencies in the training split, or the targets' mean.
    case prior
  }

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
    /// Fully connected layers: `repeats` blocks of each width, their parts in an order.
    case mlp(
      widths: [Int] = [128, 64], activation: ActivationName = .relu,
      normalization: NormalizationLayer = .none, dropout: Double = 0, repeats: Int = 1,
      order: [BlockPart] = BlockPart.allCases)
    /// Three stages of convolutions; `width` is the channels of the first.
    case cnn(
      width: Int = 16, activation: ActivationName = .relu,
      normalization: NormalizationLayer = .batchNorm, dropout: Double = 0)
    /// A residual network for small images (He et al. 2015, arXiv 1512.03385): `resnet20` and others.
    case smallResnet(
      depth: Int = 20, width: Int = 16, preActivation: Bool = false, squeezeExcitation: Int? = nil,
      dropout: Double = 0)
    /// A wide residual network for small images (arXiv 1605.07146).
    case wideResnet(depth: Int = 28, factor: Int = 10, dropout: Double = 0)
    /// A residual network for large images: `resnet50` and others, `resnext50`, `wideResnet50`.
    case resnet(
      depth: Int = 50, stem: Stem = .large, width: Int = 64, groups: Int = 1,
      groupWidth: Int = 64, preActivation: Bool = false, squeezeExcitation: Int? = nil,
      dropout: Double = 0)
    /// LeNet-5 (LeCun et al. 1998).
    case leNet(activation: ActivationName = .tanh)
    /// AlexNet (arXiv 1404.5997; Krizhevsky et al. 2012).
    case alexNet(variant: AlexNetVariant = .oneTower, dropout: Double = 0.5)
    /// VGG (arXiv 1409.1556): `vgg16`, `vgg16BatchNorm` and others.
    case vgg(
      depth: Int = 16, batchNorm: Bool = false, widthMultiplier: Double = 1, dropout: Double = 0.5)
    /// GoogLeNet (arXiv 1409.4842).
    case googLeNet(dropout: Double = 0.2)
    /// Inception's third version (arXiv 1512.00567).
    case inceptionV3(dropout: Double = 0.5)
    /// SqueezeNet (arXiv 1602.07360).
    case squeezeNet(version: SqueezeNetVersion = .lighter, dropout: Double = 0.5)
    /// DenseNet-121 (arXiv 1608.06993).
    case denseNet121(growth: Int = 32, dropout: Double = 0)
    /// MobileNet's second version (arXiv 1801.04381).
    case mobileNetV2(widthMultiplier: Double = 1, dropout: Double = 0.2)
    /// MobileNet's third version (arXiv 1905.02244).
    case mobileNetV3(
      size: MobileNetSize = .large, widthMultiplier: Double = 1, dropout: Double = 0.2)
    /// EfficientNet (arXiv 1905.11946).
    case efficientNetB0(
      widthMultiplier: Double = 1, depthMultiplier: Double = 1, dropout: Double = 0.2,
      stochasticDepth: Double = 0.2)
    /// ConvNeXt (arXiv 2201.03545).
    case convNeXtTiny(stochasticDepth: Double = 0.1)
    /// A vision transformer (arXiv 2010.11929); a small one by default, `visionTransformerB16` the paper's.
    case visionTransformer(
      patch: Int = 4, depth: Int = 6, heads: Int = 4, width: Int = 192, hiddenWidth: Int = 384,
      dropout: Double = 0)
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
