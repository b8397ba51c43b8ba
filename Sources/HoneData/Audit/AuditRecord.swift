public import HoneRecords
public import HoneText

/// What was seen in the data before anything was trained on them.
public struct AuditRecord: Sendable, Codable, Equatable {
  /// The data as the user named them.
  public var source: String
  /// All samples.
  public var samples: Int
  /// The task, the classes, the input's shape, the sizes of the splits.
  public var task: TaskRecord
  /// Samples of each class in the validation split.
  public var validationClassCounts: [Int]
  /// Samples of each class in the test split.
  public var testClassCounts: [Int]
  /// The training samples as stored.
  public var stored: ValueSummary?
  /// The training samples as the model receives them.
  public var prepared: ValueSummary?
  /// The training targets of a regression.
  public var targets: ValueSummary?
  /// Columns that hold one value throughout the training split.
  public var constantColumns: [String]
  /// Columns and their missing values, in all samples.
  public var missingValues: [String: Int]
  /// Samples that cannot be read or hold numbers that are not finite, by name, with the reason.
  public var corrupt: [String: String]
  /// Validation samples whose exact content is also in the training split.
  public var validationDuplicates: Int
  /// Test samples whose exact content is also in the training split.
  public var testDuplicates: Int
  /// What the source noted when it was opened.
  public var notes: [Localized]
  /// What holds performance back.
  public var findings: [Finding]
}
