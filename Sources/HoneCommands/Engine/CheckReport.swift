public import HoneRecords
public import HoneText

/// What `hone check` found.
public struct CheckReport: Sendable, Equatable {
  /// The data as the user named them.
  public var data: String
  /// The task read off the data, with sizes of the splits.
  public var task: TaskRecord
  /// What is wrong with data or set-up, most important first.
  public var findings: [Finding]
  /// The recipe's first steps, in order.
  public var gates: [Gate]
  /// Columns and their missing values, in all samples.
  public var missingValues: [String: Int] = [:]
  /// The samples of the findings' examples, by name, where they were asked for.
  public var views: [String: SampleView] = [:]

  /// The names of all samples that findings show.
  public var exampleSamples: Set<String> {
    Set(findings.flatMap { ($0.examples ?? []).flatMap(\.samples) })
  }

  /// A test that must pass before a long run is worth it.
  public struct Gate: Sendable, Equatable {
    /// Its name: `initialLoss`, `overfitOneBatch`, ….
    public var id: String
    /// Whether it passed.
    public var passed: Bool
    /// What was measured; nil where it could not be.
    public var value: Double?
    /// What would have passed: `2.30 ± 0.12`.
    public var expected: String
    /// One sentence for the user.
    public var message: Localized

    /// A gate.
    public init(id: String, passed: Bool, value: Double?, expected: String, message: Localized) {
      self.id = id
      self.passed = passed
      self.value = value
      self.expected = expected
      self.message = message
    }
  }

  /// A report.
  public init(data: String, task: TaskRecord, findings: [Finding], gates: [Gate]) {
    self.data = data
    self.task = task
    self.findings = findings
    self.gates = gates
  }
}
