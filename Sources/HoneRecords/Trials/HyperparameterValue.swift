/// The value that a trial gives to one hyperparameter.
public enum HyperparameterValue: Sendable, Hashable {
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case text(String)

  /// The value as a number: true is 1, false 0; nil for a text.
  public var number: Double? {
    switch self {
    case .bool(let value): value ? 1 : 0
    case .integer(let value): Double(value)
    case .number(let value): value
    case .text: nil
    }
  }

  /// The value as a configuration holds it.
  public var configuration: ConfigurationValue {
    switch self {
    case .bool(let value): .bool(value)
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .text(let value): .string(value)
    }
  }

  /// The value that a configuration holds; nil for null, lists and maps.
  public init?(_ value: ConfigurationValue) {
    switch value {
    case .bool(let value): self = .bool(value)
    case .integer(let value): self = .integer(value)
    case .number(let value): self = .number(value)
    case .string(let value): self = .text(value)
    case .null, .list, .map: return nil
    }
  }
}

extension HyperparameterValue: Codable {
  /// Reads a JSON scalar, the narrowest case first: `1` is an integer, `1.5` a number.
  ///
  /// The space that the value belongs to turns whole numbers back into numbers where it wants them.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    // Most values are numbers, and each case that is tried in vain costs as much as all else. A number
    // that is not finite may be a text that reads like one.
    if let number = try? container.decode(Double.self), number.isFinite {
      let whole = number.rounded() == number ? try? container.decode(Int.self) : nil
      self = whole.map { .integer($0) } ?? .number(number)
      return
    }
    let value = try ConfigurationValue(from: decoder)
    guard let scalar = HyperparameterValue(value) else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "A hyperparameter is a number, a text or a truth value."))
    }
    self = scalar
  }

  /// Writes the value as itself.
  public func encode(to encoder: any Encoder) throws {
    try configuration.encode(to: encoder)
  }
}

extension HyperparameterValue: CustomStringConvertible {
  /// The value as Swift prints it, a text without quotes.
  public var description: String {
    switch self {
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .text(let value): value
    }
  }
}

extension HyperparameterValue: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByStringLiteral
{
  /// `true` or `false`.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// A number with a fraction.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// A text.
  public init(stringLiteral value: String) { self = .text(value) }
}
