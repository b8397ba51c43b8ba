public import HoneTensor

/// Trains a model's head first and then one more stage after every few epochs, from the head down
/// (Howard and Ruder 2018, arXiv 1801.06146, section 3.3).
///
/// The optimiser has all parameters from the start; frozen ones have no gradient, so that it leaves
/// them alone. What is frozen is a function of the epoch, so that resuming cannot go wrong.
public struct GradualUnfreezing {
  /// The parameters of each stage, from the input to the head.
  public let stages: [[Parameter]]
  /// How many epochs each stage is trained before the next one joins.
  public let epochsPerStage: Int

  /// A course of unfreezing.
  /// - Precondition: `epochsPerStage` is positive.
  public init(stages: [[Parameter]], epochsPerStage: Int = 1) {
    guard epochsPerStage > 0 else {
      fatalError("GradualUnfreezing got epochsPerStage: \(epochsPerStage); it must be positive.")
    }
    self.stages = stages
    self.epochsPerStage = epochsPerStage
  }

  /// How many stages are trained in an epoch, counted from 1; the last so many of `stages`.
  public func trainedStages(inEpoch epoch: Int) -> Int {
    min(stages.count, 1 + (epoch - 1) / epochsPerStage)
  }

  /// Freezes and unfreezes the parameters as an epoch wants them.
  public func apply(inEpoch epoch: Int) {
    let frozen = stages.count - trainedStages(inEpoch: epoch)
    for (index, stage) in stages.enumerated() {
      for parameter in stage where parameter.isTrainable != (index >= frozen) {
        parameter.isTrainable = index >= frozen
        parameter.clearGradient()
      }
    }
  }
}
