/// Whether small or large values of an objective are good.
public enum ObjectiveDirection: String, Sendable, Codable {
  case minimize
  case maximize

  /// The value turned so that smaller is better; its own inverse.
  public func loss(_ value: Double) -> Double { self == .minimize ? value : -value }
}

/// What a study is after.
public struct ObjectiveRecord: Sendable, Codable, Equatable {
  /// The name of what is measured: `validationLoss`.
  public var name: String
  /// Whether small or large is good.
  public var direction: ObjectiveDirection

  /// An objective.
  public init(name: String, direction: ObjectiveDirection) {
    self.name = name
    self.direction = direction
  }

  /// The smaller the better.
  public static func minimize(_ name: String) -> ObjectiveRecord {
    ObjectiveRecord(name: name, direction: .minimize)
  }

  /// The larger the better.
  public static func maximize(_ name: String) -> ObjectiveRecord {
    ObjectiveRecord(name: name, direction: .maximize)
  }
}
