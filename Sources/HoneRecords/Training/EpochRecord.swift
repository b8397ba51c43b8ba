/// One epoch's numbers.
///
/// Metrics are fractions, times seconds; a value that was not measured is nil.
public struct EpochRecord: Sendable, Codable, Equatable {
  /// Counted from 1.
  public var epoch: Int
  /// Optimiser steps since the start, at the end of this epoch.
  public var step: Int
  /// The mean loss of the epoch's batches as they were trained on (dropout and augmentation active).
  public var trainLoss: Double
  /// The metric of the epoch's batches as they were trained on.
  public var trainMetric: Double?
  /// The loss of a fixed part of the training split in evaluation mode, without augmentation.
  public var trainEvaluationLoss: Double?
  /// The metric of that part in evaluation mode.
  public var trainEvaluationMetric: Double?
  /// Quantiles of that part's losses over its samples, at ``fractions``; nil for older runs.
  public var trainLossQuantiles: [Double]?
  /// The loss of the validation split in evaluation mode.
  public var validationLoss: Double?
  /// The metric of the validation split in evaluation mode.
  public var validationMetric: Double?
  /// The standard error of the validation loss over samples.
  public var validationLossError: Double?
  /// The standard error of the validation metric over samples.
  public var validationMetricError: Double?
  /// The learning rate of the epoch's last step.
  public var learningRate: Double
  /// The median global gradient norm of the sampled steps.
  public var gradientNorm: Double?
  /// The median over sampled steps of the ratio of update norm to weight norm.
  public var updateRatio: Double?
  /// Wall-clock seconds of the epoch, validation included.
  public var seconds: Double
  /// The share of the epoch that the trainer waited for data.
  public var waitShare: Double
  /// Training samples that could not be read so far and were left out or replaced; nil where all could.
  public var unreadableSamples: Int?
  /// Training samples per second, data loading included.
  public var samplesPerSecond: Double
  /// A digest of the weights in training after the epoch's last step, to compare repetitions by; nil
  /// where none was taken.
  public var weights: String?

  /// The shares of samples below each of ``trainLossQuantiles``.
  public static let fractions = [0.05, 0.25, 0.5, 0.75, 0.95]

  /// The numbers of one epoch.
  public init(
    epoch: Int, step: Int, trainLoss: Double, trainMetric: Double? = nil,
    trainEvaluationLoss: Double? = nil, trainEvaluationMetric: Double? = nil,
    validationLoss: Double? = nil, validationMetric: Double? = nil,
    validationLossError: Double? = nil, validationMetricError: Double? = nil,
    learningRate: Double, gradientNorm: Double? = nil, updateRatio: Double? = nil,
    seconds: Double = 0, waitShare: Double = 0, samplesPerSecond: Double = 0
  ) {
    self.epoch = epoch
    self.step = step
    self.trainLoss = trainLoss
    self.trainMetric = trainMetric
    self.trainEvaluationLoss = trainEvaluationLoss
    self.trainEvaluationMetric = trainEvaluationMetric
    self.validationLoss = validationLoss
    self.validationMetric = validationMetric
    self.validationLossError = validationLossError
    self.validationMetricError = validationMetricError
    self.learningRate = learningRate
    self.gradientNorm = gradientNorm
    self.updateRatio = updateRatio
    self.seconds = seconds
    self.waitShare = waitShare
    self.samplesPerSecond = samplesPerSecond
  }
}
