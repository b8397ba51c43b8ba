/// Samples per optimiser step: a number, the whole training split, or as many as memory holds.
public enum BatchSize: Sendable, Equatable {
  /// A number of samples, at least 1.
  case samples(Int)
  /// The whole training split, which makes batch gradient descent.
  case all
  /// As many as memory holds, found by trial when a run is assembled; its record has the number.
  case automatic

  /// The number of samples in a batch of a split of some samples; 128 where it is yet to be found.
  public func count(of samples: Int) -> Int {
    switch self {
    case .samples(let count): count
    case .all: max(samples, 1)
    case .automatic: 128
    }
  }
}

extension BatchSize: ExpressibleByIntegerLiteral {
  /// A number of samples.
  public init(integerLiteral count: Int) { self = .samples(count) }
}

extension BatchSize: Codable {
  private var word: String? {
    switch self {
    case .samples: nil
    case .all: "all"
    case .automatic: "auto"
    }
  }

  /// Reads a number or the word `all` or `auto`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let count = try? container.decode(Int.self) {
      self = .samples(count)
      return
    }
    let word = try container.decode(String.self)
    guard let known = [BatchSize.all, .automatic].first(where: { $0.word == word }) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "A batch size is a number or the word all or auto.")
    }
    self = known
  }

  /// Writes a number or the word `all` or `auto`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .samples(let count): try container.encode(count)
    case .all, .automatic: try container.encode(word)
    }
  }
}
