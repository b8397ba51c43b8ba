public import HoneTensor

/// What training makes small, as a value.
///
/// Called with a model's output and the target it gives the batch's mean, a scalar to call
/// `backward()` on; `perSample(_:_:)` gives one number for each sample. Outputs in half precision are
/// raised to `float32` first. Losses of other things than an output and its target (pairs, sequences)
/// are types of their own: `TripletMargin`, `InfoNCE`, `CTC`, `CosineEmbedding`; so are the general forms
/// `GaussianNLL`, which takes variances, and `KLDivergence`, which takes logarithms of probabilities.
public struct Loss: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case crossEntropy(labelSmoothing: Double, classWeights: [Double]?, ignoring: Int)
    case focal(gamma: Double, classWeights: [Double]?, ignoring: Int)
    case multiMargin(margin: Double, power: Int, classWeights: [Double]?)
    case crossEntropyOnProbabilities(labelSmoothing: Double, classWeights: [Double]?)
    case klDivergence(labelSmoothing: Double)
    case gaussianNLL(isFull: Bool, epsilon: Double)
    case elementwise(Elementwise)
    case custom(CustomLoss)
  }

  /// Losses that compare each element of the output with its target.
  enum Elementwise: Sendable, Hashable {
    case binaryCrossEntropyWithLogits(positiveWeights: [Double]?, labelSmoothing: Double)
    case binaryCrossEntropyOnProbabilities(labelSmoothing: Double)
    case binaryFocal(gamma: Double, alpha: Double?)
    case hinge(isSquared: Bool)
    case meanSquaredError
    case meanAbsoluteError
    case huber(delta: Double)
    case smoothL1(beta: Double)
    case quantile(Double)
    case poisson(isLogarithmic: Bool, isFull: Bool, epsilon: Double)
  }

  /// How the losses of a batch become one number; raw values are libtorch's.
  public enum Reduction: Int, Sendable, Hashable, CaseIterable {
    /// They stay apart.
    case none = 0
    /// Their mean.
    case mean = 1
    /// Their sum.
    case sum = 2
  }

  /// The class index that PyTorch leaves out unless told otherwise.
  public static let ignoredByDefault = -100

  /// The name, as configurations spell it: `crossEntropy`.
  public let name: String
  let kind: Kind

  init(_ name: String, _ kind: Kind) {
    self.name = name
    self.kind = kind
  }

  init(_ name: String, _ kind: Elementwise) { self.init(name, .elementwise(kind)) }

  /// Whether the model's outputs are probabilities already: it ends in a softmax or sigmoid.
  public var takesProbabilities: Bool {
    switch kind {
    case .crossEntropyOnProbabilities, .elementwise(.binaryCrossEntropyOnProbabilities): true
    case .custom(let loss): loss.takesProbabilities
    default: false
    }
  }

  /// The outputs as logits, whose softmax over dimension 1 (sigmoid, for a single output) is the
  /// model's answer: logarithms for a loss on probabilities, the outputs themselves for others.
  public func logits(from output: Tensor) -> Tensor {
    guard takesProbabilities, !output.isPoisoned else { return output }
    return output.shape.last == 1
      ? ATen.logit(output, eps: Self.clipping)
      : output.clamped(minimum: Scalar(Self.clipping)).logarithm()
  }

  /// The outputs of a regression as predictions: the means of a normal distribution, the rates of a
  /// Poisson distribution, the outputs themselves for other losses.
  public func predictions(from output: Tensor) -> Tensor {
    if output.isPoisoned { return output }
    switch kind {
    case .gaussianNLL: return output.sliced(0..<(output.shape[1] / 2), along: 1)
    case .elementwise(.poisson(let isLogarithmic, _, _)) where isLogarithmic:
      return output.exponential()
    default: return output
    }
  }

  /// How many numbers a model gives for each value that it predicts: two for `gaussianNLL`, a mean and
  /// the logarithm of a variance.
  public var outputsPerTarget: Int {
    if case .gaussianNLL = kind { 2 } else { 1 }
  }

  /// Whether the loss of a batch is the mean of its samples' losses: not with class weights, nor where
  /// samples are left out.
  package var isMeanOfSamples: Bool {
    switch kind {
    case .crossEntropy(_, let weights, let ignored), .focal(_, let weights, let ignored):
      weights == nil && ignored == Self.ignoredByDefault
    case .multiMargin(_, _, let weights), .crossEntropyOnProbabilities(_, let weights):
      weights == nil
    case .klDivergence, .gaussianNLL, .elementwise: true
    case .custom: false
    }
  }

  /// The label smoothing of a cross-entropy that weighs all classes and labels alike; nil for other losses.
  package var plainCrossEntropySmoothing: Double? {
    guard case .crossEntropy(let smoothing, nil, Self.ignoredByDefault) = kind else { return nil }
    return smoothing
  }

  /// How near to 0 and 1 Keras lets probabilities come before it takes logarithms.
  static let clipping = 1e-7
}

/// Ends the process unless weights are finite and not negative.
func requireWeights(_ weights: [Double]?, _ name: String, of loss: String) {
  guard weights?.allSatisfy({ $0 >= 0 && $0.isFinite }) ?? true else {
    fatalError("\(loss) got \(name): \(weights ?? []); none may be negative.")
  }
}

/// Ends the process unless a loss's number is positive.
func requirePositive(_ value: Double, _ name: String, of loss: String) {
  guard value > 0, value.isFinite else {
    fatalError("\(loss) got \(name): \(value); it must be a positive number.")
  }
}
