import Foundation
import HoneRecords
import HoneText

extension ReportWriter {
  /// The baseline's metric, the final one, the gain with its interval, one honest sentence.
  func improvementHeadline(_ record: ImprovementRecord) -> HTML {
    let metric = MetricText(record.baseline)
    let claim = ImprovementClaim(record)
    var arrow: [HTML] = [
      value(say("Baseline", korean: "기준 모델"), claim.before.map(metric.value), isBefore: true),
      .tag("div", "to", [("aria-hidden", "true")], [.text("→")]),
      value(say("Final", korean: "최종 모델"), claim.after.map(metric.value), isBefore: false),
    ]
    if let gain = record.testGain {
      let text = say(
        "\(metric.change(gain.delta, language)), 95% interval "
          + "\(metric.interval(gain.interval, language))",
        korean: "\(metric.change(gain.delta, language)), 95% 구간 "
          + metric.interval(gain.interval, language))
      arrow.append(
        .tag("div", "gain", [], [pill(text, claim.tone)]))
    }
    let facts: [(String, String)] =
      [
        (say("Remedies tried", korean: "시도한 처방"), String(record.experiments.count)),
        (
          say("Kept", korean: "채택"),
          String(record.experiments.count { $0.decision == .kept })
        ),
        (
          say("Time spent", korean: "사용한 시간"),
          say(
            "\(duration(record.spentSeconds)) of \(duration(record.budgetSeconds))",
            korean: "\(duration(record.spentSeconds)) / \(duration(record.budgetSeconds))")
        ),
      ] + runFacts(record.final)
    return .tag(
      "section", "hero", [("aria-label", say("Result", korean: "결과"))],
      [
        .tag("div", "label", text: splitTitle(metric, claim.split)),
        .tag("div", "arrow", [], arrow),
        .tag("p", "claim", text: claim.sentence.text(language)),
        factList(facts),
      ])
  }

  /// A run's own metric and what the diagnosis says.
  func runHeadline(_ evidence: RunEvidence, _ diagnosis: DiagnosisRecord) -> HTML {
    let run = evidence.run
    let metric = MetricText(run)
    let split = run.test == nil ? "validation" : "test"
    let shown = run.test?.metric ?? (run.best ?? run.final)?.validationMetric
    var arrow = [
      value(statusTitle(run.status), shown.map(metric.value), isBefore: false)
    ]
    if let interval = run.test?.interval, let low = interval.first, let high = interval.last {
      let text = say(
        "95% interval \(metric.value(low)) to \(metric.value(high))",
        korean: "95% 구간 \(metric.value(low)) ~ \(metric.value(high))")
      arrow.append(.tag("div", "gain", [], [pill(text, .neutral)]))
    }
    var children: [HTML] = [
      .tag("div", "label", text: splitTitle(metric, split)),
      .tag("div", "arrow", [], arrow),
    ]
    let sentences = [diagnosis.note?.text(language), run.ending?.text(language)].compactMap { $0 }
    if !sentences.isEmpty {
      children.append(.tag("p", "claim", text: sentences.joined(separator: " ")))
    }
    children.append(factList(runFacts(run)))
    return .tag(
      "section", "hero", [("aria-label", say("Result", korean: "결과"))], children)
  }

  /// A length of time in the page's language.
  func duration(_ seconds: Double) -> String { Formatting.duration(seconds).text(language) }

  private func value(_ label: String, _ text: String?, isBefore: Bool) -> HTML {
    .tag(
      "div", isBefore ? "before" : "after", [],
      [.tag("div", "label", text: label), .tag("div", "value", text: text ?? "–")])
  }

  private func splitTitle(_ metric: MetricText, _ split: String) -> String {
    let name = sentenceCase(metric.title.text(language))
    switch split {
    case "test":
      return say("\(name) on the untouched test split", korean: "한 번도 쓰지 않은 시험 데이터의 \(name)")
    default: return say("\(name) on the validation split", korean: "검증 데이터의 \(name)")
    }
  }

  private func statusTitle(_ status: RunStatus) -> String {
    switch status {
    case .running: say("Still running", korean: "학습 중")
    case .completed: say("Completed", korean: "완료")
    case .stoppedEarly: say("Stopped early", korean: "조기 종료")
    case .diverged: say("Diverged", korean: "발산")
    case .interrupted: say("Interrupted", korean: "중단됨")
    case .failed: say("Failed", korean: "실패")
    }
  }

  private func runFacts(_ run: RunRecord) -> [(String, String)] {
    var facts: [(String, String)] = []
    if run.parameters > 0 {
      facts.append((say("Parameters", korean: "매개변수"), Formatting.count(run.parameters)))
    }
    if run.epochs > 0 { facts.append((say("Epochs", korean: "에폭"), String(run.epochs))) }
    if run.task.trainSamples > 0 {
      facts.append(
        (
          say("Training samples", korean: "학습 표본"),
          Formatting.count(run.task.trainSamples)
        ))
    }
    if let test = run.test {
      facts.append((say("Test samples", korean: "시험 표본"), Formatting.count(test.samples)))
    }
    if run.samplesPerSecond > 0 {
      facts.append(
        (
          say("Samples per second", korean: "초당 표본"),
          Formatting.count(Int(run.samplesPerSecond.rounded()))
        ))
    }
    return facts
  }

  private func factList(_ facts: [(String, String)]) -> HTML {
    .tag(
      "dl", "facts", [],
      facts.map { name, value in
        .tag("div", nil, [], [.tag("dt", text: name), .tag("dd", text: value)])
      })
  }
}
