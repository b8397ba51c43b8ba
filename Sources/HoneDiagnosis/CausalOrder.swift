import HoneRecords

/// Which finding explains which.
///
/// The ranks follow the way a fault travels through training: broken data, wiring, non-finite
/// numbers, initialisation, scale of inputs and targets, learning rate, signal propagation, capacity
/// and time, regularisation, schedule, speed. A finding can only be explained by an earlier one.
enum CausalOrder {
  /// Whether the first finding is to be listed before the second.
  static func precedes(_ first: Finding, _ second: Finding) -> Bool {
    // What may be is listed behind what is.
    if (first.severity == .info) != (second.severity == .info) { return second.severity == .info }
    let ranks = (rank(of: first), rank(of: second))
    if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
    if first.severity != second.severity { return first.severity > second.severity }
    if first.confidence != second.confidence { return first.confidence > second.confidence }
    return first.id.rawValue < second.id.rawValue
  }

  /// The place of a finding in a list: labels that say nothing come before everything else, and a
  /// penalty too strong where the other settings of training are, though it is not of the set-up.
  private static func rank(of finding: Finding) -> Int {
    switch finding.id {
    case .labelNoise where finding.severity == .critical: 0
    case .overRegularised: rank(of: .learningRateTooHigh)
    default: rank(of: finding.id)
    }
  }

  /// The place of a finding in the chain of causes; smaller is earlier.
  static func rank(of id: FindingName) -> Int {
    switch id {
    case .corruptSamples, .splitLeakage, .constantFeature, .mixedValueRanges: 0
    case .lossActivationMismatch, .lossReduction, .gradientFlow, .trainEvalInconsistency,
      .frozenParameters, .hiddenActivation, .dropoutBeforeBatchNorm:
      1
    case .symmetricInitialisation, .initialisationScale: 2
    case .inputScale, .targetScale: 3
    case .initialLoss: 4
    case .learningRateTooHigh, .learningRateTooLow, .optimizerUnsuitable, .batchSizeUnsuitable: 5
    case .explodingGradient, .vanishingGradient, .dyingReLU, .saturatedActivation,
      .activationScale, .batchNormSmallBatch:
      6
    case .labelNoise: 7
    case .nonFiniteLoss, .notLearning, .oscillatingLoss: 8
    case .underfitCapacity, .underfitEpochs, .slowConvergence, .overRegularised: 9
    case .overfit, .overconfident, .augmentationTooStrong, .distributionShift: 10
    case .lossPlateau: 11
    case .classImbalance, .validationTooSmall, .missingValues, .duplicateSamples, .outliers: 12
    case .dataLoaderBottleneck: 13
    }
  }

  /// The findings that may explain one, earliest first.
  static func causes(of id: FindingName) -> [FindingName] {
    switch id {
    case .nonFiniteLoss:
      wiring + [
        .corruptSamples, .initialisationScale, .inputScale, .targetScale, .learningRateTooHigh,
        .explodingGradient,
      ]
    case .initialLoss:
      [
        .corruptSamples, .lossActivationMismatch, .lossReduction, .inputScale, .targetScale,
        .initialisationScale,
      ]
    case .learningRateTooHigh: [.lossReduction, .gradientFlow, .inputScale, .targetScale]
    case .explodingGradient:
      [.hiddenActivation, .initialisationScale, .inputScale, .targetScale, .learningRateTooHigh]
    case .vanishingGradient, .saturatedActivation, .dyingReLU, .activationScale:
      [
        .hiddenActivation, .symmetricInitialisation, .initialisationScale, .inputScale,
        .learningRateTooHigh, .overRegularised,
      ]
    case .oscillatingLoss:
      [.lossReduction, .inputScale, .targetScale, .learningRateTooHigh, .explodingGradient]
    case .notLearning:
      [.corruptSamples, .labelNoise] + wiring + [
        .symmetricInitialisation, .initialisationScale, .inputScale, .targetScale, .initialLoss,
        .learningRateTooHigh, .learningRateTooLow, .vanishingGradient, .dyingReLU,
        .saturatedActivation, .overRegularised,
      ]
    case .underfitEpochs, .slowConvergence:
      wiring + [
        .inputScale, .targetScale, .learningRateTooLow, .batchSizeUnsuitable, .overRegularised,
      ]
    case .underfitCapacity:
      wiring + [
        .inputScale, .targetScale, .learningRateTooHigh, .learningRateTooLow, .overRegularised,
        .vanishingGradient, .dyingReLU,
      ]
    case .overfit: [.labelNoise]
    case .trainEvalInconsistency: [.dropoutBeforeBatchNorm]
    case .lossPlateau: [.learningRateTooHigh, .oscillatingLoss]
    case .overconfident: [.overfit]
    default: []
    }
  }

  private static let wiring: [FindingName] = [
    .lossActivationMismatch, .lossReduction, .gradientFlow, .hiddenActivation,
  ]
}
