extension Augmentation {
  /// The augmentation of a name, with parameters as a configuration gives them.
  /// - Throws: `DataError.unknownAugmentation`, `DataError.badAugmentation`.
  public init(name: String, parameters: [String: Double] = [:]) throws(DataError) {
    guard let kind = AugmentationKind.all.first(where: { $0.name == name }) else {
      throw DataError.unknownAugmentation(name: name, known: AugmentationKind.all.map(\.name))
    }
    let known = kind.parameter
    if let other = parameters.keys.sorted().first(where: { $0 != known }) {
      throw DataError.badAugmentation(name: name, parameter: other, allowed: known)
    }
    let value = parameters[known] ?? kind.standard
    guard kind.range.contains(value) else {
      let range = "\(kind.range.lowerBound) to \(kind.range.upperBound)"
      throw DataError.badAugmentation(name: name, parameter: known, allowed: range)
    }
    switch name {
    case "randomCrop": self = .randomCrop(padding: Int(value))
    case "horizontalFlip": self = .horizontalFlip(probability: value)
    case "verticalFlip": self = .verticalFlip(probability: value)
    case "randomTranslate": self = .randomTranslate(pixels: Int(value))
    case "randomRotation": self = .randomRotation(degrees: value)
    case "brightness": self = .brightness(amount: value)
    case "contrast": self = .contrast(amount: value)
    case "randomErasing": self = .randomErasing(probability: value)
    case "cutout": self = .cutout(size: Int(value))
    case "mixUp": self = .mixUp(alpha: value)
    case "cutMix": self = .cutMix(alpha: value)
    default: fatalError("The augmentation '\(name)' is listed but not built: add it here.")
    }
  }

  /// The name in a configuration.
  public var name: String { form.name }

  /// The parameter in a configuration.
  public var parameters: [String: Double] {
    AugmentationKind.all.first { $0.name == form.name }.map { [$0.parameter: form.value] } ?? [:]
  }

  private var form: (name: String, value: Double) {
    switch self {
    case .randomCrop(let padding): ("randomCrop", Double(padding))
    case .horizontalFlip(let probability): ("horizontalFlip", probability)
    case .verticalFlip(let probability): ("verticalFlip", probability)
    case .randomTranslate(let pixels): ("randomTranslate", Double(pixels))
    case .randomRotation(let degrees): ("randomRotation", degrees)
    case .brightness(let amount): ("brightness", amount)
    case .contrast(let amount): ("contrast", amount)
    case .randomErasing(let probability): ("randomErasing", probability)
    case .cutout(let size): ("cutout", Double(size))
    case .mixUp(let alpha): ("mixUp", alpha)
    case .cutMix(let alpha): ("cutMix", alpha)
    }
  }
}

extension Augmentation: Codable {
  /// Reads `name` or `{name: {parameter: value}}`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let name = try? container.decode(String.self) {
      try self.init(name: name)
      return
    }
    let entries = try container.decode([String: [String: Double]].self)
    guard let entry = entries.first, entries.count == 1 else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "one augmentation has one name, not \(entries.count)")
    }
    try self.init(name: entry.key, parameters: entry.value)
  }

  /// Writes `{name: {parameter: value}}`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode([name: parameters])
  }
}
