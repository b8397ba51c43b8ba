extension ModelConfiguration {
  /// How a residual network begins.
  public enum Stem: String, Sendable, Codable, CaseIterable {
    /// A 7x7 convolution and a pooling, each with stride 2: for images of 100 pixels and more.
    case large
    /// A 3x3 convolution that keeps the size: for images of about 32 pixels.
    case small
  }

  /// The published AlexNets.
  public enum AlexNetVariant: String, Sendable, Codable, CaseIterable {
    /// 64-192-384-256-256 channels, as torchvision builds it (arXiv 1404.5997).
    case oneTower
    /// 96-256-384-384-256 channels in two groups (Krizhevsky et al. 2012).
    case original
  }

  /// The published SqueezeNets.
  public enum SqueezeNetVersion: String, Sendable, Codable, CaseIterable {
    /// The paper's.
    case paper
    /// The authors' later one, with less arithmetic.
    case lighter
  }

  /// The published third versions of MobileNet.
  public enum MobileNetSize: String, Sendable, Codable, CaseIterable {
    /// The paper's table 2.
    case small
    /// The paper's table 1.
    case large
  }
}
