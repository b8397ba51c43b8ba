extension LayerSpecification {
  /// Layers that disturb or penalise activations while training and do nothing afterwards.
  public enum Noise: Sendable, Equatable, Codable {
    /// Zeroes activations and scales the rest (Srivastava et al. 2014).
    case dropout(probability: Double = 0.5)
    /// Zeroes whole channels and scales the rest (arXiv 1411.4280); where `dimensions` says how many
    /// dimensions of positions there are, the input must agree.
    case channelDropout(probability: Double = 0.5, dimensions: Int? = nil)
    /// Dropout that keeps mean and variance of self-normalising networks (arXiv 1706.02515).
    case alphaDropout(probability: Double = 0.5)
    /// `alphaDropout` of whole channels.
    case featureAlphaDropout(probability: Double = 0.5)
    /// Zeroes blocks of positions (arXiv 1810.12890).
    case dropBlock(probability: Double = 0.1, blockSize: Int = 7)
    /// Leaves a residual branch out for some samples, or for the whole batch (arXiv 1603.09382).
    case stochasticDepth(probability: Double, mode: DepthMode = .row)
    /// Adds normal noise.
    case gaussianNoise(std: Double = 0.1)
    /// Multiplies by normal noise around one (Srivastava et al. 2014).
    case gaussianDropout(probability: Double = 0.5)
    /// Adds a penalty on the size of activations to the loss.
    case activityRegularization(l1: Double = 0, l2: Double = 0)
  }

  /// What stochastic depth leaves out at once.
  public enum DepthMode: String, Sendable, Codable, CaseIterable {
    /// Each sample by itself.
    case row
    /// The whole batch.
    case batch
  }
}
