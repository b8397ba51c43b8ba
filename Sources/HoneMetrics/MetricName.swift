public import HoneRecords
import HoneText

/// The metrics that Hone computes.
///
/// Raw values are frozen: configurations, stores and scripts use them.
public enum MetricName: String, Sendable, Codable, CaseIterable {
  // Classification
  case accuracy
  case topFiveAccuracy
  case balancedAccuracy
  case precision
  case precisionMacro
  case precisionMicro
  case precisionWeighted
  case recall
  case recallMacro
  case recallMicro
  case recallWeighted
  case specificity
  case specificityMacro
  case f1
  case f1Macro
  case f1Micro
  case f1Weighted
  case f2Macro
  case fHalfMacro
  case matthewsCorrelation
  case cohenKappa
  case rocAUC
  case averagePrecision
  case prAUC
  case logLoss
  case perplexity
  case brierScore
  case calibrationError
  // Several labels at once
  case subsetAccuracy
  case hammingLoss
  // Regression
  case meanAbsoluteError
  case meanSquaredError
  case rootMeanSquaredError
  case meanAbsolutePercentageError
  case r2
  case pearsonCorrelation
  case spearmanCorrelation

  /// Whether a larger value is a better model.
  public var isBetterWhenLarger: Bool {
    switch self {
    case .logLoss, .perplexity, .brierScore, .calibrationError, .hammingLoss,
      .meanAbsoluteError, .meanSquaredError, .rootMeanSquaredError,
      .meanAbsolutePercentageError:
      false
    default: true
    }
  }

  /// Whether the value is a fraction that reads best as a percentage.
  public var isFraction: Bool {
    switch self {
    case .accuracy, .topFiveAccuracy, .balancedAccuracy, .precision, .recall, .specificity, .f1,
      .calibrationError, .subsetAccuracy, .hammingLoss, .meanAbsolutePercentageError:
      true
    default: averaged != nil
    }
  }

  /// The tasks for which the metric has a meaning.
  public var tasks: [TaskKind] {
    switch self {
    case .accuracy, .topFiveAccuracy, .balancedAccuracy, .matthewsCorrelation, .cohenKappa,
      .brierScore, .calibrationError, .perplexity:
      [.multiclass, .binary]
    case .precision, .recall, .specificity, .f1: [.binary]
    case .subsetAccuracy, .hammingLoss: [.multilabel]
    case .meanAbsoluteError, .meanSquaredError, .rootMeanSquaredError,
      .meanAbsolutePercentageError, .r2, .pearsonCorrelation, .spearmanCorrelation:
      [.regression]
    default: [.multiclass, .binary, .multilabel]
    }
  }

  /// The metric that judges a task where the user names none.
  public static func defaultMetric(for task: TaskKind) -> MetricName {
    switch task {
    case .multiclass, .binary: .accuracy
    case .multilabel: .f1Macro
    case .regression: .rootMeanSquaredError
    }
  }
}

extension MetricName {
  /// How the metric follows from the figures of single classes; nil for those that do not.
  var averaged: (average: ClassAverage, value: (ClassResult) -> Double)? {
    switch self {
    case .precisionMacro: (.macro, { $0.precision })
    case .precisionMicro: (.micro, { $0.precision })
    case .precisionWeighted: (.weighted, { $0.precision })
    case .recallMacro: (.macro, { $0.recall })
    case .recallMicro: (.micro, { $0.recall })
    case .recallWeighted: (.weighted, { $0.recall })
    case .specificityMacro: (.macro, { $0.specificity })
    case .f1Macro: (.macro, { $0.f1 })
    case .f1Micro: (.micro, { $0.f1 })
    case .f1Weighted: (.weighted, { $0.f1 })
    case .f2Macro: (.macro, { $0.fBeta(2) })
    case .fHalfMacro: (.macro, { $0.fBeta(0.5) })
    default: nil
    }
  }
}
