import Foundation
import HoneCommands
import HoneDiagnosis
import HoneText
import HoneTrain

extension CheckReport.Gate {
  /// Whether the signal keeps its size from layer to layer before training.
  static func initialSpread(_ plan: TrainingPlan) throws -> CheckReport.Gate? {
    let outputs = try SpreadProbe().run(plan)
    guard outputs.count > 1 else { return nil }
    let range = ActivationScaleRule.range
    // The layer farthest from one, as a factor.
    let worst = outputs.dropLast().max { distance($0) < distance($1) }
    guard let worst else { return nil }
    let spread = worst.standardDeviation
    let passed = range.contains(spread)
    let shown = Formatting.significant(spread)
    return CheckReport.Gate(
      id: "initialSpread", passed: passed, value: spread,
      expected: "\(range.lowerBound) … \(range.upperBound)",
      message: passed
        ? Localized(
          "The signal keeps its size through \(outputs.count) layers; layer \(worst.path) changes it "
            + "most, to \(shown).",
          korean: "신호가 층 \(outputs.count)개를 지나는 동안 크기를 유지합니다. 가장 크게 바뀌는 층은 "
            + "\(worst.path)(표준 편차 \(shown))입니다.")
        : Localized(
          "The outputs of layer \(worst.path) have a standard deviation of \(shown) before training; "
            + "about 1 is meant. Initialize by the activation, or normalize.",
          korean: "학습 전 층 \(worst.path)의 출력 표준 편차가 \(shown)입니다. 1 정도가 알맞으므로 활성화 함수에 맞게 "
            + "초기화하거나 정규화 층을 사용하십시오."))
  }

  private static func distance(_ output: SpreadProbe.Layer) -> Double {
    abs(log(max(output.standardDeviation, 1e-30)))
  }
}
