public import HoneTensor

/// Batch normalization (Ioffe and Szegedy 2015) of dimension 1: γ (x - mean) / √(variance + ε) + β.
///
/// One type for what PyTorch calls BatchNorm1d, 2d and 3d: inputs of two to five dimensions,
/// `[batch, features]`, `[batch, features, length]`, `[batch, features, height, width]`,
/// `[batch, features, depth, height, width]`.
///
/// In training it normalizes by the batch's mean and variance and keeps running estimates of both; in
/// evaluation it normalizes by these. The running variance is the unbiased one, as in PyTorch.
///
/// A layer whose scale and shift are frozen (`isTrainable` is false) works as in evaluation, whatever
/// its mode, and leaves the running estimates alone, as in Keras: else the statistics of new data would
/// slowly spoil weights that are meant to stay. PyTorch goes on updating them.
///
/// Without running statistics the batch's own are used always, in evaluation too.
///
/// Where processes train together the batch's statistics are those of all their samples.
public final class BatchNorm: Layer, ModeDependent, CustomStringConvertible {
  /// Which kernel normalizes.
  public enum Kernel: Sendable, Hashable {
    /// Hone's own where channels lie innermost on the CPU, together with the addition and the
    /// rectifier of `rectified(_:adding:)`; libtorch's elsewhere.
    case automatic
    /// libtorch's own, one operator after another.
    case standard
  }

  /// The scale, `[features]`, ones at first.
  public let weight: Parameter?
  /// The shift, `[features]`, zeros at first.
  public let bias: Parameter?
  /// The running means, `[features]`; nil where none are tracked.
  public let runningMean: Buffer?
  /// The running variances, `[features]`.
  public let runningVariance: Buffer?
  /// The number of batches seen in training, a scalar.
  public let batchCount: Buffer?
  /// What follows the batches that are seen.
  var buffers: [Buffer] { [runningMean, runningVariance, batchCount].compactMap { $0 } }
  /// The extent of dimension 1.
  public let features: Int
  /// The weight of a new batch in the running estimates; nil where they are means over all batches.
  public let momentum: Double?
  /// What is added to variances before their root is taken.
  public let epsilon: Double
  /// Whether the batch's own statistics are used.
  public var isTraining = true
  /// Which kernel normalizes; all give the same to rounding.
  public var kernel: Kernel = .automatic
  /// The processes whose samples make one batch together; nil where this process has the whole batch.
  package var synchronization: BatchSynchronization?

  /// A batch normalization.
  /// - Parameters:
  ///   - features: the extent of dimension 1.
  ///   - momentum: the weight of a new batch in the running estimates; nil for equal weights of all
  ///     batches, which reads the count of batches from the device in every step.
  ///   - epsilon: what is added to variances before their root is taken.
  ///   - affine: whether there are a scale and a shift.
  ///   - tracksRunningStatistics: whether running means and variances are kept for evaluation.
  ///   - device: where parameters and buffers are.
  public init(
    features: Int, momentum: Double? = 0.1, epsilon: Double = 1e-5, affine: Bool = true,
    tracksRunningStatistics: Bool = true, device: Device = .cpu
  ) {
    requirePositive(features, "features", of: "BatchNorm")
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
  /// - Precondition: where the batch's statistics are used each feature has two values or more; leave
  ///   a last batch of a single sample out, or join it to the one before.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    output(of: input, adding: nil, rectified: false)
  }

  /// ReLU of the normalized input, or of its sum with a shortcut: what residual networks do after a
  /// convolution, in fewer passes over memory than one step after another.
  /// - Parameters:
  ///   - input: what is normalized.
  ///   - shortcut: what is added before negative values are set to zero, of the input's shape.
  public func rectified(_ input: Tensor, adding shortcut: Tensor? = nil) -> Tensor {
    output(of: input, adding: shortcut, rectified: true)
  }

  private func output(of input: Tensor, adding shortcut: Tensor?, rectified: Bool) -> Tensor {
    if !input.isPoisoned, let complaint = complaint(about: input.shape) {
      return failPrecondition(complaint)
    }
    if input.isMeta {
      let normalized = input.counted(for: self)
      let sum = shortcut.map { normalized + $0 } ?? normalized
      return rectified ? Activation.relu(sum) : sum
    }
    let usesBatch = usesBatchStatistics
    if usesBatch, let synchronization {
      let normalized = synchronizedBatchNorm(
        input, weight: weight?.value, bias: bias?.value, runningMean: runningMean?.value,
        runningVariance: runningVariance?.value, momentum: countedBatchWeight(), epsilon: epsilon,
        group: synchronization.group, isIdle: synchronization.isIdle
      ).traced(as: "batchNorm")
      let sum = shortcut.map { normalized + $0 } ?? normalized
      return rectified ? Activation.relu(sum) : sum
    }
    let output = input.batchNormalized(
      BatchNormArguments(
        weight: weight?.value, bias: bias?.value, runningMean: runningMean?.value,
        runningVariance: runningVariance?.value, usesBatch: usesBatch,
        momentum: usesBatch ? countedBatchWeight() : 0, epsilon: epsilon),
      adding: shortcut, rectified: rectified, fuses: kernel == .automatic
    ).traced(as: "batchNorm")
    return rectified ? output.traced(as: "relu") : output
  }

  /// Counts a batch and gives its weight in the running estimates.
  private func countedBatchWeight() -> Double {
    guard let batchCount else { return 0 }
    withoutGradients { ATen.add__Scalar(batchCount.value, other: 1) }
    if let momentum { return momentum }
    return 1 / batchCount.value.item()
  }

  /// The layer as code: `BatchNorm(features: 64)`.
  public var description: String { "BatchNorm(features: \(features))" }

  var usesBatchStatistics: Bool {
    if runningMean == nil { return true }
    let affine = [weight, bias].compactMap { $0 }
    return isTraining && (affine.isEmpty || affine.contains(where: \.isTrainable))
  }

  private func complaint(about shape: [Int]) -> String? {
    guard (2...5).contains(shape.count), shape[1] == features else {
      return "\(self) received a tensor of shape \(shape); dimension 1 must be \(features)."
    }
    let values = shape[0] * shape.dropFirst(2).reduce(1, *)
    guard values > 1 || !usesBatchStatistics || synchronization != nil else {
      let (place, advice) =
        runningMean == nil
        ? (", and has no running statistics", "Give it more values, or track statistics.")
        : (
          " in training",
          "Leave the last batch out where it has a single sample, or call evaluate() first."
        )
      return "\(self) received a tensor of shape \(shape)\(place); the variance of one value is "
        + "not defined. \(advice)"
    }
    return nil
  }
}
