/// One sampled optimiser step.
public struct StepRecord: Sendable, Codable, Equatable {
  /// Counted from 1.
  public var step: Int
  /// The epoch of the step, counted from 1.
  public var epoch: Int
  /// The batch's loss; not finite where the step failed.
  public var loss: Double
  /// The learning rate of the step.
  public var learningRate: Double
  /// The global L2 norm of the gradients before clipping.
  public var gradientNorm: Double?
  /// The norm of the update over the norm of the weights, over all parameters.
  public var updateRatio: Double?

  /// The numbers of one step.
  public init(
    step: Int, epoch: Int, loss: Double, learningRate: Double, gradientNorm: Double? = nil,
    updateRatio: Double? = nil
  ) {
    self.step = step
    self.epoch = epoch
    self.loss = loss
    self.learningRate = learningRate
    self.gradientNorm = gradientNorm
    self.updateRatio = updateRatio
  }
}
