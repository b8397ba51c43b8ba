/// Extents along the dimensions of a window, outermost first; a file writes one number where all are
/// equal.
public struct Sides: Sendable, Equatable {
  /// One number for all dimensions, or one for each.
  public let values: [Int]

  /// One number for all dimensions, or one for each.
  /// - Precondition: there is a number.
  public init(_ values: [Int]) {
    guard let first = values.first else {
      fatalError("Sides got no numbers; give one for all dimensions, or one for each.")
    }
    self.values = values.allSatisfy { $0 == first } ? [first] : values
  }

  /// The same for all dimensions.
  public init(_ side: Int) { values = [side] }

  /// The extent along each of so many dimensions.
  /// - Precondition: there is one number for all, or as many as dimensions.
  public func sides(_ dimensions: Int) -> [Int] {
    if values.count == 1 { return [Int](repeating: values[0], count: dimensions) }
    guard values.count == dimensions else {
      fatalError("Sides \(values) were asked for \(dimensions) dimensions.")
    }
    return values
  }
}

extension Sides: ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
  /// The same for all dimensions.
  public init(integerLiteral side: Int) { self.init(side) }

  /// One for each dimension.
  public init(arrayLiteral sides: Int...) { self.init(sides) }
}

extension Sides: Codable {
  /// Reads one number or a list.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let side = try? container.decode(Int.self) {
      self.init(side)
      return
    }
    let sides = try container.decode([Int].self)
    guard !sides.isEmpty else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "Sides are one number or several.")
    }
    self.init(sides)
  }

  /// Writes one number, or all where they differ.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if values.count == 1 {
      try container.encode(values[0])
    } else {
      try container.encode(values)
    }
  }
}

/// What surrounds the input of a convolution.
public enum PaddingSpecification: Sendable, Equatable, ExpressibleByIntegerLiteral {
  /// As much as keeps the extent at stride 1.
  case same
  /// So much on each side.
  case sides(Sides)

  /// So much on each side.
  public init(integerLiteral side: Int) { self = .sides(Sides(side)) }
}

extension PaddingSpecification: Codable {
  /// Reads the word `same`, one number or several.
  public init(from decoder: any Decoder) throws {
    let word = try? decoder.singleValueContainer().decode(String.self)
    self = word == "same" ? .same : .sides(try Sides(from: decoder))
  }

  /// Writes the word `same`, one number or several.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .same:
      var container = encoder.singleValueContainer()
      try container.encode("same")
    case .sides(let sides): try sides.encode(to: encoder)
    }
  }
}
