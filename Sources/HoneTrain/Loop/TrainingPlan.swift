public import HoneData
public import HoneMetrics
public import HoneNN
public import HoneOptim
package import HoneRecords
public import HoneTensor

/// Everything that a run trains with, assembled and ready: the model on its device, the loaders, the
/// optimiser over the model's parameters.
public struct TrainingPlan {
  /// The model; its parameters are what training changes.
  public var model: any Layer<Tensor, Tensor> {
    didSet { parts = ModelParts(model) }
  }
  /// What the gradients are of.
  public var loss: Loss
  /// Changes the parameters.
  public var optimizer: any Optimizer
  /// The optimiser's rate before the schedule.
  public var learningRate: Double
  /// The course of the learning rate over the run.
  public var schedule: LearningRateSchedule = .constant
  /// A penalty on the size of weights (parameters of two or more dimensions), added to the loss.
  public var penalty = WeightPenalty()
  /// A bound on the norm of each unit's weights, kept after every step.
  public var maxNorm: MaxNorm?
  /// An absolute penalty that makes weights exactly zero, applied after every step.
  public var proximal: ProximalL1?
  /// Sets that the weights are brought back into after every step, in order.
  public var constraints: [WeightConstraint] = []
  /// Noise on the gradients, added after they were bounded.
  public var gradientNoise: GradientNoise?
  /// An average of the weights that is evaluated and kept in place of the weights themselves.
  public var averaging: WeightAveraging?
  /// Models whose answers are learned besides the labels; nil for the labels alone.
  public var distillation: Distillation?
  /// Which stages of the model wait frozen for their turn; nil trains what is trainable all along.
  public var unfreezing: GradualUnfreezing?
  /// Training batches, shuffled and augmented.
  public var training: DataLoader
  /// Validation batches, in order and unchanged.
  public var validation: DataLoader?
  /// A fixed part of the training split, in order and unchanged, to measure the training metric in
  /// evaluation mode.
  public var trainEvaluation: DataLoader?
  /// The metric that judges the run.
  public var metric: MetricName
  /// Passes over the training split.
  public var epochs: Int
  /// Whether some steps are looked into for the diagnosis; off only to measure what that costs.
  package var measuresSteps = true
  /// What nearest neighbours reach, where it was measured on these samples, prepared like this, before.
  package var knownNeighbours: NeighbourRecord?
  /// Batches whose gradients make one optimiser step.
  public var accumulation = 1
  /// The bound on the gradients.
  public var clipping: GradientClipping?
  /// The element type of matrix products and convolutions: float32, bfloat16, or float16, whose
  /// gradients a `LossScaler` keeps in range.
  public var precision: DType = .float32
  /// Where the model is.
  public var device: Device = .cpu
  /// The memory order of image batches.
  public var memoryFormat: MemoryFormat = .contiguous
  /// Threads that one CPU operation uses.
  ///
  /// Sums depend on it, so it is part of the run's identity.
  public var threads = Torch.availableThreads
  /// The seed of dropout; loaders carry their own.
  public var seed: UInt64
  /// The processes that train together; nil where this one trains alone.
  public var parallel: DataParallel?
  /// What to keep the best weights by.
  public var monitor: Monitor
  /// Whether the weights of the best epoch are kept; those of the last that ended otherwise.
  public var restoresBest = true
  /// What the steps need to know of the model's make-up.
  private(set) var parts: ModelParts

  /// A plan with the parts that every run has.
  public init(
    model: any Layer<Tensor, Tensor>, loss: Loss, optimizer: any Optimizer, training: DataLoader,
    validation: DataLoader? = nil, metric: MetricName, epochs: Int, seed: UInt64,
    monitor: Monitor? = nil
  ) {
    self.model = model
    parts = ModelParts(model)
    self.loss = loss
    self.optimizer = optimizer
    learningRate = optimizer.learningRate
    self.training = training
    self.validation = validation
    self.metric = metric
    self.epochs = epochs
    self.seed = seed
    self.monitor = monitor ?? (validation == nil ? .trainLoss : .validationMetric(metric))
  }

  /// Optimiser steps in an epoch.
  public var stepsPerEpoch: Int {
    max(1, (training.batchesPerEpoch + accumulation - 1) / accumulation)
  }
}

/// A bound on gradients before each step.
public enum GradientClipping: Sendable, Equatable {
  /// Scales all gradients so that their common Euclidean norm is at most this.
  case norm(Double)
  /// Cuts each element to this size.
  case value(Double)
  /// Scales the gradient of each parameter on its own so that its norm is at most this.
  case normEach(Double)
  /// Bounds each unit's gradient by a share of its weights' norm; the last layer takes part only where
  /// it is included.
  case adaptive(AdaptiveClipping, includesLastLayer: Bool = false)
}
