/// How many outputs a layer has.
public enum LayerOutputs: Sendable, Equatable, ExpressibleByIntegerLiteral {
  /// A number.
  case count(Int)
  /// As many as the task needs: one per class, or one per target.
  case classes

  /// A number.
  public init(integerLiteral count: Int) { self = .count(count) }
}

extension LayerOutputs: Codable {
  /// Reads a number or the word `classes`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let count = try? container.decode(Int.self) {
      self = .count(count)
    } else {
      self = .classes
    }
  }

  /// Writes a number or the word `classes`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .count(let count): try container.encode(count)
    case .classes: try container.encode("classes")
    }
  }
}
