/// A height and a width in pixels or elements; a file writes one number where both are equal.
public struct Extent: Sendable, Equatable, ExpressibleByIntegerLiteral {
  /// Rows.
  public var height: Int
  /// Columns.
  public var width: Int

  /// A height and a width.
  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  /// A square.
  public init(_ side: Int) {
    self.init(height: side, width: side)
  }

  /// A square.
  public init(integerLiteral side: Int) {
    self.init(side)
  }
}

extension Extent: Codable {
  /// Reads one number or a list of two.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let side = try? container.decode(Int.self) {
      self.init(side)
      return
    }
    let sides = try container.decode([Int].self)
    guard sides.count == 2 else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "An extent is one number or two.")
    }
    self.init(height: sides[0], width: sides[1])
  }

  /// Writes one number, or two where they differ.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if height == width {
      try container.encode(height)
    } else {
      try container.encode([height, width])
    }
  }
}
