/// One random change of the training images, drawn anew for every sample and epoch.
///
/// Images keep their size. Borders that a step uncovers are black, as stored pixels of value 0.
/// Erasing steps act after normalisation, whatever their place; mixing steps act on whole batches.
public enum Augmentation: Sendable, Hashable {
  /// Pads every side by so many pixels and cuts the original size at a random place.
  case randomCrop(padding: Int)
  /// Mirrors left and right.
  case horizontalFlip(probability: Double)
  /// Mirrors top and bottom.
  case verticalFlip(probability: Double)
  /// Shifts by whole pixels, uniform up to the given number in each direction.
  case randomTranslate(pixels: Int)
  /// Rotates about the centre by an angle uniform up to the given degrees either way, bilinear.
  case randomRotation(degrees: Double)
  /// Multiplies pixels by a factor uniform in `1 - amount...1 + amount`.
  case brightness(amount: Double)
  /// Spreads pixels about the image's mean by a factor uniform in `1 - amount...1 + amount`.
  case contrast(amount: Double)
  /// Replaces a rectangle of 2 to 33 % of the area by random pixels (Zhong et al. 2017,
  /// arXiv 1708.04896).
  case randomErasing(probability: Double)
  /// Sets a square to zero after normalisation, its centre anywhere, clipped at the border (DeVries
  /// and Taylor 2017, arXiv 1708.04552).
  case cutout(size: Int)
  /// Blends each image and label with its neighbour's by a Beta-distributed share (Zhang et al.
  /// 2017, arXiv 1710.09412).
  case mixUp(alpha: Double)
  /// Pastes a rectangle of each image's neighbour, labels mixed by area (Yun et al. 2019,
  /// arXiv 1905.04899).
  case cutMix(alpha: Double)

  /// Whether the step mixes whole batches, which makes labels soft.
  public var mixesLabels: Bool {
    switch self {
    case .mixUp, .cutMix: true
    default: false
    }
  }
}
