import HoneConfiguration
import HoneData
import HoneMetrics
import HoneNumerics
import HoneRecords

/// Goes up the ladder: each remedy against the best configuration so far, kept at once where it is
/// proven; then once more over what was left undecided.
struct ExperimentSearch {
  /// The share of the budget that is left for the final run and the report.
  private static let reserve = 0.1

  private let improver: Improver
  private let design: ProofDesign
  private let ladder: RemedyLadder
  private let metric: MetricName
  private let started: ContinuousClock.Instant
  private let finalSeconds: Double
  private var control: Arm?
  private var stream: RandomStream

  /// The best configuration so far.
  private(set) var base: Configuration
  /// Every experiment in order.
  private(set) var records: [ExperimentRecord] = []

  init(
    improver: Improver, base: Configuration, ladder: RemedyLadder, baseline: RunEvidence,
    started: ContinuousClock.Instant
  ) throws {
    self.improver = improver
    self.base = base
    self.ladder = ladder
    self.started = started
    metric = MetricName(rawValue: baseline.run.metric) ?? .accuracy
    finalSeconds = baseline.run.seconds
    let seed = improver.configuration.training.seed
    stream = RandomStream(seed: seed, "experiments")
    let pool = (improver.split.train + improver.split.validation).sorted()
    let needed = 10 * max(2, improver.data.classes.count)
    guard pool.count >= needed else {
      throw ImprovementError.tooFewSamples(pool.count, needed: needed)
    }
    let options = improver.options
    let spent = started.duration(to: .now) / .seconds(1)
    let cost = ExperimentCost(
      secondsLeft: (1 - Self.reserve) * options.budgetSeconds - spent - 2 * finalSeconds,
      arms: ladder.rungs.count + 1, seeds: options.seeds, pool: pool.count, baseline: baseline)
    if let limit = cost.trainLimit {
      try improver.observe(.reduced(samples: limit, of: pool.count))
    }
    design = try ProofDesign(
      improver.data, pool: pool, seeds: options.seeds, isCrossFitted: cost.isCrossFitted,
      trainLimit: cost.trainLimit, seed: seed)
  }

  /// Tries the remedies until they, the passes or the budget end.
  mutating func run() throws {
    control = try arm(base)
    var rungs = ladder.rungs
    for pass in 0..<improver.options.passes {
      let keptBefore = records.count { $0.decision == .kept }
      var undecided: [RemedyLadder.Rung] = []
      for (index, rung) in rungs.enumerated() {
        guard !goalIsReached else { return }
        guard hasTime(for: rung.remedy) else {
          try improver.observe(.budgetSpent(remaining: rungs.count - index))
          return
        }
        if let record = try experiment(rung, number: index + 1, of: rungs.count, pass: pass),
          record.decision == .inconclusive, record.delta > 0
        {
          undecided.append(rung)
        }
      }
      // Without a new base the same experiments would only be repeated.
      guard records.count(where: { $0.decision == .kept }) > keptBefore else { return }
      rungs = undecided
    }
  }

  /// Bonferroni over all experiments that the passes can hold, one-sided.
  private var level: Double {
    let experiments = ladder.rungs.count * improver.options.passes
    return 1 - 2 * improver.options.falseAcceptance / Double(max(1, experiments))
  }

  private mutating func experiment(
    _ rung: RemedyLadder.Rung, number: Int, of count: Int, pass: Int
  ) throws -> ExperimentRecord? {
    guard let changed = try? base.applying(rung.remedy.change), changed != base,
      let control
    else { return nil }
    try improver.observe(.experimentBegan(rung.remedy, number: number, of: count))
    let arm = try arm(changed)
    let comparison = Comparison(
      control: control, changed: arm, metric: metric, level: level, using: &stream)
    let record = ExperimentRecord(
      remedy: rung.remedy.id, finding: rung.finding, change: rung.remedy.change,
      baselineMetric: comparison.baselineMetric, metric: comparison.metric,
      delta: comparison.delta, interval: comparison.interval, level: level,
      seeds: improver.options.seeds, decision: comparison.decision, seconds: arm.seconds)
    if comparison.decision == .kept {
      base = changed
      self.control = arm
    }
    records.append(record)
    try improver.observe(.experimentEnded(record))
    return record
  }

  /// Trains a configuration with every paired seed.
  private func arm(_ configuration: Configuration) throws -> Arm {
    var arm = Arm()
    for (index, splits) in design.splits.enumerated() {
      if improver.stopRequested() {
        throw ImprovementError.interrupted(experiments: records.count)
      }
      let seed = improver.configuration.training.seed &+ UInt64(index) &+ 1
      try arm.add(configuration, data: improver.data, splits: splits, seed: seed)
      try improver.observe(
        .armEnded(number: index + 1, of: design.splits.count, metric: arm.metrics[index]))
    }
    return arm
  }

  private var goalIsReached: Bool {
    guard let goal = improver.options.goal, let reached = control?.metrics.mean() else {
      return false
    }
    return metric.isBetterWhenLarger ? reached >= goal : reached <= goal
  }

  /// Whether one more experiment fits, judged by what the control's runs took.
  ///
  /// A remedy of long effort takes about twice as long.
  private func hasTime(for remedy: Remedy) -> Bool {
    let spent = started.duration(to: .now) / .seconds(1)
    let factor = remedy.effort == .long ? 2.0 : 1.2
    let next = factor * (control?.seconds ?? 0)
    let reserve = max(Self.reserve * improver.options.budgetSeconds, 2 * finalSeconds)
    return spent + next + reserve <= improver.options.budgetSeconds
  }
}
