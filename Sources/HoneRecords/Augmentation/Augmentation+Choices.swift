extension Augmentation {
  /// What lies beyond the edge of a padded image.
  public enum Padding: String, Sendable, Codable, CaseIterable {
    /// One value.
    case constant
    /// The pixel at the edge.
    case edge
    /// The image, mirrored at the middle of its edge pixel.
    case reflect
    /// The image, mirrored at its edge.
    case symmetric
  }

  /// How pixels between pixels are found.
  public enum Interpolation: String, Sendable, Codable, CaseIterable {
    /// The nearest pixel.
    case nearest
    /// Four neighbours, blended.
    case bilinear
  }

  /// What an erased rectangle shows.
  public enum ErasingFill: String, Sendable, Codable, CaseIterable {
    /// Zero after normalisation: the mean colour.
    case zero
    /// A given value after normalisation.
    case constant
    /// Standard normal numbers after normalisation, one for each pixel.
    case random
  }

  /// What the pairs of AutoAugment were learned on.
  public enum Policy: String, Sendable, Codable, CaseIterable {
    /// ImageNet.
    case imagenet
    /// CIFAR-10.
    case cifar10
    /// Street View House Numbers.
    case svhn
  }

  /// What a magnitude of RandAugment means.
  public enum MagnitudeScale: String, Sendable, Codable, CaseIterable {
    /// A bin of 31, operations applied always: 9 rotates by 9 degrees.
    case torchvision
    /// A tenth of the range, operations applied half the time, all growing with the magnitude, the
    /// magnitude jittered by a deviation of 0.5 (timm's `rand-m9-mstd0.5-inc1`, without its solarised
    /// addition): 9 rotates by 27 degrees.
    case timm
  }

  /// The name in a configuration.
  public var name: String {
    // The case's name is what coding writes too.
    let text = String(describing: self)
    return String(text.prefix { $0 != "(" })
  }

  /// The steps of a combination.
  public var inner: [Augmentation] {
    switch self {
    case .oneOf(let steps), .someOf(_, let steps), .randomOrder(let steps),
      .randomApply(_, let steps), .forClasses(_, let steps):
      steps
    default: []
    }
  }

  /// The classes that a step or one within it names.
  public var namedClasses: [String] {
    let own: [String] = if case .forClasses(let classes, _) = self { classes } else { [] }
    return own + inner.flatMap(\.namedClasses)
  }

  /// Whether the step mixes whole batches, which makes labels soft.
  public var mixesLabels: Bool {
    switch self {
    case .mixUp, .cutMix: true
    default: inner.contains(where: \.mixesLabels)
    }
  }
}
