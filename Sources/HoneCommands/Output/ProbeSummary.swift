import HoneRecords
import HoneText

/// What was measured of a run on demand, for people.
enum ProbeSummary {
  static func say(_ record: ProbeRecord, _ context: CommandContext) {
    if let curve = record.learningCurve { say(curve, context) }
    if let sweep = record.capacity { say(sweep, context) }
    if let noise = record.noiseScale { say(noise, context) }
    if let dropouts = record.dropouts, !dropouts.isEmpty {
      context.say("")
      for view in dropouts {
        let numbers = [view.before, view.inverted, view.classic, view.classicEvaluation].map {
          Formatting.significant($0)
        }
        context.say(
          Localized(
            "Dropout \(view.number) (\(view.probability)): mean activation \(numbers[0]); inverted "
              + "\(numbers[1]) in training; classic \(numbers[2]) in training, \(numbers[3]) in "
              + "evaluation.",
            korean: "드롭아웃 \(view.number)(\(view.probability)): 평균 활성값 \(numbers[0]), 역드롭아웃 학습 시 "
              + "\(numbers[1]), 고전적 드롭아웃 학습 시 \(numbers[2]), 평가 시 \(numbers[3])"))
      }
    }
  }

  private static func say(_ noise: NoiseScaleRecord, _ context: CommandContext) {
    context.say("")
    context.say(noise.sentence)
  }

  private static func say(_ curve: LearningCurveRecord, _ context: CommandContext) {
    context.say("")
    let name = curve.isOneLess ? "1 - \(curve.metric)" : curve.metric
    context.say(
      Localized("Learning curve (\(name), validation):", korean: "학습 곡선 (\(name), 검증):"))
    for point in curve.points {
      context.say(
        "  \(Formatting.percent(point.share, decimals: 0)) (\(point.samples)): "
          + "\(Formatting.significant(point.mean, digits: 4)) ± "
          + Formatting.significant(point.standardError, digits: 2))
    }
    for option in curve.options {
      let low = Formatting.significant(option.interval.first ?? .nan, digits: 2)
      let high = Formatting.significant(option.interval.last ?? .nan, digits: 2)
      let gain = Formatting.significant(option.gain, digits: 2)
      let time = Formatting.duration(option.seconds)
      context.say(
        Localized(
          "  \(option.kind.rawValue) (\(option.change)): saves \(gain) [\(low), \(high)], a run takes "
            + time.english,
          korean:
            "  \(option.kind.rawValue) (\(option.change)): \(gain) 감소 [\(low), \(high)], 실행 시간 "
            + time.korean))
    }
    context.say(curve.conclusion)
  }

  private static func say(_ sweep: CapacityRecord, _ context: CommandContext) {
    context.say("")
    context.say(Localized("Capacity sweep (validation loss):", korean: "용량 탐색 (검증 손실):"))
    for (place, point) in sweep.points.enumerated() {
      let mark = place == sweep.smallest ? " *" : ""
      context.say(
        "  width x \(point.width), depth x \(point.depth), \(Formatting.count(point.parameters)): "
          + "\(Formatting.significant(point.loss, digits: 4)) ± "
          + "\(Formatting.significant(point.standardError, digits: 2))\(mark)")
    }
    context.say(
      Localized(
        "* the smallest model within one standard error of the best.",
        korean: "* 가장 좋은 모델과 표준 오차 이내인 가장 작은 모델."))
  }
}
