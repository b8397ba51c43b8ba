import Foundation
public import HoneConfiguration
public import HoneData
import HoneMetrics
import HoneNumerics
public import HoneRecords
import HoneText
import HoneTrain

/// Trains on a quarter, half and all of the training split, with a larger model and with other learning
/// rates, and prices what each way on would buy.
///
/// ```swift
/// let record = try LearningCurveStudy(configuration, data: data, split: split).run()
/// print(record.conclusion.english)
/// ```
///
/// The parts are nested and keep the shares of classes. Every run takes the same number of steps, so
/// that only the data differ. All are judged by the same validation split at their best epoch; the test
/// split is not touched.
public struct LearningCurveStudy {
  /// The parts of the training split.
  public static let shares = [0.25, 0.5, 1.0]

  /// Samples that the smallest part must hold, for each class or at all.
  static let fewestSamples = 20

  let configuration: Configuration
  let data: Dataset
  let split: Split
  let options: StudyOptions

  /// A study of a configuration on its data.
  /// - Parameters:
  ///   - configuration: what to train.
  ///   - data: the data.
  ///   - split: the parts of the data; its test samples are left alone.
  ///   - options: seeds and time.
  public init(
    _ configuration: Configuration, data: Dataset, split: Split,
    options: StudyOptions = StudyOptions()
  ) {
    self.configuration = configuration
    self.data = data
    self.split = split
    self.options = options
  }

  /// Runs the study.
  /// - Throws: `ConfigurationError` where there is nothing to validate on or too little to divide;
  ///   `CancellationError` where a stop was requested; what training throws.
  public func run() throws -> LearningCurveRecord {
    guard !split.validation.isEmpty, split.train.count / 4 >= Self.fewestSamples else {
      throw configuration.problem(
        at: "data.validation",
        Localized(
          "a learning curve needs a validation split and \(4 * Self.fewestSamples) training samples.",
          korean: "학습 곡선에는 검증 데이터와 학습 샘플 \(4 * Self.fewestSamples)개 이상이 필요합니다."))
    }
    let started = ContinuousClock.now
    let whole = try AssembledRun(configuration, data: data, split: split)
    let resolved = try Configuration(text: whole.record.configuration)
    var runs = RunsOfStudy(self, started: started)
    var full: [StudyRun] = []
    var points: [LearningCurveRecord.Point] = []
    // All of the data first: its time says how many seeds fit.
    for share in Self.shares.reversed() {
      let part = nested(share)
      let name = "\(Int(100 * share)) %"
      let found = try runs.run(name, stretched(resolved, by: 1 / share), part)
      guard found.errors.allSatisfy(\.isFinite) else {
        throw configuration.problem(
          at: "optimizer",
          Localized(
            "a run on \(name) of the data diverged. Mend that first.",
            korean: "데이터의 \(name)로 학습한 실행이 발산했습니다. 먼저 이를 해결하십시오."))
      }
      if share == 1 { full = found }
      points.append(point(share, samples: part.train.count, found))
    }
    points.reverse()
    var options = [Pricing(points).moreData(samples: split.train.count)]
    if let larger = resolved.model.architecture.scaled(width: 2, depth: 1), runs.hasTime(factor: 3)
    {
      var wide = resolved
      wide.model.architecture = larger
      let found = try runs.run("width x 2", wide, split)
      if found.errors.allSatisfy(\.isFinite) {
        options.append(Pricing(points).paired(.largerModel, "width x 2", full, found, tried: 1))
      }
    }
    if let tuned = try tuning(resolved, full, points, &runs) { options.append(tuned) }
    let ordered = Pricing.ordered(options)
    return LearningCurveRecord(
      metric: whole.record.metric, isOneLess: whole.record.metricIsBetterWhenLarger,
      points: points, options: ordered,
      conclusion: Pricing.conclusion(ordered, seeds: runs.seeds),
      seconds: started.duration(to: .now) / .seconds(1))
  }

  /// The better of a third and three times the learning rate.
  private func tuning(
    _ resolved: Configuration, _ full: [StudyRun], _ points: [LearningCurveRecord.Point],
    _ runs: inout RunsOfStudy
  ) throws -> LearningCurveRecord.Option? {
    var best: (change: String, runs: [StudyRun])?
    for factor in [1.0 / 3, 3] where runs.hasTime(factor: 1) {
      let rate = resolved.optimizer.learningRate * factor
      let changed = try resolved.applying(["optimizer.learningRate": .number(rate)])
      let name = "learning rate \(Formatting.significant(rate))"
      let found = try runs.run(name, changed, split)
      guard found.errors.allSatisfy(\.isFinite) else { continue }
      if !(best.map { $0.runs.meanError <= found.meanError } ?? false) { best = (name, found) }
    }
    return best.map { Pricing(points).paired(.tuning, $0.change, full, $0.runs, tried: 2) }
  }

  private func point(
    _ share: Double, samples: Int, _ runs: [StudyRun]
  ) -> LearningCurveRecord.Point {
    LearningCurveRecord.Point(
      share: share, samples: samples, errors: runs.errors, mean: runs.meanError,
      standardError: runs.errors.standardError(), seconds: runs.meanSeconds)
  }

  /// More epochs for a smaller part: as many steps as the whole takes.
  private func stretched(_ configuration: Configuration, by factor: Double) -> Configuration {
    var changed = configuration
    changed.training.epochs = Int((Double(configuration.training.epochs) * factor).rounded(.up))
    return changed
  }

  /// The split with a share of its training samples, each class cut alike.
  func nested(_ share: Double) -> Split {
    guard share < 1 else { return split }
    var stream = RandomStream(seed: configuration.training.seed, "learning curve")
    let order = stream.permutation(split.train.count).map { split.train[$0] }
    var groups: [Int32: [Int]] = [:]
    for sample in order {
      groups[data.labels.isEmpty ? 0 : data.labels[sample], default: []].append(sample)
    }
    var part = split
    part.train = groups.values.flatMap { group in
      group.prefix(max(1, Int((share * Double(group.count)).rounded())))
    }.sorted()
    return part
  }
}

/// The runs of a study within its time.
struct RunsOfStudy {
  let study: LearningCurveStudy
  let started: ContinuousClock.Instant
  /// The seeds of each kind: fewer than asked for where the first runs show that all would take too long.
  private(set) var seeds: Int
  private var usual = 0.0

  init(_ study: LearningCurveStudy, started: ContinuousClock.Instant) {
    self.study = study
    self.started = started
    seeds = study.options.seeds
  }

  /// Kinds of runs by the cost of one on all data: three parts, a model of three times the cost, two rates.
  private static let kinds = 8.0

  /// Trains a configuration with each seed.
  mutating func run(
    _ name: String, _ configuration: Configuration, _ split: Split
  ) throws -> [StudyRun] {
    var found: [StudyRun] = []
    while found.count < seeds {
      let seed = study.configuration.training.seed &+ UInt64(found.count)
      let run = try StudyRun(
        configuration, data: study.data, split: split, seed: seed,
        stopRequested: study.options.stopRequested)
      study.options.observe("\(name), seed \(seed)", run.error, run.seconds)
      found.append(run)
      if usual == 0 {
        usual = run.seconds
        if let budget = study.options.budgetSeconds {
          seeds = min(seeds, max(2, Int(budget / (Self.kinds * usual))))
        }
      }
    }
    return found
  }

  /// Whether another kind, so many times as costly as the usual, fits into the time.
  func hasTime(factor: Double) -> Bool {
    guard let budget = study.options.budgetSeconds else { return true }
    let spent = started.duration(to: .now) / .seconds(1)
    return spent + factor * usual * Double(seeds) <= budget
  }
}
