public import HoneTensor

/// Instance normalization (Ulyanov, Vedaldi and Lempitsky 2016): each channel of each sample by its
/// own mean and (biased) variance over all positions, (x - mean) / √(variance + ε).
///
/// One type for what PyTorch calls InstanceNorm1d, 2d and 3d: inputs of three to five dimensions,
/// `[batch, features, …]`. As there it has neither scale and shift nor running statistics unless
/// asked for; with running statistics evaluation normalizes by them.
public final class InstanceNorm: Layer, ModeDependent, CustomStringConvertible {
  /// The scale, `[features]`, ones at first.
  public let weight: Parameter?
  /// The shift, `[features]`, zeros at first.
  public let bias: Parameter?
  /// The running means over samples, `[features]`.
  public let runningMean: Buffer?
  /// The running variances over samples, `[features]`, unbiased.
  public let runningVariance: Buffer?
  /// A scalar that PyTorch keeps beside the running statistics and never counts up.
  public let batchCount: Buffer?
  /// The extent of dimension 1.
  public let features: Int
  /// What is added to variances before their root is taken.
  public let epsilon: Double
  /// The weight of a new batch in the running estimates.
  public let momentum: Double
  /// Whether the input's own statistics are used and running ones updated.
  public var isTraining = true

  /// An instance normalization.
  /// - Parameters:
  ///   - features: the extent of dimension 1.
  ///   - momentum: the weight of a new batch in the running estimates.
  ///   - epsilon: what is added to variances before their root is taken.
  ///   - affine: whether there are a scale and a shift.
  ///   - tracksRunningStatistics: whether running means and variances are kept for evaluation.
  ///   - device: where parameters and buffers are.
  public init(
    features: Int, momentum: Double = 0.1, epsilon: Double = 1e-5, affine: Bool = false,
    tracksRunningStatistics: Bool = false, device: Device = .cpu
  ) {
    requirePositive(features, "features", of: "InstanceNorm")
    self.features = features
    self.momentum = momentum
    self.epsilon = epsilon
    weight = affine ? Parameter(Tensor.ones([features], device: device)) : nil
    bias = affine ? Parameter(Tensor.zeros([features], device: device)) : nil
    let tracks = tracksRunningStatistics
    runningMean = tracks ? Buffer(Tensor.zeros([features], device: device)) : nil
    runningVariance = tracks ? Buffer(Tensor.ones([features], device: device)) : nil
    batchCount = tracks ? Buffer(Tensor.zeros([], dtype: .int64, device: device)) : nil
  }

  /// The normalized input, of the same shape.
  /// - Precondition: where the input's own statistics are used there are two positions or more.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    if input.isPoisoned { return input }
    let shape = input.shape
    guard (3...5).contains(shape.count), shape[1] == features else {
      return failPrecondition(
        "\(self) received a tensor of shape \(shape); it must have positions behind [batch, "
          + "channels], and dimension 1 must be \(features).")
    }
    let usesInput = isTraining || runningMean == nil
    guard !usesInput || shape.dropFirst(2).reduce(1, *) > 1 else {
      return failPrecondition(
        "\(self) received a tensor of shape \(shape); a single position has no variance. Use "
          + "LayerNorm or GroupNorm there.")
    }
    if input.isMeta { return input.counted(for: self) }
    return ATen.instance_norm(
      input, weight: weight?.value, bias: bias?.value, running_mean: runningMean?.value,
      running_var: runningVariance?.value, use_input_stats: usesInput, momentum: momentum,
      eps: epsilon, cudnn_enabled: true
    ).traced(as: "instanceNorm")
  }

  /// The layer as code: `InstanceNorm(features: 64)`.
  public var description: String { "InstanceNorm(features: \(features))" }
}
