/// The weight of a new batch in running statistics: a share, or as much as every other batch has.
public enum BatchMomentum: Sendable, Equatable {
  /// A share, from 0 through 1.
  case share(Double)
  /// The statistics are means over all batches so far.
  case equal

  /// The share; nil for equal weights.
  public var share: Double? {
    switch self {
    case .share(let share): share
    case .equal: nil
    }
  }
}

extension BatchMomentum: ExpressibleByFloatLiteral {
  /// A share.
  public init(floatLiteral share: Double) { self = .share(share) }
}

extension BatchMomentum: Codable {
  /// Reads a number or the word `equal`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let share = try? container.decode(Double.self) {
      self = .share(share)
    } else if try container.decode(String.self) == "equal" {
      self = .equal
    } else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "A batch's weight is a number or the word equal.")
    }
  }

  /// Writes a number or the word `equal`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .share(let share): try container.encode(share)
    case .equal: try container.encode("equal")
    }
  }
}
