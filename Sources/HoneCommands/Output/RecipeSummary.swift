import ArgumentParser
public import HoneRecords
import HoneText

/// A recipe for people and scripts.
public struct RecipeSummary {
  private let recipe: RecipeRecord

  init(_ recipe: RecipeRecord) { self.recipe = recipe }

  /// Says how a step ended: its mark, its numbers, and what they mean.
  /// - Parameter count: how many steps there are.
  public static func say(_ step: RecipeStep, of count: Int, _ context: CommandContext) {
    let mark =
      step.passed ? context.terminal.styled("✓", .green) : context.terminal.styled("✗", .red)
    let number = (RecipeStep.Name.allCases.firstIndex(of: step.name) ?? 0) + 1
    let value = step.value.map { decimal($0) } ?? "-"
    context.say(
      "\(mark) \(number)/\(count) \(context.text(step.name.title)): \(value) (\(step.expected))")
    context.say("    \(context.text(step.message))")
    for detail in step.details { context.say("    · \(context.text(detail))") }
  }

  /// Prints the answer; ends without success where a step failed, and with the status of an
  /// interruption where there was one.
  func answer(_ context: CommandContext) throws {
    if context.json {
      try context.emit(RecipeOutput(recipe, context))
    } else {
      say(context)
    }
    try TensorVerb.exitIfInterrupted(context)
    if !recipe.isPassed { throw ExitCode(ExitStatus.unsuccessful.rawValue) }
  }

  /// Where the recipe stands and how to go on; the steps have been said as they ended.
  func say(_ context: CommandContext) {
    let passed = recipe.steps.count(where: \.passed)
    let count = RecipeStep.Name.allCases.count
    context.say("")
    context.say(
      Localized(
        "Recipe \(recipe.name): \(passed) of \(count) steps passed, \(recipe.steps.count) taken",
        korean: "레시피 \(recipe.name): \(count)단계 중 \(passed)단계 통과, \(recipe.steps.count)단계 완료"))
    if let winner = recipe.winner {
      let values = winner.parameters.sorted { $0.key < $1.key }
        .map { "\($0.key)=\(SearchSummary.text($0.value))" }.joined(separator: " ")
      context.say(
        Localized(
          "Winner: trial \(winner.trial) of \(winner.study), \(values)",
          korean: "우승: \(winner.study)의 시행 \(winner.trial), \(values)"))
      context.say(
        Localized(
          "Its study: hone report \(winner.study)", korean: "연구 보고서: hone report \(winner.study)"))
    }
    if recipe.steps.count < count {
      context.say(
        Localized(
          "The same command with --name \(recipe.name) goes on; after a failed step with "
            + "--keep-going, after a change of the configuration with --restart.",
          korean: "같은 명령에 --name \(recipe.name)을 쓰면 이어서 합니다. 실패한 단계 다음으로 가려면 --keep-going, 설정을 "
            + "바꾼 뒤에는 --restart를 함께 쓰십시오."))
    }
  }
}
