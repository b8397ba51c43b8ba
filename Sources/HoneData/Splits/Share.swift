/// A part of a whole: a fraction, or a count of samples.
public enum Share: Sendable, Equatable {
  /// A fraction, 0..<1.
  case fraction(Double)
  /// So many samples.
  case count(Int)

  /// From so many samples on, a data set is very large.
  private static let veryLarge = 1_000_000
  /// As many samples as show a difference of one in a hundred well: more than that serve training
  /// better.
  private static let enough = 10_000

  /// The usual share of a data set: a fraction, but 10,000 samples of a million or more.
  public static func usual(_ fraction: Double, of total: Int) -> Share {
    total >= veryLarge ? .count(enough) : .fraction(fraction)
  }

  /// The number of samples out of `total`, rounded to the nearest.
  public func samples(of total: Int) -> Int {
    switch self {
    case .fraction(let fraction): Int((fraction * Double(total)).rounded())
    case .count(let count): count
    }
  }
}

extension Share: Codable {
  /// Reads a number: below 1 a fraction, otherwise a count.
  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer().decode(Double.self)
    guard value >= 0, value < 1 || value == value.rounded() else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath,
          debugDescription: "\(value) is neither a fraction below 1 nor a count"))
    }
    self = value < 1 ? .fraction(value) : .count(Int(value))
  }

  /// Writes the number that `init(from:)` reads.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .fraction(let fraction): try container.encode(fraction)
    case .count(let count): try container.encode(count)
    }
  }
}
