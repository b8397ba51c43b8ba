public import HoneRecords

/// The values that a parameter may take.
public enum Distribution: Sendable, Hashable {
  /// A number between two bounds, both included; with a step only `low`, `low + step`, ….
  case float(low: Double, high: Double, scale: Scale = .linear, step: Double? = nil)
  /// A whole number between two bounds, both included.
  case integer(low: Int, high: Int, scale: Scale = .linear, step: Int = 1)
  /// One of several values without an order.
  case choice([HyperparameterValue])
  /// Always the same value.
  case fixed(HyperparameterValue)

  /// How many values there are; nil for a range without steps.
  public var count: Int? {
    switch self {
    case .float(let low, let high, _, let step):
      if low == high { 1 } else { step.map { Distribution.steps(low, high, $0) } }
    case .integer(let low, let high, _, let step): (high - low) / step + 1
    case .choice(let choices): choices.count
    case .fixed: 1
    }
  }

  static func steps(_ low: Double, _ high: Double, _ step: Double) -> Int {
    // A billionth of a step forgives the rounding of decimal fractions such as 0.1.
    Int(((high - low) / step + 1e-9).rounded(.down)) + 1
  }

  /// The value in the form that the parameter uses, or nil where the parameter cannot take it: a
  /// whole number becomes a number for a range of numbers, and the other way about.
  public func normalized(_ value: HyperparameterValue) -> HyperparameterValue? {
    switch self {
    case .float(let low, let high, _, _):
      guard case .some(let number) = Distribution.plainNumber(value), number >= low, number <= high
      else { return nil }
      return .number(number)
    case .integer(let low, let high, _, let step):
      guard let number = Distribution.plainNumber(value), number == number.rounded(),
        number >= Double(low), number <= Double(high), (Int(number) - low) % step == 0
      else { return nil }
      return .integer(Int(number))
    case .choice(let choices):
      return choices.first { Distribution.isSame($0, value) }
    case .fixed(let only):
      return Distribution.isSame(only, value) ? only : nil
    }
  }

  static func isSame(_ first: HyperparameterValue, _ second: HyperparameterValue) -> Bool {
    if first == second { return true }
    guard let first = plainNumber(first), let second = plainNumber(second) else { return false }
    return first == second
  }

  private static func plainNumber(_ value: HyperparameterValue) -> Double? {
    switch value {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .bool, .text: nil
    }
  }
}
