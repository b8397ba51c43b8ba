public import HoneRecords

/// The remedies that fit a run: each is a change to its configuration, left out where the run
/// already has it or the data does not allow it.
public struct RemedyCatalogue: Sendable {
  let run: RunRecord
  let settings: RunSettings

  /// The catalogue for a run.
  public init(for run: RunRecord) {
    self.run = run
    settings = RunSettings(run)
  }

  /// Every remedy that applies, in the order in which they are worth trying: cheap and likely first.
  public var general: [Remedy] {
    [
      normalizeInput, learningRate, moreEpochs, augmentation, batchNorm, wider, dropout,
      weightDecay, labelSmoothing, cosineSchedule, optimizer, smallerBatch, earlyStopping,
    ].compactMap { $0 }
  }

  /// The remedies for a finding, in the order in which to try them.
  public func remedies(for finding: FindingName) -> [Remedy] {
    let candidates: [Remedy?] =
      switch finding {
      case .nonFiniteLoss: [normalizeInput, learningRate, gradientClip, fullPrecision, batchNorm]
      case .learningRateTooHigh: [learningRate, warmUp, gradientClip, batchNorm]
      case .learningRateTooLow: [higherLearningRate, optimizer, moreEpochs]
      case .explodingGradient: [learningRate, gradientClip, normalizeInput, batchNorm]
      case .inputScale: [normalizeInput, batchNorm]
      case .initialLoss: [normalizeInput, batchNorm, warmUp]
      case .targetScale: [learningRate, gradientClip]
      case .oscillatingLoss: [learningRate, cosineSchedule, largerBatch, averaging]
      case .lossPlateau: [cosineSchedule, learningRate, optimizer]
      case .notLearning: [normalizeInput, learningRate, optimizer, batchNorm]
      case .underfitEpochs: [moreEpochs, higherLearningRate, batchNorm]
      case .underfitCapacity: [wider, batchNorm, lessRegularization, moreEpochs]
      case .overRegularised: [lessRegularization, wider]
      case .overfit:
        [earlyStopping, augmentation, weightDecay, dropout, labelSmoothing, batchNorm, narrower]
      case .classImbalance: [classWeights, oversample]
      case .validationTooSmall: [largerValidation]
      case .dataLoaderBottleneck: [moreThreads]
      case .corruptSamples: [cleanData]
      case .optimizerUnsuitable: [wholeBatch, optimizer]
      default: []
      }
    return candidates.compactMap { $0 }
  }
}
