import HoneRecords
import HoneText

/// What an improvement may say of itself: no more than its interval carries.
struct ImprovementClaim {
  /// The split that the values are from.
  let split: String
  /// The baseline's value.
  let before: Double?
  /// The final value.
  let after: Double?
  /// One sentence.
  let sentence: Localized
  /// Whether the interval lies above zero, below it, or across.
  let tone: ReportWriter.Tone

  init(_ record: ImprovementRecord) {
    let hasTest = record.baseline.test != nil && record.final.test != nil
    split = hasTest ? "test" : "validation"
    before = hasTest ? record.baseline.test?.metric : Self.validation(record.baseline)
    after = hasTest ? record.final.test?.metric : Self.validation(record.final)
    let metric = MetricText(record.baseline)
    guard let gain = record.testGain, let low = gain.interval.first, let high = gain.interval.last
    else {
      tone = .neutral
      sentence = Localized(
        "There is no test split, so nothing was held back to prove the difference on.",
        korean: "시험 데이터가 없어 차이를 따로 입증할 수 없습니다.")
      return
    }
    tone = low > 0 ? .good : high < 0 ? .bad : .neutral
    let samples = Formatting.count(record.final.test?.samples ?? 0)
    let name = metric.title
    if record.baseline.id == record.final.id {
      sentence = Localized(
        "No remedy was proven better than the baseline, so the baseline stays.",
        korean: "기준 모델보다 낫다고 입증된 처방이 없어 기준 모델을 유지했습니다.")
    } else if low > 0 {
      let verb = metric.isBetterWhenLarger ? ("rose", "높아졌습니다") : ("fell", "낮아졌습니다")
      let size = metric.change(abs(gain.delta), .english).drop { $0 == "+" }
      let koreanSize = metric.change(abs(gain.delta), .korean).drop { $0 == "+" }
      sentence = Localized(
        "On \(samples) test samples that no choice has seen, the \(name.english) \(verb.0) by "
          + "\(size), and the whole 95% interval is an improvement.",
        korean: "어떤 선택에도 쓰지 않은 시험 표본 \(samples)개에서 \(name.korean) 값이 \(koreanSize)만큼 "
          + "\(verb.1). 95% 구간 전체가 개선에 해당합니다.")
    } else if high < 0 {
      sentence = Localized(
        "On \(samples) test samples the final model is worse than the baseline, although the "
          + "validation data said otherwise. Use the baseline.",
        korean: "검증 데이터와 달리 시험 표본 \(samples)개에서는 최종 모델이 기준 모델보다 나쁩니다. 기준 모델을 "
          + "사용하십시오.")
    } else {
      sentence = Localized(
        "On \(samples) test samples the difference is within chance: its 95% interval contains zero. "
          + "An improvement is not proven.",
        korean: "시험 표본 \(samples)개에서 차이의 95% 구간이 0을 포함하므로 우연일 수 있습니다. 개선이 입증되지 "
          + "않았습니다.")
    }
  }

  private static func validation(_ run: RunRecord) -> Double? {
    (run.best ?? run.final)?.validationMetric
  }
}
