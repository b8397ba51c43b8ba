public import HoneRecords
public import HoneText

/// The JSON of the walk from a result to the next action.
public struct DecisionOutput: Encodable, Sendable, Equatable {
  let questions: [Question]
  @OrNull var budget: Budget?
  let next: Action

  /// The JSON of a walk, with sentences in one language.
  public init(_ record: DecisionRecord, language: Language) {
    questions = record.steps.map {
      Question(id: $0.question, answer: $0.answer, message: $0.message.text(language))
    }
    _budget = OrNull(wrappedValue: record.budget.map { Budget($0, language: language) })
    next = Action(record.next, language: language)
  }

  /// A question and its answer.
  struct Question: Encodable, Sendable, Equatable {
    let id: DecisionRecord.Question
    let answer: DecisionRecord.Answer
    let message: String
  }

  /// The parts of the error.
  struct Budget: Encodable, Sendable, Equatable {
    let metric: String
    let isOneLess: Bool
    let epoch: Int
    let total: Double
    let parts: [Part]

    init(_ budget: ErrorBudget, language: Language) {
      metric = budget.metric
      isOneLess = budget.isOneLess
      epoch = budget.epoch
      total = budget.total
      parts = budget.parts.map {
        Part(
          id: $0.kind, value: $0.value, interval: $0.interval, isMeasured: $0.isMeasured,
          note: $0.note.text(language))
      }
    }
  }

  /// One part of the error.
  struct Part: Encodable, Sendable, Equatable {
    let id: ErrorBudget.Kind
    let value: Double
    let interval: [Double]
    let isMeasured: Bool
    let note: String
  }

  /// The next best action.
  struct Action: Encodable, Sendable, Equatable {
    let id: String
    @OrNull var question: DecisionRecord.Question?
    @OrNull var finding: FindingName?
    @OrNull var change: [String: ConfigurationValue]?
    let message: String

    init(_ action: DecisionRecord.Action, language: Language) {
      id = action.id
      _question = OrNull(wrappedValue: action.question)
      _finding = OrNull(wrappedValue: action.finding)
      _change = OrNull(wrappedValue: action.remedy?.change)
      message = action.message.text(language)
    }
  }
}
