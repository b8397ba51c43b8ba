import Foundation
import HoneRecords

/// What remedies have gained elsewhere, before anything is known of this run.
enum RemedyPrior {
  /// The mean gain in accuracy of repaired runs by what was wrong with them: AUTOTRAINER's published
  /// table (Zhang and others 2021) for its eight problems, the nearest of them for the others.
  static func gain(_ finding: FindingName) -> Double {
    switch finding {
    case .explodingGradient, .nonFiniteLoss, .targetScale: 0.66
    case .slowConvergence, .dyingReLU, .learningRateTooLow, .underfitEpochs: 0.45
    case .vanishingGradient, .symmetricInitialisation, .notLearning, .gradientFlow: 0.41
    case .saturatedActivation, .hiddenActivation, .activationScale, .lossActivationMismatch: 0.28
    case .inputScale, .initialisationScale, .learningRateTooHigh, .lossReduction: 0.21
    case .oscillatingLoss, .optimizerUnsuitable, .overRegularised, .underfitCapacity: 0.15
    case .augmentationTooStrong, .trainEvalInconsistency, .frozenParameters: 0.15
    default: 0.05
    }
  }

  /// Probability times gain of a finding's remedies: what stands first is likelier right.
  static func expectedGain(of finding: Finding, at place: Int, remedy rank: Int) -> Double {
    let certainty = finding.severity > .info ? finding.confidence : 0.3 * finding.confidence
    return certainty * pow(0.75, Double(place)) * pow(0.75, Double(rank)) * gain(finding.id)
  }

  /// Probability times gain of longer training where a run was too short to be judged.
  static let fewEpochs = 0.3 * gain(.underfitEpochs)

  /// Probability times gain of faster running averages where they still hold what they began with.
  static let laggingAverages = 0.9 * gain(.trainEvalInconsistency)

  /// Probability times gain of what is tried on principle.
  static func general(_ rank: Int) -> Double { 0.01 * pow(0.95, Double(rank)) }
}
