import HoneRecords

/// Which finding explains which.
///
/// The ranks follow the way a fault travels through training: broken data, wiring, non-finite
/// numbers, initialisation, scale of inputs and targets, learning rate, signal propagation, capacity
/// and time, regularisation, schedule, speed. A finding can only be explained by an earlier one.
enum CausalOrder {
  /// Whether the first finding is to be listed before the second.
  static func precedes(_ first: Finding, _ second: Finding) -> Bool {
    let ranks = (rank(of: first.id), rank(of: second.id))
    if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
    if first.severity != second.severity { return first.severity > second.severity }
    if first.confidence != second.confidence { return first.confidence > second.confidence }
    return first.id.rawValue < second.id.rawValue
  }

  /// The place of a finding in the chain of causes; smaller is earlier.
  static func rank(of id: FindingName) -> Int {
    switch id {
    case .corruptSamples, .splitLeakage, .constantFeature, .mixedValueRanges: 0
    case .lossActivationMismatch, .lossReduction, .gradientFlow, .trainEvalInconsistency,
      .frozenParameters, .hiddenActivation:
      1
    case .symmetricInitialisation, .initialisationScale: 2
    case .inputScale, .targetScale: 3
    case .initialLoss: 4
    case .learningRateTooHigh, .learningRateTooLow, .optimizerUnsuitable, .batchSizeUnsuitable: 5
    case .explodingGradient, .vanishingGradient, .dyingReLU, .saturatedActivation,
      .activationScale, .batchNormSmallBatch, .dropoutBeforeBatchNorm:
      6
    case .nonFiniteLoss, .notLearning, .oscillatingLoss: 7
    case .underfitCapacity, .underfitEpochs, .slowConvergence, .overRegularised: 8
    case .overfit, .overconfident, .augmentationTooStrong, .labelNoise, .distributionShift: 9
    case .lossPlateau: 10
    case .classImbalance, .validationTooSmall, .missingValues, .duplicateSamples, .outliers: 11
    case .dataLoaderBottleneck: 12
    }
  }

  /// The findings that may explain one, earliest first.
  static func causes(of id: FindingName) -> [FindingName] {
    switch id {
    case .nonFiniteLoss:
      [.corruptSamples, .inputScale, .targetScale, .learningRateTooHigh, .explodingGradient]
    case .initialLoss: [.corruptSamples, .inputScale, .targetScale, .initialisationScale]
    case .learningRateTooHigh: [.inputScale, .targetScale]
    case .explodingGradient: [.inputScale, .targetScale, .learningRateTooHigh]
    case .oscillatingLoss: [.inputScale, .targetScale, .learningRateTooHigh, .explodingGradient]
    case .notLearning:
      [
        .corruptSamples, .inputScale, .targetScale, .initialLoss, .learningRateTooHigh,
        .learningRateTooLow, .vanishingGradient, .dyingReLU,
      ]
    case .underfitEpochs, .slowConvergence: [.inputScale, .targetScale, .learningRateTooLow]
    case .underfitCapacity:
      [.inputScale, .targetScale, .learningRateTooHigh, .learningRateTooLow, .overRegularised]
    case .lossPlateau: [.learningRateTooHigh, .oscillatingLoss]
    case .overconfident: [.overfit]
    default: []
    }
  }
}
