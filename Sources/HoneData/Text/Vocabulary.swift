/// The units of text that a model knows, each with a number.
public struct Vocabulary: Sendable, Codable, Equatable {
  /// The number that fills samples up to the longest of a batch.
  public static let padding = 0
  /// The number of every unit that is not known.
  public static let unknown = 1

  /// The units in the order of their numbers, from 2 on.
  public let units: [String]
  private let numbers: [String: Int]

  /// A vocabulary of known units.
  /// - Precondition: no unit occurs twice.
  public init(units: [String]) {
    self.units = units
    var numbers: [String: Int] = [:]
    numbers.reserveCapacity(units.count)
    for (index, unit) in units.enumerated() {
      guard numbers.updateValue(index + 2, forKey: unit) == nil else {
        fatalError("Vocabulary got the unit '\(unit)' twice; list every unit once.")
      }
    }
    self.numbers = numbers
  }

  /// The vocabulary of counted units: the most frequent first, of equally frequent ones the first in
  /// the alphabet.
  /// - Parameters:
  ///   - counts: how often each unit occurs.
  ///   - size: the most numbers, padding and unknown included.
  ///   - minimumCount: units that occur less often are left out.
  public init(counts: [String: Int], size: Int, minimumCount: Int) {
    let ordered = counts.filter { $0.value >= minimumCount }.sorted {
      ($1.value, $0.key) < ($0.value, $1.key)
    }
    self.init(units: ordered.prefix(max(0, size - 2)).map(\.key))
  }

  /// How many numbers there are, padding and unknown included.
  public var count: Int { units.count + 2 }

  /// The number of a unit; `unknown` for one that is not known.
  public func number(of unit: String) -> Int { numbers[unit] ?? Vocabulary.unknown }

  /// The unit of a number; nil for padding, unknown and numbers out of range.
  public func unit(_ number: Int) -> String? {
    units.indices.contains(number - 2) ? units[number - 2] : nil
  }

  /// Reads the units.
  public init(from decoder: any Decoder) throws {
    let units = try decoder.singleValueContainer().decode([String].self)
    guard Set(units).count == units.count else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "A unit occurs twice."))
    }
    self.init(units: units)
  }

  /// Writes the units.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(units)
  }
}
