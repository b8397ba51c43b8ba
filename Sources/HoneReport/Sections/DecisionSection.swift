import HoneDiagnosis
import HonePlots
import HoneRecords
import HoneText

extension ReportWriter {
  /// Where the error comes from and what to do next.
  mutating func decision(_ record: DecisionRecord) -> HTML {
    var children: [HTML] = []
    if let budget = record.budget { children.append(errorBudget(budget)) }
    var table = HTMLTable([
      .init(say("Question", korean: "질문")), .init(say("Answer", korean: "답")),
      .init(say("Why", korean: "근거")),
    ])
    table.rows = record.steps.map { step in
      [
        .text(step.question.title.text(language)), answer(step.answer),
        .text(step.answer == .notAsked ? "–" : step.message.text(language)),
      ]
    }
    children.append(table.html)
    children.append(
      .tag(
        "p", "claim",
        text: say("Next: ", korean: "다음에 할 일: ") + record.next.message.text(language)))
    return section(
      "decision", say("Where the error comes from", korean: "오차의 내역"),
      lead: say(
        "The questions in order; the first one answered badly says what to do next.",
        korean: "순서대로 확인하며, 처음으로 문제가 나온 질문에서 다음 할 일이 정해집니다."),
      children)
  }

  private func answer(_ answer: DecisionRecord.Answer) -> HTML {
    switch answer {
    case .good: pill(say("yes", korean: "예"), .good)
    case .bad: pill(say("no", korean: "아니요"), .bad)
    case .unclear: pill(say("unclear", korean: "불분명"), .neutral)
    case .notAsked: pill(say("not asked", korean: "묻지 않음"), .neutral)
    }
  }

  private mutating func errorBudget(_ budget: ErrorBudget) -> HTML {
    let names = budget.parts.map { $0.kind.title.text(language) }
    let axis = errorTitle(budget.metric, isOneLess: budget.isOneLess)
    var table = HTMLTable([
      .init(say("Part", korean: "구분")), .init(axis, isNumber: true),
      .init(say("95% interval", korean: "95% 구간"), isNumber: true),
      .init(say("Where it is from", korean: "설명")),
    ])
    table.rows = zip(names, budget.parts).map { name, part in
      let ends = part.interval.map { Formatting.significant($0, digits: 2) }
      return [
        .text(name), .text(Formatting.significant(part.value)),
        .text(ends.joined(separator: " … ")), .text(part.note.text(language)),
      ]
    }
    table.rows.append([
      .text(say("Total", korean: "합계")), .text(Formatting.significant(budget.total)), .text(""),
      .text(""),
    ])
    let total = Formatting.significant(budget.total)
    return chart(
      "chart-budget", title: say("The error in parts", korean: "오차의 구성"),
      summary: say(
        "An error of \(total) in \(names.count) parts.",
        korean: "오차 \(total)의 구성 요소 \(names.count)개"),
      figure: .errorBudget(budget, names: names, axis: axis), table: table)
  }

  /// An error in words: `1 − accuracy`.
  func errorTitle(_ metric: String, isOneLess: Bool) -> String {
    let name = MetricText(metric, kind: .multiclass, isBetterWhenLarger: isOneLess).title
      .text(language)
    return isOneLess ? "1 − \(name)" : sentenceCase(name)
  }
}
