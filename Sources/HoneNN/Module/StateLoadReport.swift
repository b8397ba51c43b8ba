/// How a state fits a module.
public struct StateLoadReport: Sendable, Hashable {
  /// A name whose array has another shape than the module's.
  public struct Mismatch: Sendable, Hashable {
    /// The dotted path.
    public let name: String
    /// The shape in the module.
    public let expected: [Int]
    /// The shape in the state.
    public let found: [Int]
  }

  /// Names that were found with the right shape.
  public internal(set) var loaded: [String] = []
  /// Names of the module that the state lacks.
  public internal(set) var missing: [String] = []
  /// Names of the state that the module lacks.
  public internal(set) var unexpected: [String] = []
  /// Names with different shapes.
  public internal(set) var mismatched: [Mismatch] = []

  /// Whether every name was found in both with the same shape.
  public var isComplete: Bool { missing.isEmpty && unexpected.isEmpty && mismatched.isEmpty }
}

/// A state that does not fit the module it was loaded into; the module is unchanged.
public struct StateDictionaryError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What did not fit.
  public let report: StateLoadReport

  /// One sentence for each kind of misfit.
  public var description: String {
    var parts: [String] = []
    if !report.missing.isEmpty { parts.append("it lacks \(listed(report.missing))") }
    if !report.unexpected.isEmpty {
      parts.append("the model has no \(listed(report.unexpected))")
    }
    if !report.mismatched.isEmpty {
      let shapes = report.mismatched.map {
        "\($0.name) (\($0.found) for \($0.expected))"
      }
      parts.append("shapes differ in \(listed(shapes))")
    }
    return "The state does not fit the model: \(parts.joined(separator: "; "))."
  }

  private func listed(_ names: [String]) -> String {
    let shown = names.prefix(5).joined(separator: ", ")
    return names.count > 5 ? "\(shown) and \(names.count - 5) more" : shown
  }
}
