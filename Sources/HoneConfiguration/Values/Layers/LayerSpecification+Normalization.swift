extension LayerSpecification {
  /// Layers that bring activations to a common scale.
  public enum Normalization: Sendable, Equatable, Codable {
    /// Normalisation over the batch (arXiv 1502.03167).
    case batchNorm(
      momentum: BatchMomentum = 0.1, epsilon: Double = 1e-5, affine: Bool = true,
      tracksRunningStatistics: Bool = true)
    /// Normalisation over a sample's last axes, all of them unless `axes` says how many (arXiv
    /// 1607.06450).
    case layerNorm(axes: Int? = nil, epsilon: Double = 1e-5, affine: Bool = true, bias: Bool = true)
    /// Normalisation of each channel of each sample (arXiv 1607.08022).
    case instanceNorm(
      momentum: Double = 0.1, epsilon: Double = 1e-5, affine: Bool = false,
      tracksRunningStatistics: Bool = false)
    /// Normalisation over groups of a sample's channels (arXiv 1803.08494).
    case groupNorm(groups: Int, epsilon: Double = 1e-5, affine: Bool = true)
    /// Division by the root of the mean square of a sample's last axes (arXiv 1910.07467); without
    /// `epsilon` the smallest that the element type knows.
    case rmsNorm(axes: Int? = nil, epsilon: Double? = nil, affine: Bool = true)
    /// Division by the squares of neighbouring channels (Krizhevsky et al. 2012).
    case localResponseNorm(
      size: Int, alpha: Double = 1e-4, beta: Double = 0.75, constant: Double = 1)
  }
}
