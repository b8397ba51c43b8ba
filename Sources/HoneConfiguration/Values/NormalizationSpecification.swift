/// How inputs are scaled before the model sees them.
public enum NormalizationSpecification: Sendable, Equatable {
  /// Not at all.
  case none
  /// To the interval 0...1.
  case unit
  /// To mean 0 and standard deviation 1 of the training split, per channel or feature.
  case standardize
  /// By the mean and standard deviation of ImageNet's pixels, as pretrained models expect.
  case imagenet
  /// By given statistics, one number per channel or feature.
  case given(mean: [Double], std: [Double])
}

extension NormalizationSpecification: Codable {
  private enum Key: String, CodingKey { case mean, std }

  /// Reads a word, or a map with `mean` and `std`.
  public init(from decoder: any Decoder) throws {
    if let word = try? decoder.singleValueContainer().decode(String.self) {
      switch word {
      case "none": self = .none
      case "unit": self = .unit
      case "imagenet": self = .imagenet
      default: self = .standardize
      }
      return
    }
    let container = try decoder.container(keyedBy: Key.self)
    self = .given(
      mean: try container.decode([Double].self, forKey: .mean),
      std: try container.decode([Double].self, forKey: .std))
  }

  /// Writes a word, or a map with `mean` and `std`.
  public func encode(to encoder: any Encoder) throws {
    guard case .given(let mean, let std) = self else {
      var container = encoder.singleValueContainer()
      try container.encode("\(self)")
      return
    }
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(mean, forKey: .mean)
    try container.encode(std, forKey: .std)
  }
}
