import HoneText

/// An ensemble for people: its members with their shares and metrics, and its calibration.
struct EnsembleSummary {
  let ensemble: EnsembleReport
  let metric: String

  func say(_ context: CommandContext) {
    var table = TextTable(
      [
        Localized("model", korean: "모델"), Localized("epoch", korean: "에폭"),
        Localized("weight", korean: "비중"), Localized(verbatim: metric),
      ].map(context.text), rightAligned: [1, 2, 3])
    for member in ensemble.members {
      table.append([
        member.run, member.epoch.map(String.init) ?? "-", decimal(member.weight),
        decimal(member.metric),
      ])
    }
    for line in table.lines { context.say("  " + line) }
    let samples = ensemble.validationSamples
    if let temperature = ensemble.temperature {
      context.say(
        Localized(
          "  probabilities calibrated on \(samples) validation samples: temperature "
            + "\(decimal(temperature))",
          korean: "  검증 샘플 \(samples)개로 확률을 보정했습니다: 온도 \(decimal(temperature))"))
    }
  }

  /// The line that compares calibration before and after; nil for a regression.
  func calibration(after error: Double?) -> Localized? {
    guard let before = ensemble.calibrationErrorBefore, let error, ensemble.temperature != nil
    else { return nil }
    return Localized(
      "  calibration error \(decimal(before)) before, \(decimal(error)) after",
      korean: "  보정 오차: 보정 전 \(decimal(before)), 보정 후 \(decimal(error))")
  }
}
