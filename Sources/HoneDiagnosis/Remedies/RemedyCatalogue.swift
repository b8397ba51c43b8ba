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

  /// The remedy of an id as it applies to this run; nil where it does not.
  public func remedy(_ id: String) -> Remedy? {
    let more: [Remedy?] = [
      standardRecipe, lossPairing, initialization, layerwiseScale, reluActivation, leakyActivation,
      reluWithInitialization, shallower, noPenalty, lessRegularization, targetScaling,
      noAugmentation, sampleNorm, batchNormMomentum, dropoutLast, normBehindActivation, descend,
      unfreeze, narrower, gradientClip, warmUp, higherLearningRate, farHigherLearningRate,
      largerBatch, wholeBatch, averaging, fullPrecision, classWeights, oversample, robustLoss,
      largerValidation, usualRate, tenTimesAsLong,
    ]
    return (general + more.compactMap { $0 }).first { $0.id == id }
  }

  /// What a person can do about a run without a finding, or beside its remedies.
  public var manual: [Remedy] { [relabel, collect].compactMap { $0 } }

  /// The remedies for a finding, in the order in which to try them.
  public func remedies(for finding: FindingName) -> [Remedy] {
    let candidates: [Remedy?] =
      switch finding {
      case .nonFiniteLoss:
        [
          normalizeInput, usualRate, learningRate, gradientClip, initialization, fullPrecision,
          batchNorm,
        ]
      case .learningRateTooHigh: [learningRate, usualRate, warmUp, gradientClip, batchNorm]
      case .learningRateTooLow:
        [higherLearningRate, farHigherLearningRate, usualRate, optimizer, moreEpochs]
      case .explodingGradient:
        [learningRate, initialization, gradientClip, normalizeInput, batchNorm, targetScaling]
      case .inputScale: [normalizeInput, batchNorm]
      case .initialLoss: [initialization, targetScaling, normalizeInput, batchNorm, warmUp]
      case .targetScale: [targetScaling, learningRate, gradientClip]
      case .oscillatingLoss: [learningRate, cosineSchedule, largerBatch, averaging, optimizer]
      case .lossPlateau: [cosineSchedule, learningRate, optimizer]
      case .notLearning:
        [normalizeInput, learningRate, optimizer, batchNorm, lossPairing, initialization]
      case .underfitEpochs: [moreEpochs, higherLearningRate, usualRate, batchNorm]
      case .underfitCapacity:
        [wider, reluActivation, batchNorm, lessRegularization, optimizer, moreEpochs]
      case .overRegularised: [noPenalty, lessRegularization, wider]
      case .overfit:
        [
          earlyStopping, augmentation, weightDecay, dropout, labelSmoothing, batchNorm, narrower,
          collect,
        ]
      case .classImbalance: [classWeights, oversample, collect]
      case .validationTooSmall: [largerValidation, collect]
      case .dataLoaderBottleneck: [moreThreads]
      case .corruptSamples: [cleanData]
      case .optimizerUnsuitable: [wholeBatch, optimizer]
      default: otherRemedies(for: finding)
      }
    return candidates.compactMap { $0 }
  }

  /// Those for findings about layers, wiring and data.
  private func otherRemedies(for finding: FindingName) -> [Remedy?] {
    switch finding {
    case .vanishingGradient:
      [reluWithInitialization, initialization, batchNorm, shallower, lossPairing]
    case .dyingReLU: [leakyActivation, initialization, batchNorm, learningRate, normalizeInput]
    case .saturatedActivation: [reluWithInitialization, normalizeInput, initialization, batchNorm]
    case .activationScale: [initialization, batchNorm, layerwiseScale, normalizeInput]
    case .slowConvergence: [higherLearningRate, usualRate, optimizer, batchNorm, reluActivation]
    case .overconfident: [labelSmoothing, earlyStopping, weightDecay, dropout]
    case .symmetricInitialisation, .initialisationScale:
      [initialization, layerwiseScale, batchNorm]
    case .hiddenActivation: [reluWithInitialization, reluActivation]
    case .lossActivationMismatch: [lossPairing]
    case .lossReduction: [lossPairing, learningRate, gradientClip]
    case .gradientFlow: [descend, unfreeze, lossPairing, checkCode]
    case .batchNormSmallBatch: [largerBatch, sampleNorm]
    case .trainEvalInconsistency:
      [batchNormMomentum, normalizeInput, dropoutLast, sampleNorm, largerBatch, noPenalty]
    case .dropoutBeforeBatchNorm: [dropoutLast]
    case .batchSizeUnsuitable: [smallerBatch, largerBatch]
    case .frozenParameters: [unfreeze, checkCode]
    case .labelNoise: [relabel, labelSmoothing, robustLoss, earlyStopping]
    case .distributionShift: [normalizeInput, matchSplits, augmentation]
    case .splitLeakage: [splitByGroup]
    case .constantFeature: [dropConstant]
    case .missingValues: [cleanData]
    case .mixedValueRanges: [normalizeInput, matchSplits]
    case .duplicateSamples: [removeDuplicates]
    case .outliers: [robustLoss, normalizeInput, cleanData]
    case .augmentationTooStrong: [noAugmentation]
    default: []
    }
  }
}
