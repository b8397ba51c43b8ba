public import HoneRecords

extension FindingName {
  /// The page of the documentation that teaches the finding, from the project's root.
  public var page: String { "Documentation/Findings/\(rawValue).md" }
}
