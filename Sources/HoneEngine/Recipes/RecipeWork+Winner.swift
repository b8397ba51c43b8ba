import Foundation
import HoneAssembly
import HoneCommands
import HoneConfiguration
import HoneDiagnosis
import HoneNumerics
import HoneRecords
import HoneText

// The steps after the search: what do the winner's curves say, and was it luck.
extension RecipeWork {
  /// Step 6: the diagnosis reads the winner's learning curves.
  func curves(_ recipe: RecipeRecord) throws -> RecipeStep {
    guard let winner = recipe.winner, let run = winner.run else { return noWinner(.curves) }
    let diagnosis = Diagnostician().diagnose(try runs.evidence(run))
    let serious = diagnosis.findings.filter { $0.severity >= .warning }
    let more = Localized("More: hone diagnose \(run)", korean: "자세히: hone diagnose \(run)")
    let first = serious.first?.message ?? diagnosis.note
    var step = RecipeStep(
      .curves, passed: diagnosis.verdict != .problems, value: Double(serious.count),
      expected: "0",
      message: (first
        ?? Localized(
          "Nothing in the winner's curves calls for a change.",
          korean: "우승 시행의 곡선에서 고칠 것을 찾지 못했습니다.")) + more)
    step.details = diagnosis.findings.map { finding in
      Localized(
        "\(finding.id.rawValue): \(finding.message.english)",
        korean: "\(finding.id.rawValue): \(finding.message.korean)")
    }
    step.runs = [run]
    return step
  }

  /// The last step: the winner's settings with fresh seeds, each a run of its own that is also tested.
  func confirm(_ recipe: RecipeRecord) throws -> RecipeStep {
    guard let winner = recipe.winner else { return noWinner(.confirm) }
    var done: [RunRecord] = []
    for number in 1...recipe.plan.seeds {
      // Fewer seeds are better than none; the next takes about as long as the longest so far.
      if let longest = done.map(\.seconds).max(), !budget.hasTime(for: longest) { break }
      let run = try replicate(number, of: winner, recipe)
      if run.status == .interrupted || context.interruption.isRequested {
        throw CancellationError()
      }
      done.append(run)
    }
    return confirmed(winner, done, recipe, coarseBest: recipe.step(.refine)?.numbers["coarse"])
  }

  /// One run of the winner: the stored one where it has ended, what is left of an interrupted one, or a
  /// new one.
  private func replicate(
    _ number: Int, of winner: RecipeWinner, _ recipe: RecipeRecord
  ) throws -> RunRecord {
    var configuration = try base(recipe, epochs: recipe.plan.fineEpochs)
      .applying(winner.parameters.mapValues(\.configuration))
    configuration.training.seed = configuration.training.seed &+ UInt64(number)
    let name = "\(recipe.name)/seed-\(number)"
    var filter = RunFilter()
    filter.includesChildren = true
    let known = try runs.runs(matching: filter).filter {
      $0.parent == recipe.name && $0.name == name && $0.created >= recipe.created
    }
    if let ended = known.first(where: \.status.isEnd) { return ended }
    context.say(
      Localized(
        "Seed \(number) of \(recipe.plan.seeds)", korean: "시드 \(number)/\(recipe.plan.seeds)"))
    var request = TrainRequest(data: request.data, configuration: configuration, name: name)
    request.parent = recipe.name
    let setting = VerbSetting(context)
    if let broken = known.first(where: { $0.status == .interrupted || $0.status == .running }) {
      let rest = TrainRequest(data: nil, configuration: Configuration())
      return try engine.resume(broken.id, rest, setting)
    }
    return try engine.begin(request, setting)
  }

  private func confirmed(
    _ winner: RecipeWinner, _ done: [RunRecord], _ recipe: RecipeRecord, coarseBest: Double?
  ) -> RecipeStep {
    let values = done.compactMap { ($0.best ?? $0.final)?.validationLoss }.filter(\.isFinite)
    let mean = values.mean()
    let half =
      values.count > 1
      ? StudentDistribution(degreesOfFreedom: Double(values.count - 1)).quantile(0.975)
        * values.standardError() : .nan
    let limit = coarseBest ?? .infinity
    let passed = values.count == done.count && mean <= limit
    let (shown, chosen, spread) = (
      Formatting.significant(mean, digits: 4), Formatting.significant(winner.value, digits: 4),
      Formatting.significant(half, digits: 2)
    )
    var step = RecipeStep(
      .confirm, passed: passed, value: mean,
      expected: "≤ \(Formatting.significant(limit, digits: 4))",
      message: passed
        ? Localized(
          "On \(values.count) fresh seeds the validation loss is \(shown) ± \(spread) (95%); the trial "
            + "that was chosen had \(chosen).",
          korean: "새 시드 \(values.count)개의 검증 손실은 \(shown) ± \(spread)(95%)입니다. 선택된 시행은 "
            + "\(chosen)이었습니다.")
        : Localized(
          "On fresh seeds the validation loss is \(shown), no better than that of short trials: the "
            + "winner was lucky.",
          korean: "새 시드의 검증 손실은 \(shown)으로 짧은 시행보다 낫지 않습니다. 우승은 운이었습니다."))
    step.numbers = [
      "mean": mean, "halfWidth": half, "chosen": winner.value, "optimism": mean - winner.value,
    ]
    let tests = done.compactMap(\.test)
    if !tests.isEmpty, let metric = done.first?.metric {
      let scores = tests.map(\.metric)
      step.numbers["testLoss"] = tests.map(\.loss).mean()
      step.numbers["test.\(metric)"] = scores.mean()
      let score = Formatting.significant(scores.mean(), digits: 4)
      step.details = [
        Localized(
          "\(metric) on the test split, which no step has seen: \(score) on average.",
          korean: "어느 단계도 보지 못한 테스트 분할의 \(metric): 평균 \(score).")
      ]
    }
    if done.count < recipe.plan.seeds {
      step.details.append(
        Localized(
          "The time was enough for \(done.count) of \(recipe.plan.seeds) seeds.",
          korean: "시간이 허락한 시드는 \(recipe.plan.seeds)개 중 \(done.count)개입니다."))
    }
    step.runs = done.map(\.id)
    return step
  }

  private func noWinner(_ name: RecipeStep.Name) -> RecipeStep {
    RecipeStep(
      name, passed: false, value: nil, expected: "-",
      message: Localized(
        "There is no winner to look at.", korean: "살펴볼 우승 시행이 없습니다."))
  }
}
