extension LayerSpecification {
  /// Layers that bring activations to a common scale.
  public enum Normalization: Sendable, Equatable, Codable {
    /// Normalisation over the batch (arXiv 1502.03167).
    case batchNorm(momentum: Double = 0.1, epsilon: Double = 1e-5)
    /// Normalisation over a sample's features (arXiv 1607.06450).
    case layerNorm(epsilon: Double = 1e-5)
    /// Normalisation over groups of a sample's channels (arXiv 1803.08494).
    case groupNorm(groups: Int, epsilon: Double = 1e-5, affine: Bool = true)
  }
}
