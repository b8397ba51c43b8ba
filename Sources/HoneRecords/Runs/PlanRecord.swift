/// What a run would be, found without training it.
public struct PlanRecord: Sendable, Codable, Equatable {
  /// The layers that hold parameters or compute products, in the model's order.
  public var layers: [Layer]
  /// The shape of a sample, without the batch.
  public var inputShape: [Int]
  /// The numbers in all parameters.
  public var parameters: Int
  /// The numbers in those that training changes.
  public var trainableParameters: Int
  /// Floating-point operations of one sample in one forward pass; nil where they are not known.
  public var flops: Int?
  /// The optimiser's kind, with its wrappers: `SAM(SGD)`.
  public var optimizer: String
  /// The learning rate over the run: the first step, the last, and evenly spread ones between.
  public var schedule: [Rate]
  /// Passes over the training split.
  public var epochs: Int
  /// Optimiser steps of one pass.
  public var stepsPerEpoch: Int
  /// Samples of one batch.
  public var batchSize: Int
  /// Seconds of an optimiser step: the median of a few.
  public var secondsPerStep: Double
  /// Seconds of the whole run with its evaluations, estimated.
  public var seconds: Double
  /// The memory that lasts from step to step.
  public var memory: Memory
  /// Where and how: `cpu`.
  public var device: String
  /// The arithmetic: `fp32`, `bf16`.
  public var precision: String
  /// Threads of one operation.
  public var threads: Int

  /// Optimiser steps of the run.
  public var steps: Int { epochs * stepsPerEpoch }

  /// A plan of the given parts.
  public init(
    layers: [Layer], inputShape: [Int], parameters: Int, trainableParameters: Int, flops: Int?,
    optimizer: String, schedule: [Rate], epochs: Int, stepsPerEpoch: Int, batchSize: Int,
    secondsPerStep: Double, seconds: Double, memory: Memory, device: String, precision: String,
    threads: Int
  ) {
    self.layers = layers
    self.inputShape = inputShape
    self.parameters = parameters
    self.trainableParameters = trainableParameters
    self.flops = flops
    self.optimizer = optimizer
    self.schedule = schedule
    self.epochs = epochs
    self.stepsPerEpoch = stepsPerEpoch
    self.batchSize = batchSize
    self.secondsPerStep = secondsPerStep
    self.seconds = seconds
    self.memory = memory
    self.device = device
    self.precision = precision
    self.threads = threads
  }

  /// One layer of the model.
  public struct Layer: Sendable, Codable, Equatable {
    /// The dotted path within the model.
    public var path: String
    /// The layer's type: `Linear`.
    public var kind: String
    /// The shape of its output for one sample; nil where it is not known.
    public var outputShape: [Int]?
    /// The numbers in the parameters that the layer holds itself.
    public var parameters: Int
    /// Floating-point operations of one sample; nil where they are not known.
    public var flops: Int?
    /// The standard deviation of its initial weights; nil for layers without weights of two dimensions
    /// or more.
    public var standardDeviation: Double?
    /// The standard deviation of what it makes of a few training samples before the first step; nil for
    /// layers other than linear layers and convolutions.
    public var outputStandardDeviation: Double?

    /// A layer of the given parts.
    public init(
      path: String, kind: String, outputShape: [Int]?, parameters: Int, flops: Int?,
      standardDeviation: Double?, outputStandardDeviation: Double? = nil
    ) {
      self.path = path
      self.kind = kind
      self.outputShape = outputShape
      self.parameters = parameters
      self.flops = flops
      self.standardDeviation = standardDeviation
      self.outputStandardDeviation = outputStandardDeviation
    }
  }

  /// The learning rate of one step.
  public struct Rate: Sendable, Codable, Equatable {
    /// The optimiser steps taken before.
    public var step: Int
    /// The epochs over; fractions count.
    public var epoch: Double
    /// The rate.
    public var learningRate: Double

    /// A rate of a step.
    public init(step: Int, epoch: Double, learningRate: Double) {
      self.step = step
      self.epoch = epoch
      self.learningRate = learningRate
    }
  }

  /// Bytes that last from step to step; activations come on top.
  public struct Memory: Sendable, Codable, Equatable {
    /// Of parameters and buffers.
    public var parameters: Int
    /// Of gradients.
    public var gradients: Int
    /// Of the optimiser's state.
    public var optimizer: Int
    /// The most that the process grew by while steps were measured: activations and work space, with
    /// the gradients and the state that the first step made; nil where the system does not say.
    public var peak: Int?

    /// All that lasts.
    public var total: Int { parameters + gradients + optimizer }

    /// Bytes of each kind.
    public init(parameters: Int, gradients: Int, optimizer: Int, peak: Int? = nil) {
      self.parameters = parameters
      self.gradients = gradients
      self.optimizer = optimizer
      self.peak = peak
    }
  }
}
