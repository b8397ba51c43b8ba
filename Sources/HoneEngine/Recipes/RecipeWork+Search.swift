import HoneAssembly
import HoneCommands
import HoneConfiguration
import HoneRecords
import HoneSearch
import HoneStore
import HoneText

// The steps that search: wide and short, then narrow and long.
extension RecipeWork {
  /// Completed trials below which there is nothing to refine.
  private static let leastTrials = 10

  /// The configuration that trials change: the rate of the third step, and so many epochs.
  func base(_ recipe: RecipeRecord, epochs: Int) throws -> Configuration {
    var changes: [String: ConfigurationValue] = ["training.epochs": .integer(epochs)]
    if let step = recipe.step(.learningRate), step.passed, let rate = step.value {
      changes["optimizer.learningRate"] = .number(rate)
    }
    return try configuration.applying(changes)
  }

  /// Runs a study, or what is left of it.
  /// - Throws: `CancellationError` where somebody asked to stop before its end.
  private func study(
    _ name: String, _ recipe: RecipeRecord, space: SearchSpace?, trials: Int, epochs: Int,
    seconds: Double?, beginning points: [[String: HyperparameterValue]] = []
  ) throws -> StudyRecord {
    var search = SearchRequest(
      data: request.data, configuration: try base(recipe, epochs: epochs), space: space,
      tuned: space == nil ? request.tuned : [], sampler: request.sampler, pruner: request.pruner,
      objective: .loss, trials: trials, study: name)
    search.points = points
    search.budgetSeconds = seconds
    let report = try SearchWork(context: context).search(search)
    if context.interruption.isRequested { throw CancellationError() }
    return report.study
  }

  /// Step 4: many short trials over a wide space.
  func coarse(_ recipe: RecipeRecord) throws -> RecipeStep {
    let plan = recipe.plan
    let study = try study(
      coarseName(recipe), recipe, space: request.space, trials: plan.coarseTrials,
      epochs: plan.coarseEpochs, seconds: budget.coarseSeconds())
    let completed = study.ranked.count
    let best = study.ranked.first
    let initial = recipe.step(.initialLoss)?.value
    let learns = best.map { $0.values[0] < initial ?? .infinity } ?? false
    let passed = completed >= RecipeWork.leastTrials && learns
    let shown = best.map { Formatting.significant($0.values[0], digits: 4) } ?? "–"
    let limit = initial.map { "< \(Formatting.significant($0)), " } ?? ""
    let failed = study.trials.count - study.completed.count
    var step = RecipeStep(
      .coarse, passed: passed, value: best?.values.first,
      expected: "\(limit)≥ \(RecipeWork.leastTrials) trials completed",
      message: passed
        ? Localized(
          "The best of \(completed) trials of \(plan.coarseEpochs) epochs has validation loss "
            + "\(shown).",
          korean: "\(plan.coarseEpochs)에폭 시행 \(completed)개 중 최선의 검증 손실은 \(shown)입니다.")
        : Localized(
          "\(completed) trials completed, the best with validation loss \(shown): that is no ground "
            + "to refine on. Widen or move the space, or train longer.",
          korean: "시행 \(completed)개가 완료되었고 최선의 검증 손실은 \(shown)입니다. 정밀 탐색의 근거로 부족합니다. "
            + "공간을 넓히거나 옮기거나 더 오래 학습하십시오."))
    step.numbers = [
      "completed": Double(completed), "notCompleted": Double(failed),
      "epochs": Double(plan.coarseEpochs),
    ]
    step.details = study.trials.filter { $0.state == .failed }.prefix(3).map { trial in
      Localized(
        "trial \(trial.number) failed: \(trial.note ?? "?")",
        korean: "시행 \(trial.number) 실패: \(trial.note ?? "?")")
    }
    step.details += RecipeWork.shortened(study)
    step.studies = [study.name]
    step.runs = best?.run.map { [$0] } ?? []
    return step
  }

  /// Step 5: longer trials where the good ones lie, and past a border where the best lies on one.
  func refine(_ recipe: inout RecipeRecord) throws -> RecipeStep {
    let plan = recipe.plan
    var former = try StudyWorker.record(of: coarseName(recipe), in: DatabaseTrialStore(runs))
    guard former.ranked.count >= RecipeWork.leastTrials else {
      return unrefined(former.ranked.count)
    }
    let coarseBest = former.ranked.first?.values[0] ?? .infinity
    var details: [Localized] = []
    var studies: [String] = []
    var borders: [RangeChange] = []
    var best: (study: String, trial: TrialRecord)?
    for round in 1...plan.rounds {
      let (space, changes) = try refined(former, recipe)
      details += changes.map(RecipeWork.sentence)
      let points = former.ranked.prefix(1).compactMap { try? space.checked($0.parameters) }
      let study = try study(
        fineName(recipe, round), recipe, space: space, trials: plan.fineTrials,
        epochs: plan.fineEpochs, seconds: budget.fineSeconds(round: round, of: plan.rounds),
        beginning: points)
      studies.append(study.name)
      details += RecipeWork.shortened(study)
      if let own = study.ranked.first, own.values[0] < best?.trial.values[0] ?? .infinity {
        best = (study.name, own)
      }
      former = study
      borders = (try? refined(study, recipe).changes.filter(\.isExtended)) ?? []
      if borders.isEmpty { break }
    }
    recipe.winner = best.map {
      RecipeWinner(
        study: $0.study, trial: $0.trial.number, value: $0.trial.values[0],
        parameters: $0.trial.parameters, run: $0.trial.run)
    }
    var step = refinedStep(recipe.winner, coarseBest: coarseBest, borders: borders)
    step.details = details
    step.studies = studies
    step.numbers = ["coarse": coarseBest, "rounds": Double(studies.count)]
    step.runs = best?.trial.run.map { [$0] } ?? []
    return step
  }

  /// What is said of a study that the time ended.
  private static func shortened(_ study: StudyRecord) -> [Localized] {
    guard study.end == .deadline else { return [] }
    let (count, all) = (study.trials.count, study.budget.trials ?? study.trials.count)
    return [
      Localized(
        "The time ended \(study.name) with \(count) of \(all) trials.",
        korean: "시간이 다 되어 \(study.name)을(를) 시행 \(count)/\(all)개에서 끝냈습니다.")
    ]
  }

  private func unrefined(_ completed: Int) -> RecipeStep {
    RecipeStep(
      .refine, passed: false, value: nil, expected: "≥ \(RecipeWork.leastTrials)",
      message: Localized(
        "Only \(completed) coarse trials completed; a region needs ten.",
        korean: "완료된 거친 시행이 \(completed)개뿐입니다. 영역을 정하려면 10개가 필요합니다."))
  }

  private func refinedStep(
    _ winner: RecipeWinner?, coarseBest: Double, borders: [RangeChange]
  ) -> RecipeStep {
    let value = winner?.value ?? .nan
    let (shown, before) = (
      Formatting.significant(value, digits: 4), Formatting.significant(coarseBest, digits: 4)
    )
    let isBetter = value <= coarseBest
    let message: Localized
    if !isBetter {
      message = Localized(
        "Longer training in the promising region has not helped: validation loss \(shown) after "
          + "\(before).",
        korean: "유망한 영역에서 더 오래 학습해도 나아지지 않았습니다. 검증 손실이 \(before)에서 \(shown)이(가) 되었습니다.")
    } else if let border = borders.first {
      message = Localized(
        "Validation loss \(shown) after \(before), but the best still lies on a border of "
          + "\(border.parameter): search further out there.",
        korean: "검증 손실이 \(before)에서 \(shown)이(가) 되었지만 최선이 아직 \(border.parameter)의 경계에 있습니다. 그 "
          + "바깥을 더 탐색하십시오.")
    } else {
      message = Localized(
        "Validation loss \(shown) after \(before), away from every border.",
        korean: "검증 손실이 \(before)에서 \(shown)이(가) 되었고 최선이 어느 경계에도 있지 않습니다.")
    }
    return RecipeStep(
      .refine, passed: isBetter && borders.isEmpty, value: winner?.value,
      expected: "≤ \(before), not on a border", message: message)
  }

  /// The space for a closer look, with bounds that the configuration takes.
  private func refined(
    _ study: StudyRecord, _ recipe: RecipeRecord
  ) throws -> (space: SearchSpace, changes: [RangeChange]) {
    let (space, changes) = try study.refinedSpace()
    let base = try base(recipe, epochs: recipe.plan.fineEpochs)
    var parameters: [SearchParameter] = []
    for parameter in space.parameters {
      var parameter = parameter
      if let old = study.space.parameter(parameter.name) {
        parameter.distribution = parameter.distribution.clamped(to: old.distribution) { value in
          var point = space.point(leadingTo: parameter)
          point[parameter.name] = value.configuration
          return (try? base.applying(point)) != nil
        }
      }
      parameters.append(parameter)
    }
    let final = try SearchSpace(parameters, version: space.version)
    return (final, changes.map { $0.corrected(by: final) })
  }

  private static func sentence(_ change: RangeChange) -> Localized {
    func text(_ bounds: [Double]) -> String {
      bounds.map { Formatting.significant($0) }.joined(separator: " … ")
    }
    let range = "\(change.parameter): \(text(change.before)) → \(text(change.after))"
    return switch change.kind {
    case .kept: Localized("\(range) (kept)", korean: "\(range) (유지)")
    case .narrowed: Localized("\(range) (narrowed)", korean: "\(range) (좁힘)")
    case .extendedBelow, .extendedAbove:
      change.isExtended
        ? Localized("\(range) (extended past its border)", korean: "\(range) (경계 밖으로 넓힘)")
        : Localized(
          "\(range) (the best lies at its natural end)", korean: "\(range) (최선이 자연적인 끝에 있음)")
    }
  }
}
