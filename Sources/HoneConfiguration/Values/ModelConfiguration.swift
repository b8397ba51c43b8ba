/// The model: its architecture, and where its first weights come from.
public struct ModelConfiguration: Sendable, Equatable, Codable {
  /// A ready model or a list of layers.
  public var architecture: Architecture = .auto
  /// A file of weights to start from.
  public var pretrained: String?
  /// Which weights training leaves alone.
  public var freeze: Freezing = .none

  /// The model settings in which nothing was set.
  public init() {}

  /// Which weights training leaves alone.
  public enum Freezing: String, Sendable, Codable, CaseIterable {
    /// No weights.
    case none
    /// All but the last layer's.
    case backbone
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
    /// Layers one after the other.
    case layers(layers: [LayerSpecification])
  }
}
