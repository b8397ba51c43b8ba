/// A change made to training samples at random.
public enum AugmentationSpecification: Sendable, Equatable, Codable {
  /// Pads with zeros and cuts a window of the old size anywhere in it.
  case randomCrop(padding: Int = 4)
  /// Mirrors left and right.
  case horizontalFlip(probability: Double = 0.5)
  /// Moves the picture by up to so many pixels each way.
  case randomTranslate(pixels: Int = 2)
  /// Blanks a rectangle (Zhong et al. 2017, arXiv 1708.04896).
  case randomErasing(probability: Double = 0.25)
  /// Turns by up to so many degrees either way.
  case randomRotation(degrees: Double = 10)
  /// Pastes a rectangle of another sample and mixes labels by area (Yun et al. 2019, arXiv
  /// 1905.04899).
  case cutMix(alpha: Double = 1)
  /// Averages two samples and their labels (Zhang et al. 2017, arXiv 1710.09412).
  case mixUp(alpha: Double = 0.2)
}
