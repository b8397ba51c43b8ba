import HoneDiagnosis
import HoneRecords
import HoneText

extension ReportWriter {
  /// The findings with their evidence, causes and remedies.
  func findings(_ diagnosis: DiagnosisRecord, title: String) -> HTML {
    findings(
      diagnosis.findings, title: title,
      none: diagnosis.note?.text(language)
        ?? say("No fault shows.", korean: "문제가 보이지 않습니다."))
  }

  /// Findings with their evidence, causes, examples and remedies, or a sentence where there are none.
  func findings(
    _ findings: [Finding], title: String, none: String, lead: String? = nil
  ) -> HTML {
    guard !findings.isEmpty else {
      return section("findings", title, [.tag("p", nil, text: none)])
    }
    return section(
      "findings", title,
      lead: lead
        ?? say(
          "The earliest cause first. Each number stands beside the threshold it was held against.",
          korean: "가장 앞선 원인부터 나열합니다. 각 수치와 비교한 기준값을 함께 보입니다."),
      findings.map(finding))
  }

  private func finding(_ finding: Finding) -> HTML {
    var head: [HTML] = [
      .tag("h3", text: finding.id.title.text(language)),
      pill(severity(finding.severity), finding.severity == .info ? .neutral : .bad),
      .tag(
        "span", "muted",
        text: say(
          "confidence \(Formatting.percent(finding.confidence, decimals: 0))",
          korean: "확신도 \(Formatting.percent(finding.confidence, decimals: 0))")),
      .tag("code", text: finding.id.rawValue),
    ]
    if let layer = finding.layer { head.append(.tag("code", text: layer)) }
    var children: [HTML] = [
      .tag("div", "head", [], head), .tag("p", text: finding.message.text(language)),
    ]
    if !finding.causes.isEmpty {
      let names = finding.causes.map { $0.title.text(language) }.joined(separator: ", ")
      children.append(
        .tag("p", "note", text: say("A consequence of: \(names).", korean: "원인: \(names)")))
    }
    children.append(evidenceTable(finding).html)
    if let shown = finding.examples, !shown.isEmpty { children.append(examples(shown)) }
    if !finding.remedies.isEmpty { children.append(remedies(finding.remedies)) }
    children.append(
      .tag(
        "p", "muted", [],
        [
          .text(say("What it is, with a picture: ", korean: "그림과 함께 보는 설명: ")),
          .tag("code", text: finding.id.page),
        ]))
    return .tag("div", "finding", [], children)
  }

  private func evidenceTable(_ finding: Finding) -> HTMLTable {
    var table = HTMLTable([
      .init(say("Signal", korean: "신호")), .init(say("Value", korean: "값"), isNumber: true),
      .init(say("Threshold", korean: "기준값"), isNumber: true),
      .init(say("Source of the threshold", korean: "기준값의 출처")),
    ])
    table.rows = finding.evidence.map { evidence in
      let sign =
        switch evidence.comparison {
        case .above: ">"
        case .below: "<"
        case .equal: "="
        case .outside: "∉"
        }
      return [
        .tag("code", text: evidence.signal), .text(Formatting.significant(evidence.value)),
        .text("\(sign) \(Formatting.significant(evidence.threshold))"),
        .tag("span", "muted", text: evidence.source),
      ]
    }
    return table
  }

  private func remedies(_ remedies: [Remedy]) -> HTML {
    let items = remedies.map { remedy -> HTML in
      var parts: [HTML] = [.tag("strong", text: remedy.id)]
      if !remedy.change.isEmpty {
        parts += [.text(" "), .tag("code", text: ConfigurationText.change(remedy.change))]
      }
      parts.append(.tag("span", "muted", text: " — " + remedy.rationale.text(language)))
      return .tag("li", nil, [], parts)
    }
    return .group([
      .tag("h4", text: say("Remedies, in the order to try", korean: "처방(시도할 순서)")),
      .tag("ol", "remedies", [], items),
    ])
  }

  private func severity(_ severity: Finding.Severity) -> String {
    switch severity {
    case .info: say("hint", korean: "참고")
    case .warning: say("warning", korean: "경고")
    case .critical: say("critical", korean: "심각")
    }
  }
}
