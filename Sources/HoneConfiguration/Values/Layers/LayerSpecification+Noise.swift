extension LayerSpecification {
  /// Layers that disturb activations while training and do nothing afterwards.
  public enum Noise: Sendable, Equatable, Codable {
    /// Zeroes activations and scales the rest (Srivastava et al. 2014).
    case dropout(probability: Double = 0.5)
  }
}
