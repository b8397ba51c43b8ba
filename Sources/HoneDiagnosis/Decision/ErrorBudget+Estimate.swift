import Foundation
import HoneRecords
import HoneText

extension ErrorBudget {
  /// Splits a run's error into its parts.
  init(_ evidence: RunEvidence, _ errors: RunErrors, floor: NoiseFloor) {
    // Noise that a model has learned by heart is no bias; it comes back as variance.
    let bias = max(errors.train.value - floor.value, 0)
    let trainError = errors.train.error
    var parts = [
      Part(
        .unavoidable, value: floor.value,
        interval: [floor.bounds.lowerBound, floor.bounds.upperBound], isMeasured: floor.isGiven,
        note: floor.note),
      Part(
        .bias, value: bias,
        interval: [
          max(errors.train.value - floor.bounds.upperBound - 1.96 * trainError, 0),
          max(errors.train.value - floor.bounds.lowerBound + 1.96 * trainError, 0),
        ],
        note: Localized(
          "training error in evaluation mode above the unavoidable",
          korean: "평가 모드의 학습 오차에서 피할 수 없는 오차를 뺀 값")),
    ]
    var total = max(errors.train.value, floor.value)
    if let validation = errors.validation {
      let start = MeasuredError(value: total, error: trainError)
      let gap = validation - start
      parts.append(
        Part(
          .variance, value: gap.value, interval: gap.interval,
          note: Localized(
            "validation error above the training error", korean: "검증 오차에서 학습 오차를 뺀 값")))
      total = validation.value
      if let test = errors.test {
        parts += Self.beyond(validation, test, choices: evidence.epochs.count)
        total = test.value
      }
    }
    self.init(
      metric: errors.metric, isOneLess: errors.isOneLess, epoch: errors.epoch, total: total,
      parts: parts)
  }

  /// The rise from validation to test: as much of it as the choice among epochs can explain was the
  /// choice, the rest is another distribution.
  private static func beyond(
    _ validation: MeasuredError, _ test: MeasuredError, choices: Int
  ) -> [Part] {
    let gap = test - validation
    // The best of n results with a standard error s is flattered by s times the root of 2 ln n at most.
    let flattery = validation.error * (2 * log(Double(max(choices, 2)))).squareRoot()
    let tuned = min(max(gap.value, 0), flattery)
    let rest = gap.value - tuned
    return [
      Part(
        .shift, value: rest,
        interval: [gap.interval[0] - flattery, max(gap.interval[1], 0)],
        note: Localized(
          "test error above the validation error, beyond what choosing explains",
          korean: "선택의 효과로 설명되지 않는, 검증 오차를 넘는 시험 오차")),
      Part(
        .overtuning, value: tuned, interval: [0, max(min(gap.interval[1], flattery), 0)],
        isMeasured: false,
        note: Localized(
          "the best of \(choices) epochs was chosen by the validation split; Gumbel's bound "
            + "\(Formatting.significant(flattery))",
          korean: "에폭 \(choices)개 가운데 검증 성능으로 고른 효과, 최대 \(Formatting.significant(flattery))")),
    ]
  }
}
