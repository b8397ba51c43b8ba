import HoneCommands
import HoneRecords
import HoneText
import HoneTrain

extension CheckReport.Gate {
  /// Whether the range test finds rates at which the model learns, and the configured one lies below
  /// those at which it diverges.
  static func learningRate(
    _ plan: TrainingPlan, seconds: Double, stopRequested: () -> Bool
  ) throws -> CheckReport.Gate {
    let test = try rangeTest(for: plan, seconds: seconds).run(plan, stopRequested: stopRequested)
    let rate = Formatting.significant(plan.learningRate)
    guard test.verdict != .failed, let suggestion = test.suggestion else {
      return CheckReport.Gate(
        id: "learningRate", passed: false, value: plan.learningRate, expected: "-",
        message: Localized(
          "The loss falls at no learning rate; check the data and the model first.",
          korean: "어떤 학습률에서도 손실이 줄지 않습니다. 먼저 데이터와 모델을 확인하십시오."))
    }
    let best = Formatting.significant(suggestion)
    let limit = test.divergence.map { Formatting.significant($0) }
    let band = test.interval.map { ends in
      " (" + ends.map { Formatting.significant($0) }.joined(separator: " … ") + ")"
    }
    let wanted = "≈ \(best)\(band ?? "")"
    let passed = test.divergence.map { plan.learningRate < $0 } ?? true
    return CheckReport.Gate(
      id: "learningRate", passed: passed, value: plan.learningRate,
      expected: (limit.map { "\(wanted), < \($0)" } ?? wanted) + "; \(test.verdict.rawValue)",
      message: passed
        ? Localized(
          "The loss falls fastest at the learning rate \(best) (\(test.verdict.rawValue)); \(rate) "
            + "is set.",
          korean: "손실은 학습률 \(best)에서 가장 빨리 줄어듭니다 (\(test.verdict.rawValue)). 설정값은 "
            + "\(rate)입니다.")
        : Localized(
          "The learning rate \(rate) lies where the loss explodes; about \(best) is better.",
          korean: "학습률 \(rate)에서는 손실이 폭발합니다. \(best) 정도가 낫습니다."))
  }

  /// The fewest rates that a range test tells apart: seven decades by six.
  private static let fewestRates = 42

  /// As many repetitions as the time allows, by the time of a first, short one; fewer rates where even
  /// one would take too long.
  private static func rangeTest(for plan: TrainingPlan, seconds: Double) throws -> RangeTest {
    var test = RangeTest()
    var trial = test
    (trial.steps, trial.seeds) = (4, 1)
    let start = ContinuousClock.now
    _ = try trial.run(plan)
    let step = start.duration(to: .now) / .seconds(1) / Double(trial.steps)
    let sweep = step * Double(test.steps)
    test.seeds = min(test.seeds, max(1, Int(seconds / sweep)))
    if sweep > seconds { test.steps = max(fewestRates, Int(seconds / step)) }
    return test
  }
}
