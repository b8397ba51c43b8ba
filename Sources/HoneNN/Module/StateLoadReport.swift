public import HoneText

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
public struct StateDictionaryError: ReportableError, Hashable, CustomStringConvertible {
  /// What did not fit.
  public let report: StateLoadReport

  /// The explanation in English.
  public var description: String { explanation.english }

  /// One part of a sentence for each kind of misfit.
  public var explanation: Localized {
    var english: [String] = []
    var korean: [String] = []
    if !report.missing.isEmpty {
      english.append("it lacks \(listed(report.missing))")
      korean.append("상태에 없는 이름: \(listed(report.missing))")
    }
    if !report.unexpected.isEmpty {
      english.append("the model has no \(listed(report.unexpected))")
      korean.append("모델에 없는 이름: \(listed(report.unexpected))")
    }
    if !report.mismatched.isEmpty {
      let shapes = report.mismatched.map { "\($0.name) (\($0.found) for \($0.expected))" }
      english.append("shapes differ in \(listed(shapes))")
      korean.append("형상이 다른 이름: \(listed(shapes))")
    }
    return Localized(
      "The state does not fit the model: \(english.joined(separator: "; ")).",
      korean: "상태가 모델에 맞지 않습니다. \(korean.joined(separator: "; ")).")
  }

  /// The exit status of a command that ends with this error.
  public var exitStatus: ExitStatus { .badData }

  private func listed(_ names: [String]) -> String {
    let shown = names.prefix(5).joined(separator: ", ")
    return names.count > 5 ? "\(shown), … (\(names.count))" : shown
  }
}
