import HoneCommands
import HoneText
import HoneTrain

extension CheckReport.Gate {
  /// The share of a step spent waiting that is worth mending: that of `data-loader-bottleneck`.
  private static let largestWait = 0.2
  /// Waiting that sums up to less over the whole run is not worth a warning, in seconds.
  private static let harmlessWait = 60.0

  /// Whether the loader alone keeps up with the steps alone; nil where there is nothing to load.
  static func loader(
    _ plan: TrainingPlan, seconds: Double, stopRequested: () -> Bool
  ) throws -> CheckReport.Gate? {
    var probe = LoaderProbe()
    probe.seconds = seconds
    guard let outcome = try probe.run(plan, stopRequested: stopRequested) else { return nil }
    let steps = Double(plan.stepsPerEpoch * plan.epochs)
    let waiting = max(outcome.loading - outcome.computing, 0) * steps
    let passed = outcome.waitShare < largestWait || waiting < harmlessWait
    let (load, step) = (
      Formatting.duration(outcome.loading), Formatting.duration(outcome.computing)
    )
    let share = Formatting.percent(outcome.waitShare, decimals: 0)
    return CheckReport.Gate(
      id: "loader", passed: passed, value: outcome.waitShare, expected: "< \(largestWait)",
      message: passed
        ? Localized(
          "A batch takes \(load.english) to load and \(step.english) to compute.",
          korean: "배치 하나를 읽는 데 \(load.korean), 계산하는 데 \(step.korean) 걸립니다.")
        : Localized(
          "A batch takes \(load.english) to load but \(step.english) to compute: \(share) of the run would "
            + "be spent waiting. Use more loader threads or smaller files.",
          korean:
            "배치 하나를 읽는 데 \(load.korean), 계산하는 데 \(step.korean) 걸려 실행의 \(share)를 기다리는 데 쓰게 됩니다. "
            + "로더 스레드를 늘리거나 파일을 줄이십시오."))
  }
}
