import Foundation
import HoneRecords

/// The JSON of `hone recipe`.
struct RecipeOutput: Encodable {
  let recipe: String
  let status: Status
  let data: String
  let steps: [Step]
  @OrNull var winner: RecipeWinner?

  /// Where a recipe stands.
  enum Status: String, Encodable { case passed, failed, unfinished }

  /// One step.
  struct Step: Encodable {
    let step: RecipeStep.Name
    let passed: Bool
    @OrNull var value: Double?
    let expected: String
    let message: String
    let numbers: [String: Double]
    let details: [String]
    let studies: [String]
    let runs: [String]
    let seconds: Double

    init(_ step: RecipeStep, _ context: CommandContext) {
      self.step = step.name
      passed = step.passed
      _value = OrNull(wrappedValue: step.value.flatMap { $0.isFinite ? $0 : nil })
      expected = step.expected
      message = context.text(step.message)
      numbers = step.numbers.filter(\.value.isFinite)
      details = step.details.map(context.text)
      studies = step.studies
      runs = step.runs
      seconds = step.seconds
    }
  }

  init(_ record: RecipeRecord, _ context: CommandContext) {
    recipe = record.name
    let hasFailed = record.steps.contains { !$0.passed }
    status = record.isPassed ? .passed : hasFailed ? .failed : .unfinished
    data = record.dataSource
    steps = record.steps.map { Step($0, context) }
    _winner = OrNull(wrappedValue: record.winner)
  }
}
