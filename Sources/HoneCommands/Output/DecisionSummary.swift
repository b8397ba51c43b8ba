import HoneDiagnosis
import HoneRecords
import HoneText

/// The walk from a result to the next action, for people.
enum DecisionSummary {
  static func say(_ record: DecisionRecord, _ context: CommandContext) {
    context.say("")
    if let budget = record.budget {
      let name = budget.isOneLess ? "1 - \(budget.metric)" : budget.metric
      context.say(
        Localized(
          "Where the error comes from (\(name), epoch \(budget.epoch)):",
          korean: "오차의 내역 (\(name), 에폭 \(budget.epoch)):"))
      for part in budget.parts {
        let low = Formatting.significant(part.interval.first ?? .nan, digits: 2)
        let high = Formatting.significant(part.interval.last ?? .nan, digits: 2)
        let value = Formatting.significant(part.value)
        context.say(
          "  \(context.text(part.kind.title)): \(value) [\(low), \(high)] - "
            + context.text(part.note))
      }
      context.say(
        "  " + context.text(Localized("total", korean: "합계"))
          + ": \(Formatting.significant(budget.total))")
      context.say("")
    }
    for step in record.steps where step.answer != .notAsked {
      context.say(
        "\(context.text(step.question.title)) \(mark(step.answer, context)): "
          + context.text(step.message))
    }
    context.say(
      Localized(
        "Next: \(record.next.id). \(record.next.message.english)",
        korean: "다음에 할 일: \(record.next.id). \(record.next.message.korean)"))
  }

  private static func mark(
    _ answer: DecisionRecord.Answer, _ context: CommandContext
  ) -> String {
    switch answer {
    case .good: context.text(Localized("yes", korean: "예"))
    case .bad: context.text(Localized("no", korean: "아니요"))
    case .unclear, .notAsked: context.text(Localized("unclear", korean: "불분명"))
    }
  }
}
