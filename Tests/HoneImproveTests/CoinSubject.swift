import Foundation
import HoneConfiguration
import HoneData
import HoneMetrics
import HoneNN
import HoneNumerics
import HoneRecords

@testable import HoneImprove

/// A subject whose models answer by chance, right with a probability that the change decides.
struct CoinSubject: ExperimentSubject {
  var base = Configuration()
  var data: Dataset
  var pool: [Int]
  var splitMethod: SplitMethod = .stratified
  var metric: MetricName { .accuracy }
  /// The probability of a right answer, given the configuration.
  var accuracy: @Sendable (Configuration) -> Double = { _ in 0.8 }
  /// Seconds that a model reports.
  var seconds = 0.001
  private let known = KnownChanges()
  /// Told of each model that is trained.
  var trained: (ArmTask) throws -> Void = { _ in }

  init() throws {
    base.data.source = "digits"
    base.data.batchSize = 64
    base.model.architecture = .mlp(widths: [32])
    data = try DataSource.open("digits")
    pool = Array(0..<300)
  }

  func configuration(with change: RecipeChange) -> String? { known.entry(change, self)?.text }

  func length(on split: Split) throws -> RunLength { RunLength(epochs: 20, seconds: 20 * seconds) }

  func train(_ task: ArmTask) throws -> ArmRun {
    try trained(task)
    // Two recipes are as lucky as two throws, also where they are as good.
    let entry = known.entry(task.change, self)
    let luck = "coin \(entry?.text ?? "")"
    let chance = entry?.chance ?? 0
    let scores = task.split.test.map { sample in
      var stream = RandomStream(seed: task.seed, luck, sample)
      return stream.uniform() < chance ? 1.0 : 0
    }
    return ArmRun(
      ArmResult(
        scores: scores, samples: task.split.test, metric: scores.mean(), seconds: seconds),
      state: ArmState(StateDictionary([])))
  }

  /// A baseline that trained without a fault in so many seconds an epoch.
  func baseline(epochSeconds: Double = 0.001) -> RunEvidence {
    let task = TaskRecord(
      kind: .multiclass, input: .image, sampleShape: [1, 8, 8], classes: data.classes,
      classCounts: data.classCounts(of: pool), trainSamples: pool.count, validationSamples: 100,
      testSamples: 100)
    var run = RunRecord(
      id: "a", name: "a", created: .init(timeIntervalSince1970: 0), seed: 0, device: "cpu",
      precision: "fp32", threads: 1, parameters: 1, configuration: base.canonicalJSON,
      dataSource: "digits", dataFingerprint: "", task: task, metric: "accuracy",
      metricIsBetterWhenLarger: true, command: [],
      environment: EnvironmentRecord(hone: "", system: "", processor: "", cores: 1))
    run.epochs = 20
    let epochs = (1...20).map {
      EpochRecord(
        epoch: $0, step: $0, trainLoss: 1 / Double($0), learningRate: 1, seconds: epochSeconds)
    }
    return RunEvidence(run: run, epochs: epochs, steps: [])
  }

  /// Nothing was found.
  static let healthy = DiagnosisRecord(run: "a", verdict: .healthy, findings: [])
}

/// What changes make of a coin subject, worked out once.
private final class KnownChanges {
  private var entries: [String: (text: String, chance: Double)?] = [:]

  func entry(_ change: RecipeChange, _ subject: CoinSubject) -> (text: String, chance: Double)? {
    let key = CanonicalJSON.text(change)
    if let known = entries[key] { return known }
    let changed = try? subject.base.applying(change)
    let entry = changed.map { ($0.canonicalJSON, subject.accuracy($0)) }
    entries[key] = .some(entry)
    return entry
  }
}
