public import HoneText

/// The questions that lead from a result to the next thing to do, with their answers.
public struct DecisionRecord: Sendable, Codable, Equatable {
  /// The questions in order; a later one matters only where the earlier ones are answered well.
  public enum Question: String, Sendable, Codable, CaseIterable {
    /// Is the set-up sound?
    case setUp
    /// Can the metric and the validation split show differences?
    case judgement
    /// Is the training metric good enough for the target?
    case bias
    /// Does it carry over to new data?
    case variance
    /// Are the later data of the same kind?
    case shift
    /// Is the validation result still honest?
    case overtuning
  }

  /// What the records say to a question.
  public enum Answer: String, Sendable, Codable {
    /// Nothing to do here.
    case good
    /// Here is the trouble.
    case bad
    /// The numbers do not decide it.
    case unclear
    /// An earlier question was answered badly, or nothing was measured.
    case notAsked
  }

  /// A question and its answer.
  public struct Step: Sendable, Codable, Equatable {
    /// The question.
    public var question: Question
    /// Its answer.
    public var answer: Answer
    /// Why, with the numbers.
    public var message: Localized

    /// A question with its answer.
    public init(_ question: Question, _ answer: Answer, _ message: Localized) {
      self.question = question
      self.answer = answer
      self.message = message
    }
  }

  /// The next best action.
  public struct Action: Sendable, Codable, Equatable {
    /// Its name: a remedy's, or `fix-set-up`, `collect-data`, `set-target`, `accept`.
    public var id: String
    /// The question that asks for it.
    public var question: Question?
    /// The finding that asks for it.
    public var finding: FindingName?
    /// The change to the configuration, where there is one.
    public var remedy: Remedy?
    /// What to do and why.
    public var message: Localized

    /// An action of a name.
    public init(
      _ id: String, question: Question? = nil, finding: FindingName? = nil,
      remedy: Remedy? = nil, message: Localized
    ) {
      self.id = id
      self.question = question
      self.finding = finding
      self.remedy = remedy
      self.message = message
    }
  }

  /// All questions, in order.
  public var steps: [Step]
  /// Where the error comes from; nil before the first epoch with a metric.
  public var budget: ErrorBudget?
  /// What to do next.
  public var next: Action

  /// A walk through the questions.
  public init(steps: [Step], budget: ErrorBudget?, next: Action) {
    self.steps = steps
    self.budget = budget
    self.next = next
  }

  /// The first question that was answered badly.
  public var trouble: Question? { steps.first { $0.answer == .bad }?.question }
}
