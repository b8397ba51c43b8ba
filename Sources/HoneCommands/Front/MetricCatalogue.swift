import HoneText

/// The metrics that runs record, as the catalogue lists them.
enum MetricCatalogue {
  struct Entry {
    let name: String
    let largerIsBetter: Bool
    let summary: Localized

    init(_ name: String, _ largerIsBetter: Bool, _ english: String, korean: String) {
      self.name = name
      self.largerIsBetter = largerIsBetter
      summary = Localized(english, korean: korean)
    }
  }

  static let all: [Entry] = [
    Entry("accuracy", true, "accuracy", korean: "정확도"),
    Entry("topFiveAccuracy", true, "top-5 accuracy", korean: "상위 5개 정확도"),
    Entry("balancedAccuracy", true, "balanced accuracy", korean: "균형 정확도"),
    Entry("precisionMacro", true, "precision (macro)", korean: "정밀도(macro)"),
    Entry("recallMacro", true, "recall (macro)", korean: "재현율(macro)"),
    Entry("f1Macro", true, "F1 (macro)", korean: "F1(macro)"),
    Entry("f1Micro", true, "F1 (micro)", korean: "F1(micro)"),
    Entry("f1Weighted", true, "F1 (weighted)", korean: "F1(가중)"),
    Entry("matthewsCorrelation", true, "Matthews correlation", korean: "매튜스 상관계수"),
    Entry("rocAUC", true, "area under the ROC curve", korean: "ROC 곡선 아래 면적"),
    Entry("logLoss", false, "log loss", korean: "로그 손실"),
    Entry("brierScore", false, "Brier score", korean: "브라이어 점수"),
    Entry("calibrationError", false, "calibration error", korean: "보정 오차"),
    Entry("subsetAccuracy", true, "subset accuracy", korean: "부분집합 정확도"),
    Entry("hammingLoss", false, "Hamming loss", korean: "해밍 손실"),
    Entry("meanAbsoluteError", false, "mean absolute error", korean: "평균 절대 오차"),
    Entry("meanSquaredError", false, "mean squared error", korean: "평균 제곱 오차"),
    Entry("rootMeanSquaredError", false, "root mean squared error", korean: "평균 제곱근 오차"),
    Entry("r2", true, "R²", korean: "결정 계수(R²)"),
  ]
}
