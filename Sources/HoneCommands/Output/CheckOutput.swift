import HoneRecords
public import HoneText

/// The JSON of `hone check`.
public struct CheckOutput: Encodable, Sendable, Equatable {
  let data: DataSummary
  let findings: [FindingOutput]
  let gates: [GateOutput]
  /// The HTML file that was written; null where none was asked for.
  @OrNull var report: String?

  /// The JSON of a check, with sentences in one language.
  public init(_ report: CheckReport, language: Language, file: String? = nil) {
    data = DataSummary(report)
    findings = report.findings.map { FindingOutput($0, language: language) }
    gates = report.gates.map { GateOutput($0, language: language) }
    _report = OrNull(wrappedValue: file)
  }

  /// The data at a glance.
  public struct DataSummary: Encodable, Sendable, Equatable {
    let source: String
    let task: TaskKind
    let input: TaskRecord.InputKind
    let samples: Int
    let classes: [String]
    let classCounts: [Int]
    let shape: [Int]
    let splits: Splits
    let missingValues: [String: Int]

    init(_ report: CheckReport) {
      let task = report.task
      source = report.data
      self.task = task.kind
      input = task.input
      samples = task.trainSamples + task.validationSamples + task.testSamples
      classes = task.classes
      classCounts = task.classCounts
      shape = task.sampleShape
      splits = Splits(
        train: task.trainSamples, validation: task.validationSamples, test: task.testSamples)
      missingValues = report.missingValues
    }
  }

  /// Samples per split.
  public struct Splits: Encodable, Sendable, Equatable {
    let train: Int
    let validation: Int
    let test: Int
  }

  /// One gate.
  public struct GateOutput: Encodable, Sendable, Equatable {
    let id: String
    let passed: Bool
    @OrNull var value: Double?
    let expected: String
    let message: String

    init(_ gate: CheckReport.Gate, language: Language) {
      id = gate.id
      passed = gate.passed
      _value = OrNull(wrappedValue: gate.value)
      expected = gate.expected
      message = gate.message.text(language)
    }
  }
}
