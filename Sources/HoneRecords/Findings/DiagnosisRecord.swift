public import HoneText

/// What a diagnosis says of a run.
public struct DiagnosisRecord: Sendable, Codable, Equatable {
  /// The answer in one word.
  public enum Verdict: String, Sendable, Codable { case healthy, problems, insufficientEvidence }

  /// The run's id, or the file that the curves came from.
  public var run: String
  /// The answer in one word.
  public var verdict: Verdict
  /// Most important first.
  public var findings: [Finding]
  /// What the verdict rests on, or what is missing for one; nil in records made before it was kept.
  public var note: Localized?
  /// The walk from the result to the next action; nil in records made before it was kept.
  public var decision: DecisionRecord?

  /// A diagnosis of the run of an id.
  public init(run: String, verdict: Verdict, findings: [Finding], note: Localized? = nil) {
    self.run = run
    self.verdict = verdict
    self.findings = findings
    self.note = note
  }
}
