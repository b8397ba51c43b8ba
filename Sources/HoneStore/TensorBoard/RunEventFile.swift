public import Foundation
public import HoneRecords
import HoneText

/// Writes a run for TensorBoard: losses and metrics per epoch and per sampled step, the settings and
/// results for its HParams page, and the configuration, findings and notes as text.
///
/// For use by one thread at a time. Values that were not measured are not written.
public final class RunEventFile {
  private let file: EventFileWriter
  private let earlier: EarlierEvents

  /// Makes a new file in a folder; the runs of a folder's folders are shown side by side.
  ///
  /// What earlier files of the folder hold is not written again: numbers up to the last step of their
  /// tag, texts that are the same.
  /// - Throws: `StoreError.cannotCreate`.
  public init(folder: String, time: Date = Date()) throws(StoreError) {
    earlier = EarlierEvents(folder: folder)
    file = try EventFileWriter(folder: folder, time: time)
  }

  /// The file.
  public var path: String { file.path }

  /// Whether earlier files of the folder have a number under a tag at a step or later.
  public func has(_ tag: String, step: Int) -> Bool { earlier.has(tag, step: step) }

  /// Whether earlier files of the folder have a histogram or a picture under a tag.
  public func has(_ tag: String) -> Bool { earlier.others.contains(tag) }

  /// Writes what is known before the first step.
  /// - Throws: `StoreError`.
  public func begin(_ run: RunRecord) throws(StoreError) {
    let summary = HyperparameterSummary(
      settings: HyperparameterSummary.settings(ofConfiguration: run.configuration),
      metrics: [
        "epoch/trainLoss", "epoch/validationLoss", "epoch/validationMetric", "test/metric",
      ],
      group: run.id)
    try file.add(summary.experiment(run.created))
    try file.add(summary.start(run.created))
    try text(
      "configuration", "```json\n\(RunEventFile.pretty(run.configuration))\n```", run.created)
    try text("command", "`\(run.command.joined(separator: " "))`", run.created)
    try file.flush()
  }

  /// Writes a sampled step.
  /// - Throws: `StoreError`.
  public func add(_ step: StepRecord, time: Date = Date()) throws(StoreError) {
    try scalar("step/loss", step.loss, step.step, time)
    try scalar("step/learningRate", step.learningRate, step.step, time)
    try scalar("step/gradientNorm", step.gradientNorm, step.step, time)
    try scalar("step/updateRatio", step.updateRatio, step.step, time)
  }

  /// Writes an epoch; TensorBoard's step is the epoch's number.
  /// - Throws: `StoreError`.
  public func add(_ epoch: EpochRecord, time: Date = Date()) throws(StoreError) {
    for (name, value) in EpochNumbers.values(of: epoch) {
      try scalar("epoch/\(name)", value, epoch.epoch, time)
    }
    try file.flush()
  }

  /// Writes metrics of the program's own.
  /// - Throws: `StoreError`.
  public func add(_ metrics: [MetricSeries], began: Date) throws(StoreError) {
    for metric in metrics {
      for point in metric.points {
        try scalar(metric.name, point.value, point.step, began + (point.seconds ?? 0))
      }
    }
  }

  /// Writes a histogram, a picture, a text or a number under a tag.
  /// - Throws: `StoreError`.
  public func add(
    _ value: SummaryValue, tag: String, step: Int, time: Date = Date()
  ) throws(StoreError) {
    try file.add(value, tag: tag, step: step, time: time)
  }

  /// Writes the result.
  /// - Throws: `StoreError`.
  public func end(_ run: RunRecord, time: Date = Date()) throws(StoreError) {
    if let test = run.test {
      let step = test.epoch ?? run.epochs
      try scalar("test/loss", test.loss, step, time)
      try scalar("test/metric", test.metric, step, time)
      for (name, value) in test.metrics.sorted(by: { $0.key < $1.key }) {
        try scalar("test/\(name)", value, step, time)
      }
    }
    let findings = run.findings.map { "- **\($0.id.rawValue)**: \($0.message.english)" }
    if !findings.isEmpty { try text("findings", findings.joined(separator: "\n"), time) }
    if !run.note.isEmpty { try text("note", run.note, time) }
    if let outcome = run.outcome { try text("outcome", outcome, time) }
    let status: HyperparameterSummary.Status =
      switch run.status {
      case .completed, .stoppedEarly: .success
      case .running, .interrupted: .running
      case .diverged, .failed: .failure
      }
    try file.add(HyperparameterSummary.end(status, time))
    try file.flush()
  }

  /// Writes what waits.
  /// - Throws: `StoreError`.
  public func flush() throws(StoreError) { try file.flush() }

  private func scalar(
    _ tag: String, _ value: Double?, _ step: Int, _ time: Date
  ) throws(StoreError) {
    guard let value, !has(tag, step: step) else { return }
    try file.add(.scalar(value), tag: tag, step: step, time: time)
  }

  private func text(_ tag: String, _ text: String, _ time: Date) throws(StoreError) {
    if earlier.texts[tag] == text { return }
    try file.add(.text(text), tag: tag, step: 0, time: time)
  }

  private static func pretty(_ json: String) -> String {
    let value = try? JSONDecoder().decode(ConfigurationValue.self, from: Data(json.utf8))
    return value.flatMap { try? CanonicalJSON.string($0, isPretty: true) } ?? json
  }
}

/// The numbers of an epoch by name, in the order of tables.
enum EpochNumbers {
  static func values(of epoch: EpochRecord) -> [(name: String, value: Double?)] {
    [
      ("trainLoss", epoch.trainLoss), ("trainMetric", epoch.trainMetric),
      ("trainEvaluationLoss", epoch.trainEvaluationLoss),
      ("trainEvaluationMetric", epoch.trainEvaluationMetric),
      ("validationLoss", epoch.validationLoss), ("validationMetric", epoch.validationMetric),
      ("validationLossError", epoch.validationLossError),
      ("validationMetricError", epoch.validationMetricError),
      ("learningRate", epoch.learningRate), ("gradientNorm", epoch.gradientNorm),
      ("updateRatio", epoch.updateRatio), ("seconds", epoch.seconds),
      ("waitShare", epoch.waitShare), ("samplesPerSecond", epoch.samplesPerSecond),
    ]
  }
}
