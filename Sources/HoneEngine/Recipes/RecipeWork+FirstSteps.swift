import HoneAssembly
import HoneCommands
import HoneConfiguration
import HoneMetrics
import HoneRecords
import HoneTensor
import HoneText
import HoneTrain

// The steps before any search: is the loss right, can the model learn at all, and how fast.
extension RecipeWork {
  /// The share of the initial loss by which it must fall.
  private static let fall = 0.1

  /// The run that a configuration gives, ready for probes.
  func assembled(_ configuration: Configuration) throws -> AssembledRun {
    let run = try catchingTorchErrors {
      try AssembledRun(configuration, data: data, split: split)
    }
    Torch.threads = run.plan.threads
    return run
  }

  /// The configuration without weight decay and penalties.
  private func withoutPenalties() throws -> Configuration {
    var plain = configuration
    plain.regularization.l1 = 0
    plain.regularization.l2 = 0
    plain.regularization.elasticNet.strength = 0
    for index in plain.optimizer.groups.indices { plain.optimizer.groups[index].weightDecay = nil }
    guard plain.optimizer.weightDecay != 0 else { return plain }
    return try plain.applying(["optimizer.weightDecay": .number(0)])
  }

  /// Step 1: the untrained model knows nothing, and its loss says so.
  func initialLoss() throws -> RecipeStep {
    let run = try assembled(withoutPenalties())
    var record = run.record
    let preflight = try measurePreflight(run.plan)
    record.preflight = preflight
    let gate = CheckReport.Gate.initialLoss(RunEvidence(run: record, epochs: [], steps: []))
    var step = RecipeStep(
      .initialLoss, passed: gate.passed, value: gate.value, expected: gate.expected,
      message: gate.message)
    step.numbers["loss"] = preflight.initialLoss
    step.numbers["standardError"] = preflight.initialLossError
    step.numbers["expected"] = preflight.expectedInitialLoss
    return step
  }

  /// Step 2: a model that cannot learn a handful of samples by heart will not learn thousands.
  ///
  /// The learning rate is not what this step asks about: a tenth and ten times of it are tried too.
  func overfitSample(_ recipe: RecipeRecord) throws -> RecipeStep {
    var plan = try assembled(withoutPenalties()).plan
    var probe = OverfitProbe()
    probe.samples = recipe.plan.sample
    let isClassifier = plan.metric.tasks.contains(.multiclass)
    if isClassifier { (probe.learnedShare, probe.namedShare) = (0, .infinity) }
    let configured = plan.learningRate
    var best: (rate: Double, outcome: OverfitProbe.Outcome)?
    for factor in [1, 0.1, 10] {
      plan.learningRate = configured * factor
      let outcome = try probe.run(plan, stopRequested: stopRequested)
      let isBetter = best.map { share(outcome) > share($0.outcome) } ?? true
      if isBetter || outcome.isLearned { best = (plan.learningRate, outcome) }
      if outcome.isLearned { break }
    }
    guard let best else { throw CancellationError() }
    return overfitStep(best.outcome, rate: best.rate, isClassifier: isClassifier, probe)
  }

  /// How much of the sample was learned, 0...1.
  private func share(_ outcome: OverfitProbe.Outcome) -> Double {
    if let named = outcome.named { return Double(named) / Double(max(outcome.samples, 1)) }
    guard outcome.lastLoss.isFinite, outcome.firstLoss > 0 else { return 0 }
    return 1 - outcome.lastLoss / outcome.firstLoss
  }

  private func overfitStep(
    _ outcome: OverfitProbe.Outcome, rate: Double, isClassifier: Bool, _ probe: OverfitProbe
  ) -> RecipeStep {
    let learned = share(outcome)
    let rateText = Formatting.significant(rate)
    let shown = Formatting.percent(learned)
    let samples = outcome.samples
    var step = RecipeStep(
      .overfitSample, passed: outcome.isLearned, value: learned,
      expected: isClassifier ? "100%" : "> \(Formatting.percent(1 - probe.learnedShare))",
      message: outcome.isLearned
        ? Localized(
          "\(samples) samples are learned to \(shown) in \(outcome.steps) steps (learning rate "
            + "\(rateText)).",
          korean: "표본 \(samples)개를 \(outcome.steps)스텝 만에 \(shown)까지 외웠습니다(학습률 \(rateText)).")
        : Localized(
          "\(samples) samples are learned to \(shown) only, at the best of three learning rates "
            + "(\(rateText)). Widen the model, or check labels and preparation.",
          korean: "표본 \(samples)개를 \(shown)까지만 외웠습니다(세 학습률 중 최선 \(rateText)). 모델을 넓히거나 레이블과 "
            + "전처리를 확인하십시오."))
    step.numbers = [
      "samples": Double(samples), "steps": Double(outcome.steps), "firstLoss": outcome.firstLoss,
      "lastLoss": outcome.lastLoss, "learningRate": rate,
    ]
    if let named = outcome.named { step.numbers["named"] = Double(named) }
    return step
  }

  /// Step 3: a rate at which the loss falls soon, which the search then begins around.
  func learningRate(_ recipe: RecipeRecord) throws -> RecipeStep {
    let plan = try assembled(configuration).plan
    let initial = recipe.step(.initialLoss)?.value ?? .nan
    var probe = FixedRateProbe()
    probe.steps = recipe.plan.fallSteps
    var outcomes: [FixedRateProbe.Outcome] = []
    for rate in try candidates(plan) {
      outcomes.append(try probe.run(plan, at: rate, stopRequested: stopRequested))
    }
    let finite = outcomes.filter(\.last.isFinite)
    let best = finite.min { $0.last < $1.last }
    let first = initial.isFinite ? initial : best?.losses.first ?? .nan
    let target = first - RecipeWork.fall * abs(first)
    let passed = best.map { $0.last + 2 * $0.error < target } ?? false
    let targetText = Formatting.significant(target)
    var step = RecipeStep(
      .learningRate, passed: passed, value: best?.learningRate,
      expected: "loss < \(targetText) in \(probe.steps) steps",
      message: rateMessage(best, first: first, steps: probe.steps, passed: passed))
    step.numbers["initialLoss"] = first
    step.numbers["loss"] = best?.last
    step.details = outcomes.map { outcome in
      let (rate, last) = (
        Formatting.significant(outcome.learningRate), Formatting.significant(outcome.last)
      )
      return Localized("learning rate \(rate): loss \(last)", korean: "학습률 \(rate): 손실 \(last)")
    }
    return step
  }

  /// Rates around the one at which a range test sees the loss fall fastest; decades where it sees none.
  private func candidates(_ plan: TrainingPlan) throws -> [Double] {
    var test = RangeTest()
    test.seeds = 1
    let found = try test.run(plan, stopRequested: stopRequested)
    guard let suggestion = found.suggestion else { return [1e-4, 1e-3, 1e-2, 1e-1] }
    let limit = found.divergence ?? .infinity
    let rates = [suggestion / 3, suggestion, suggestion * 3].filter { $0 < limit }
    return rates.isEmpty ? [limit / 10] : rates
  }

  private func rateMessage(
    _ best: FixedRateProbe.Outcome?, first: Double, steps: Int, passed: Bool
  ) -> Localized {
    guard let best else {
      return Localized(
        "The loss became infinite or no number at every rate that was tried.",
        korean: "시도한 모든 학습률에서 손실이 무한대가 되거나 수가 아니게 되었습니다.")
    }
    let (rate, before, after) = (
      Formatting.significant(best.learningRate), Formatting.significant(first),
      Formatting.significant(best.last)
    )
    return passed
      ? Localized(
        "At \(rate) the loss falls from \(before) to \(after) in \(steps) steps.",
        korean: "학습률 \(rate)에서 손실이 \(steps)스텝 만에 \(before)에서 \(after)(으)로 줄어듭니다.")
      : Localized(
        "At the best rate, \(rate), the loss goes from \(before) to \(after) in \(steps) steps only. "
          + "Check the data's scale, the initial weights and the optimiser.",
        korean: "가장 나은 학습률 \(rate)에서도 손실이 \(steps)스텝 동안 \(before)에서 \(after)까지만 갑니다. 데이터의 "
          + "규모, 초기 가중치, 최적화 방법을 확인하십시오.")
  }
}
