public import HoneRecords
import HoneText

/// A method with line searches or remembered curvature on a loss that changes from step to step:
/// mini-batches, dropout, random augmentation.
public struct OptimizerUnsuitableRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.optimizerUnsuitable

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    guard let noise = evidence.run.preflight?.stepNoise, let message = noise.warning else {
      return nil
    }
    let source = "Bottou, Curtis and Nocedal 2018, section 6.2"
    var shown: [Evidence] = []
    if noise.samples < noise.total {
      shown.append(
        Evidence(
          signal: "samplesPerStep", value: Double(noise.samples), threshold: Double(noise.total),
          comparison: .below, source: source))
    }
    let draws = [noise.isModelRandom, noise.isDataRandom].count { $0 }
    if draws > 0 {
      shown.append(
        Evidence(
          signal: "sourcesOfRandomness", value: Double(draws), threshold: 0, comparison: .above,
          source: source))
    }
    return Finding(
      id: id, severity: .warning, confidence: 0.9, evidence: shown,
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id), message: message)
  }
}
