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
  /// Training samples that repeat other training samples, each with one of them.
  public var trainCopies: [DuplicatePair] = []
  /// Validation and test samples that repeat training samples; near copies count for images and texts.
  public var leaks: [DuplicatePair] = []
  /// Samples of the same content, or nearly, that have different labels.
  public var conflicts: [DuplicatePair] = []
  /// How splits differ from the training split.
  public var shift: [ShiftResult] = []
  /// Values far from all others.
  public var outliers: [Outlier] = []
  /// Images whose pixels fill only the bottom of the range that others fill, by index.
  public var dimImages: [Int] = []
  /// Samples whose label a model that had not learned them contradicts, the surest first.
  public var labelIssues: [LabelIssue] = []
  /// The share of wrong labels among the samples that were judged; nil where no run judged them.
  public var labelNoiseShare: Double?
  /// The smallest difference that validation must show; nil for what usually suffices.
  public var smallestDifference: Double?
  /// What the source noted when it was opened.
  public var notes: [Localized]
  /// What holds performance back.
  public var findings: [Finding]
}

/// A sample whose label is probably wrong.
public struct LabelIssue: Sendable, Codable, Equatable {
  /// The sample.
  public var sample: Int
  /// The class it is labeled as.
  public var label: Int
  /// The class that the model gives it.
  public var suggestion: Int
  /// The probability of the class it is labeled as.
  public var probability: Double
}
