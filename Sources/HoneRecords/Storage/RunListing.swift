public import Foundation

/// A run in one line: what lists show and filters look at.
public struct RunListing: Sendable, Codable, Equatable, Identifiable {
  /// The run's id.
  public var id: String
  /// The user's name for the run.
  public var name: String
  /// How the run stands.
  public var status: RunStatus
  /// When the run began.
  public var created: Date
  /// The kind of model, as the configuration names it; empty where it names none.
  public var model: String
  /// The data as the user named it.
  public var dataSource: String
  /// A hash of the data.
  public var dataFingerprint: String
  /// The run or improvement that this run is part of.
  public var parent: String?
  /// Epochs completed.
  public var epochs: Int
  /// The number of trainable scalars.
  public var parameters: Int
  /// Wall-clock seconds of training.
  public var seconds: Double
  /// The name of the metric.
  public var metric: String
  /// Whether a larger metric is better.
  public var metricIsBetterWhenLarger: Bool
  /// The validation metric of the kept epoch.
  public var validationMetric: Double?
  /// The validation loss of the kept epoch.
  public var validationLoss: Double?
  /// The metric of the test split.
  public var testMetric: Double?
  /// The user's tags.
  public var tags: [String]
  /// The user's note.
  public var note: String

  /// The line of a run.
  public init(_ run: RunRecord) {
    id = run.id
    name = run.name
    status = run.status
    created = run.created
    model = RunListing.model(inConfiguration: run.configuration)
    dataSource = run.dataSource
    dataFingerprint = run.dataFingerprint
    parent = run.parent
    epochs = run.epochs
    parameters = run.parameters
    seconds = run.seconds
    metric = run.metric
    metricIsBetterWhenLarger = run.metricIsBetterWhenLarger
    validationMetric = run.best?.validationMetric
    validationLoss = run.best?.validationLoss
    testMetric = run.test?.metric
    tags = run.tags
    note = run.note
  }

  /// A line by its parts, as a store reads it.
  package init(
    id: String, name: String, status: RunStatus, created: Date, model: String, dataSource: String,
    dataFingerprint: String, parent: String?, epochs: Int, parameters: Int, seconds: Double,
    metric: String, metricIsBetterWhenLarger: Bool, validationMetric: Double?,
    validationLoss: Double?, testMetric: Double?, tags: [String], note: String
  ) {
    self.id = id
    self.name = name
    self.status = status
    self.created = created
    self.model = model
    self.dataSource = dataSource
    self.dataFingerprint = dataFingerprint
    self.parent = parent
    self.epochs = epochs
    self.parameters = parameters
    self.seconds = seconds
    self.metric = metric
    self.metricIsBetterWhenLarger = metricIsBetterWhenLarger
    self.validationMetric = validationMetric
    self.validationLoss = validationLoss
    self.testMetric = testMetric
    self.tags = tags
    self.note = note
  }

  private struct Named: Decodable {
    struct Model: Decodable { var name: String? }
    var model: Model?
  }

  private static func model(inConfiguration text: String) -> String {
    let named = try? JSONDecoder().decode(Named.self, from: Data(text.utf8))
    return named?.model?.name ?? ""
  }
}
