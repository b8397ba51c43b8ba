/// Samples per optimiser step: a number, or the whole training split.
public enum BatchSize: Sendable, Equatable {
  /// A number of samples, at least 1.
  case samples(Int)
  /// The whole training split, which makes batch gradient descent.
  case all

  /// The number of samples in a batch of a split of some samples.
  public func count(of samples: Int) -> Int {
    switch self {
    case .samples(let count): count
    case .all: max(samples, 1)
    }
  }
}

extension BatchSize: ExpressibleByIntegerLiteral {
  /// A number of samples.
  public init(integerLiteral count: Int) { self = .samples(count) }
}

extension BatchSize: Codable {
  /// Reads a number or the word `all`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let count = try? container.decode(Int.self) {
      self = .samples(count)
    } else if try container.decode(String.self) == "all" {
      self = .all
    } else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "A batch size is a number or the word all.")
    }
  }

  /// Writes a number or the word `all`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .samples(let count): try container.encode(count)
    case .all: try container.encode("all")
    }
  }
}
