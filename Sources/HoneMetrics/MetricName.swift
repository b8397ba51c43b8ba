public import HoneRecords
public import HoneText

/// The metrics that Hone computes.
///
/// Raw values are frozen: configurations, stores and scripts use them.
public enum MetricName: String, Sendable, Codable, CaseIterable {
  // Classification
  case accuracy
  case topFiveAccuracy
  case balancedAccuracy
  case precisionMacro
  case recallMacro
  case f1Macro
  case f1Micro
  case f1Weighted
  case matthewsCorrelation
  case rocAUC
  case logLoss
  case brierScore
  case calibrationError
  // Several labels at once
  case subsetAccuracy
  case hammingLoss
  // Regression
  case meanAbsoluteError
  case meanSquaredError
  case rootMeanSquaredError
  case r2

  /// Whether a larger value is a better model.
  public var isBetterWhenLarger: Bool {
    switch self {
    case .logLoss, .brierScore, .calibrationError, .hammingLoss, .meanAbsoluteError,
      .meanSquaredError, .rootMeanSquaredError:
      false
    default: true
    }
  }

  /// Whether the value is a fraction that reads best as a percentage.
  public var isFraction: Bool {
    switch self {
    case .accuracy, .topFiveAccuracy, .balancedAccuracy, .precisionMacro, .recallMacro, .f1Macro,
      .f1Micro, .f1Weighted, .calibrationError, .subsetAccuracy, .hammingLoss:
      true
    default: false
    }
  }

  /// The tasks for which the metric has a meaning.
  public var tasks: [TaskKind] {
    switch self {
    case .accuracy, .topFiveAccuracy, .balancedAccuracy, .matthewsCorrelation, .brierScore,
      .calibrationError:
      [.multiclass, .binary]
    case .precisionMacro, .recallMacro, .f1Macro, .f1Micro, .f1Weighted, .rocAUC, .logLoss:
      [.multiclass, .binary, .multilabel]
    case .subsetAccuracy, .hammingLoss: [.multilabel]
    case .meanAbsoluteError, .meanSquaredError, .rootMeanSquaredError, .r2: [.regression]
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

  /// The metric's name for people.
  public var label: Localized {
    switch self {
    case .accuracy: Localized("accuracy", korean: "정확도")
    case .topFiveAccuracy: Localized("top-5 accuracy", korean: "상위 5개 정확도")
    case .balancedAccuracy: Localized("balanced accuracy", korean: "균형 정확도")
    case .precisionMacro: Localized("precision (macro)", korean: "정밀도(macro)")
    case .recallMacro: Localized("recall (macro)", korean: "재현율(macro)")
    case .f1Macro: Localized("F1 (macro)", korean: "F1(macro)")
    case .f1Micro: Localized("F1 (micro)", korean: "F1(micro)")
    case .f1Weighted: Localized("F1 (weighted)", korean: "F1(가중)")
    case .matthewsCorrelation: Localized("Matthews correlation", korean: "매튜스 상관계수")
    case .rocAUC: Localized("area under the ROC curve", korean: "ROC 곡선 아래 면적")
    case .logLoss: Localized("log loss", korean: "로그 손실")
    case .brierScore: Localized("Brier score", korean: "브라이어 점수")
    case .calibrationError: Localized("calibration error", korean: "보정 오차")
    case .subsetAccuracy: Localized("subset accuracy", korean: "부분집합 정확도")
    case .hammingLoss: Localized("Hamming loss", korean: "해밍 손실")
    case .meanAbsoluteError: Localized("mean absolute error", korean: "평균 절대 오차")
    case .meanSquaredError: Localized("mean squared error", korean: "평균 제곱 오차")
    case .rootMeanSquaredError: Localized("root mean squared error", korean: "평균 제곱근 오차")
    case .r2: Localized("R²", korean: "결정 계수(R²)")
    }
  }
}
