import HoneDiagnosis
public import HoneRecords
public import HoneText

/// The JSON of `hone diagnose`.
public struct DiagnoseOutput: Encodable, Sendable, Equatable {
  let run: String
  let verdict: DiagnosisRecord.Verdict
  let findings: [FindingOutput]
  @OrNull var decision: DecisionOutput?
  /// What was measured of the run on demand.
  @OrNull public var probes: ProbeRecord?
  /// How single training samples were learned.
  @OrNull public var dynamics: TrainingDynamicsRecord?

  /// The JSON of a diagnosis, with sentences in one language.
  public init(_ record: DiagnosisRecord, language: Language) {
    run = record.run
    verdict = record.verdict
    findings = record.findings.map { FindingOutput($0, language: language) }
    _decision = OrNull(
      wrappedValue: record.decision.map { DecisionOutput($0, language: language) })
    _probes = OrNull(wrappedValue: nil)
    _dynamics = OrNull(wrappedValue: nil)
  }
}

/// The JSON of one finding.
public struct FindingOutput: Encodable, Sendable, Equatable {
  let id: FindingName
  let severity: Finding.Severity
  let confidence: Double
  @OrNull var layer: String?
  @OrNull var epoch: Int?
  let evidence: [EvidenceOutput]
  let causes: [FindingName]
  let remedies: [RemedyOutput]
  let message: String
  /// The page of the documentation that teaches it, from the project's root.
  let page: String
  let examples: [ExampleOutput]

  /// The JSON of a finding, with sentences in one language.
  public init(_ finding: Finding, language: Language) {
    id = finding.id
    severity = finding.severity
    confidence = finding.confidence
    _layer = OrNull(wrappedValue: finding.layer)
    _epoch = OrNull(wrappedValue: finding.epoch)
    evidence = finding.evidence.map(EvidenceOutput.init)
    causes = finding.causes
    remedies = finding.remedies.map { RemedyOutput($0, language: language) }
    message = finding.message.text(language)
    page = finding.id.page
    examples = (finding.examples ?? []).map { example in
      ExampleOutput(samples: example.samples, detail: example.detail.text(language))
    }
  }

  /// Samples that show the finding.
  public struct ExampleOutput: Encodable, Sendable, Equatable {
    let samples: [String]
    let detail: String
  }

  /// One measured number and its threshold.
  public struct EvidenceOutput: Encodable, Sendable, Equatable {
    let signal: String
    @OrNull var value: Double?
    @OrNull var threshold: Double?
    let comparison: Evidence.Comparison
    let source: String

    init(_ evidence: Evidence) {
      signal = evidence.signal
      _value = OrNull(wrappedValue: evidence.value)
      _threshold = OrNull(wrappedValue: evidence.threshold)
      comparison = evidence.comparison
      source = evidence.source
    }
  }

  /// One remedy.
  public struct RemedyOutput: Encodable, Sendable, Equatable {
    let id: String
    let change: [String: ConfigurationValue]
    let effort: Remedy.Effort
    let rationale: String

    init(_ remedy: Remedy, language: Language) {
      id = remedy.id
      change = remedy.change
      effort = remedy.effort
      rationale = remedy.rationale.text(language)
    }
  }
}
