public import HoneMetrics

/// Length, precision, stopping and seeds of a run.
public struct TrainingConfiguration: Sendable, Equatable, Codable {
  /// Passes over the training split.
  public var epochs = 20
  /// The arithmetic of forward and backward passes.
  public var precision: Precision = .auto
  /// Where tensors live.
  public var device: DeviceChoice = .auto
  /// The order of images and filters in memory.
  public var memoryFormat: MemoryOrder = .auto
  /// Whether activations within blocks are computed again in the backward pass instead of being
  /// remembered (Chen and others 2016, arXiv 1604.06174).
  public var activationCheckpointing = false
  /// Bounds on the gradients before each step.
  public var gradientClip: GradientClip?
  /// Batches whose gradients make one step.
  public var accumulate = 1
  /// When to stop before the last epoch; nil trains them all.
  public var earlyStopping: EarlyStopping?
  /// How much time or how many steps the run may take; nil for as much as its epochs take.
  public var budget: Budget?
  /// When a growing training loss ends the run; nil where only a loss that is not finite does.
  public var divergence: Divergence?
  /// Which epochs' weights are kept as models of their own, besides the best.
  public var keep = Keeping()
  /// Files that the run's course is written to, besides the store.
  public var log = Log()
  /// What the model is judged by; nil for the task's usual metric.
  public var metric: MetricName?
  /// What a classifier's outputs are moved by when it is trained.
  public var decision: Decision = .none
  /// A running average of the weights, used for evaluation.
  public var averaging: Averaging = .none
  /// Runs whose answers are learned besides the labels; nil for the labels alone.
  public var distillation: Distillation?
  /// The number from which all randomness flows.
  public var seed: UInt64 = 0
  /// How far apart checkpoints lie; nil for as often as they cost little.
  public var checkpointEvery: CheckpointInterval?
  /// Whether only kernels with a fixed order of sums are used.
  public var deterministic = false
  /// Threads of one operation; nil leaves the choice to Hone, which records it.
  public var threads: Int?

  /// The training settings in which nothing was set.
  public init() {}

  /// What a classifier's outputs are moved by when it is trained, so that the most probable class is
  /// the one to decide for.
  public enum Decision: String, Sendable, Codable, CaseIterable {
    /// Nothing.
    case none
    /// The frequencies that balancing took away from the classes, so that probabilities hold for data
    /// like the training data (Saerens, Latinne and Decaestecker 2002).
    case priorCorrection
    /// The threshold with the largest F1 on the validation split, for two classes.
    case f1
    /// The threshold with the largest mean recall on the validation split, for two classes.
    case balancedAccuracy
  }

  /// The arithmetic of a run.
  public enum Precision: String, Sendable, Codable, CaseIterable {
    /// fp32 on a processor, bf16 on a GPU that has it.
    case auto
    /// 32-bit floating point.
    case fp32
    /// 16-bit brain floating point, with 32-bit weights.
    case bf16
    /// 16-bit floating point with 32-bit weights and scaled losses; for GPUs.
    case fp16
  }

  /// Where tensors live.
  public enum DeviceChoice: String, Sendable, Codable, CaseIterable {
    /// A GPU where there is one.
    case auto
    /// The processor.
    case cpu
    /// A CUDA GPU.
    case cuda
  }

  /// The order of images and filters in memory.
  public enum MemoryOrder: String, Sendable, Codable, CaseIterable {
    /// Filters with channels innermost; images follow where that is faster.
    case auto
    /// Row-major.
    case contiguous
    /// Channels innermost, for filters and images.
    case channelsLast
  }

  /// An average of the weights, which is evaluated and kept in their place.
  public enum Averaging: Sendable, Equatable, Codable {
    /// No average.
    case none
    /// Exponential moving average, after every so many steps from a share of the run on.
    case ema(decay: Double = 0.999, start: Double = 0, every: Int = 1)
    /// Stochastic weight averaging (Izmailov et al. 2018, arXiv 1803.05407): the mean over the ends of
    /// every so many epochs from a share of the run on, at a constant learning rate; nil holds the one
    /// that the schedule has come to.
    case swa(start: Double = 0.75, every: Int = 1, learningRate: Double? = nil)
  }

  /// Bounds on the gradients; a nil bound is none (arXiv 1211.5063).
  public struct GradientClip: Sendable, Equatable, Codable {
    /// The largest global L2 norm.
    public var norm: Double?
    /// The largest absolute element.
    public var value: Double?
    /// The largest L2 norm of each parameter's gradient on its own.
    public var normEach: Double?
    /// A bound by the norm of the weights.
    public var adaptive: AdaptiveClip?

    /// Bounds.
    public init(
      norm: Double? = nil, value: Double? = nil, normEach: Double? = nil,
      adaptive: AdaptiveClip? = nil
    ) {
      self.norm = norm
      self.value = value
      self.normEach = normEach
      self.adaptive = adaptive
    }
  }

  /// A bound on each unit's gradient by a share of its weights' norm (arXiv 2102.06171).
  public struct AdaptiveClip: Sendable, Equatable {
    /// The largest ratio of the norms.
    public var factor = 0.01
    /// The norm that weights are taken to have at least.
    public var epsilon = 1e-3
    /// Whether the last layer takes part.
    public var lastLayer = false

    /// The bound in which nothing was set.
    public init() {}
  }
}

extension TrainingConfiguration.AdaptiveClip: Codable {
  private enum CodingKeys: CodingKey { case factor, epsilon, lastLayer }

  /// Reads a number, the factor, or a map.
  public init(from decoder: any Decoder) throws {
    if let factor = try? decoder.singleValueContainer().decode(Double.self) {
      self.factor = factor
      return
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    factor = try container.decode(Double.self, forKey: .factor)
    epsilon = try container.decode(Double.self, forKey: .epsilon)
    lastLayer = try container.decode(Bool.self, forKey: .lastLayer)
  }
}
