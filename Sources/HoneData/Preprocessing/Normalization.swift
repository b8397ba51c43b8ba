/// How values are brought to a scale that networks train well on.
public enum Normalization: Sendable, Equatable {
  /// As stored: 0...255 for photos.
  case none
  /// To 0...1: pixels by their largest value, columns by the training split's range.
  case unit
  /// To mean 0 and standard deviation 1 over the training split, channel by channel.
  case standardize
  /// By given means and deviations of pixels in 0...1, one a channel.
  case explicit(mean: [Double], deviation: [Double])

  /// By the statistics of ImageNet's training images, red, green, blue, which torchvision's and most
  /// other pretrained models expect.
  public static let imageNet = Normalization.explicit(
    mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225])
}

extension Normalization: Codable {
  private enum Key: String, CodingKey { case mean, std }

  /// Reads `none`, `unit`, `standardize` or `{mean: […], std: […]}`.
  public init(from decoder: any Decoder) throws {
    if let word = try? decoder.singleValueContainer().decode(String.self) {
      switch word {
      case "none": self = .none
      case "unit": self = .unit
      case "standardize": self = .standardize
      default:
        throw DecodingError.dataCorrupted(
          DecodingError.Context(
            codingPath: decoder.codingPath,
            debugDescription: "'\(word)' is none of none, unit, standardize"))
      }
    } else {
      let container = try decoder.container(keyedBy: Key.self)
      self = .explicit(
        mean: try container.decode([Double].self, forKey: .mean),
        deviation: try container.decode([Double].self, forKey: .std))
    }
  }

  /// Writes what `init(from:)` reads.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .none, .unit, .standardize:
      var container = encoder.singleValueContainer()
      try container.encode("\(self)")
    case .explicit(let mean, let deviation):
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(mean, forKey: .mean)
      try container.encode(deviation, forKey: .std)
    }
  }
}
