/// Positions along an axis: numbers, or names of categories.
public enum Coordinates: Sendable, Equatable {
  /// Numbers; those that are not finite become gaps.
  case numbers([Double])
  /// Categories in order.
  case labels([String])
  /// Words for each cell of a heatmap, by row.
  case grid([[String]])

  /// Whole numbers as positions.
  public static func integers(_ values: [Int]) -> Coordinates { .numbers(values.map(Double.init)) }
}

extension Coordinates: Codable {
  /// Reads a list of numbers, gaps and words.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let numbers = try? container.decode([Double?].self) {
      self = .numbers(numbers.map { $0 ?? .nan })
    } else if let labels = try? container.decode([String].self) {
      self = .labels(labels)
    } else {
      self = .grid(try container.decode([[String]].self))
    }
  }

  /// Writes a list; a number that is not finite is null, which Plotly leaves out.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .numbers(let values): try container.encode(values.map { $0.isFinite ? $0 : nil })
    case .labels(let values): try container.encode(values)
    case .grid(let values): try container.encode(values)
    }
  }
}
