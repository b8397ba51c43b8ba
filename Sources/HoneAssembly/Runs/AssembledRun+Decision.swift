import HoneConfiguration
import HoneData
import HoneMetrics
import HoneRecords
public import HoneTrain

extension AssembledRun {
  /// Whether what the outputs are moved by is chosen by the validation split.
  public var decidesOnValidation: Bool {
    switch configuration.training.decision {
    case .f1, .balancedAccuracy: true
    case .none, .priorCorrection: false
    }
  }

  /// What is added to the output of each class when the trained model is used; nil where nothing is.
  /// - Parameter validation: the trained model's outputs on the validation split, for thresholds.
  public func logitOffsets(validation: EvaluationResult?) -> [Float]? {
    let counts = record.task.classCounts.map(Double.init)
    guard !counts.isEmpty else { return nil }
    switch configuration.training.decision {
    case .none: return nil
    case .priorCorrection:
      return PriorCorrection(training: seenFrequencies(counts), actual: counts).logitOffsets
        .map { Float($0) }
    case .f1: return threshold(validation, goal: .f1)
    case .balancedAccuracy: return threshold(validation, goal: .balancedAccuracy)
    }
  }

  /// The frequencies of classes as the loss saw them.
  private func seenFrequencies(_ counts: [Double]) -> [Double] {
    let whole = counts.map { Int($0) }
    switch configuration.data.balance {
    case .none: return counts
    case .classWeights:
      return zip(counts, ClassBalance.weights(counts: whole)).map { $0 * Double($1) }
    case .effectiveNumbers:
      return zip(counts, ClassBalance.effectiveWeights(counts: whole)).map { $0 * Double($1) }
    case .oversample, .weightedSampler, .undersample, .smote:
      return counts.map { $0 > 0 ? 1 : 0 }
    }
  }

  private func threshold(
    _ validation: EvaluationResult?, goal: DecisionThreshold.Goal
  ) -> [Float]? {
    guard let validation, validation.width == 2 else { return nil }
    let probabilities = softmax(validation.outputs, classes: 2)
    let second = stride(from: 1, to: probabilities.count, by: 2).map { probabilities[$0] }
    let chosen = DecisionThreshold(
      second, isPositive: validation.labels.map { $0 == 1 }, goal: goal)
    return chosen.map { [0, Float($0.logitOffset)] }
  }
}
