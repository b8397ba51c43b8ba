public import Foundation

/// Which runs to list; a run is listed where it meets all that is asked for.
public struct RunFilter: Sendable, Equatable {
  /// Only runs that stand so; nil for all.
  public var status: RunStatus?
  /// Only runs with this tag; nil for all.
  public var tag: String?
  /// Part of the run's name or data source.
  public var text: String?
  /// Only runs of this kind of model: `mlp`.
  public var model: String?
  /// Part of the run's data source, or the beginning of its fingerprint.
  public var data: String?
  /// Only runs with a finding of this name.
  public var finding: FindingName?
  /// Only runs that began at this moment or later.
  public var since: Date?
  /// Only runs that began before this moment.
  public var before: Date?
  /// What the run's numbers must be.
  public var conditions: [NumberCondition]
  /// Whether to list runs that belong to an improvement.
  public var includesChildren: Bool
  /// At most so many; nil for no limit.
  public var limit: Int?

  /// A filter that leaves out what is not asked for.
  public init(
    status: RunStatus? = nil, tag: String? = nil, text: String? = nil,
    includesChildren: Bool = false, limit: Int? = nil
  ) {
    self.status = status
    self.tag = tag
    self.text = text
    self.includesChildren = includesChildren
    self.limit = limit
    conditions = []
  }
}

/// What a number of a run must be: `validationMetric >= 0.9`.
public struct NumberCondition: Sendable, Equatable {
  /// How the number stands to the value.
  public enum Comparison: String, Sendable, CaseIterable {
    case less = "<"
    case atMost = "<="
    case equal = "="
    case atLeast = ">="
    case greater = ">"
  }

  /// The number's name, as `RunNumbers` gives it, or that of a metric series, whose last value counts.
  public var name: String
  /// How the number must stand to the value.
  public var comparison: Comparison
  /// The value.
  public var value: Double

  /// A condition.
  public init(name: String, comparison: Comparison, value: Double) {
    self.name = name
    self.comparison = comparison
    self.value = value
  }

  /// A condition as the user writes it: `validationMetric>=0.9`; nil where it is none.
  public init?(_ text: String) {
    guard let start = text.firstIndex(where: { "<>=".contains($0) }) else { return nil }
    let rest = text[start...]
    let sign = rest.prefix { "<>=".contains($0) }
    let name = text[..<start].trimmingCharacters(in: .whitespaces)
    let number = rest.dropFirst(sign.count).trimmingCharacters(in: .whitespaces)
    guard let comparison = Comparison(rawValue: sign == "==" ? "=" : String(sign)),
      let value = Double(number), value.isFinite, !name.isEmpty
    else { return nil }
    self.init(name: name, comparison: comparison, value: value)
  }

  /// Whether a number meets the condition.
  public func isMet(by number: Double) -> Bool {
    switch comparison {
    case .less: number < value
    case .atMost: number <= value
    case .equal: number == value
    case .atLeast: number >= value
    case .greater: number > value
    }
  }
}
