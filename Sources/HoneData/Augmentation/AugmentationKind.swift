/// What a configuration can say of an augmentation: its name, its one parameter, the default and
/// the range.
///
/// The table from which augmentations are read, written and listed.
public struct AugmentationKind: Sendable, Equatable {
  /// The name in a configuration.
  public let name: String
  /// The name of the parameter.
  public let parameter: String
  /// The parameter's value where none is given.
  public let standard: Double
  /// Values that make sense.
  public let range: ClosedRange<Double>

  /// All of them.
  public static let all: [AugmentationKind] = [
    AugmentationKind(name: "randomCrop", parameter: "padding", standard: 4, range: 0...512),
    AugmentationKind(
      name: "horizontalFlip", parameter: "probability", standard: 0.5, range: 0...1),
    AugmentationKind(name: "verticalFlip", parameter: "probability", standard: 0.5, range: 0...1),
    AugmentationKind(name: "randomTranslate", parameter: "pixels", standard: 2, range: 0...512),
    AugmentationKind(name: "randomRotation", parameter: "degrees", standard: 10, range: 0...180),
    AugmentationKind(name: "brightness", parameter: "amount", standard: 0.2, range: 0...1),
    AugmentationKind(name: "contrast", parameter: "amount", standard: 0.2, range: 0...1),
    AugmentationKind(name: "randomErasing", parameter: "probability", standard: 0.5, range: 0...1),
    AugmentationKind(name: "cutout", parameter: "size", standard: 8, range: 1...512),
    AugmentationKind(name: "mixUp", parameter: "alpha", standard: 0.2, range: 0.01...100),
    AugmentationKind(name: "cutMix", parameter: "alpha", standard: 1, range: 0.01...100),
  ]
}
