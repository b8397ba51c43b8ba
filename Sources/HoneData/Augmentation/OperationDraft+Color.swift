import HoneNumerics
import HoneRecords

extension OperationDraft {
  /// Draws a step of colour; false where it is of another family.
  mutating func drawColor(_ step: Augmentation) -> Bool {
    switch step {
    case .brightness(let amount): add(.brightness(factor: factor(amount)))
    case .contrast(let amount): add(.contrast(factor: factor(amount)))
    case .saturation(let amount): add(.saturation(factor: factor(amount)))
    case .hue(let amount): add(.hue(turn: uniform([-amount, amount])))
    case .colorJitter(let brightness, let contrast, let saturation, let hue):
      let amounts = [brightness, contrast, saturation, hue]
      for index in stream.permutation(4) where amounts[index] > 0 {
        addJitter(index, amounts[index])
      }
    case .photometricDistort(let probability, let brightness, let contrast, let saturation, let hue):
      drawDistortion(probability, [brightness, contrast, saturation, hue])
    case .randomGamma(let range, let probability):
      if happens(probability) { add(.gamma(exponent: uniform(range))) }
    case .grayscale(let probability): if happens(probability) { add(.grayscale) }
    case .invert(let probability): if happens(probability) { add(.invert) }
    case .posterize(let bits, let probability):
      if happens(probability) { add(.posterize(bits: bits)) }
    case .solarize(let threshold, let probability):
      if happens(probability) { add(.solarize(threshold: threshold)) }
    case .equalize(let probability): if happens(probability) { add(.equalize) }
    case .autocontrast(let probability): if happens(probability) { add(.autocontrast) }
    case .sharpness(let factor, let probability):
      if happens(probability) { add(.sharpness(factor: factor)) }
    case .channelPermutation: add(.permuteChannels(order: stream.permutation(channels)))
    case .clahe(let limit, let tiles, let probability):
      if happens(probability) { add(.clahe(limit: limit, tiles: tiles)) }
    default: return false
    }
    return true
  }

  /// A factor about 1, not below 0.
  private mutating func factor(_ amount: Double) -> Double {
    uniform([max(0, 1 - amount), 1 + amount])
  }

  private mutating func addJitter(_ index: Int, _ amount: Double) {
    switch index {
    case 0: add(.brightness(factor: factor(amount)))
    case 1: add(.contrast(factor: factor(amount)))
    case 2: add(.saturation(factor: factor(amount)))
    default: add(.hue(turn: uniform([-amount, amount])))
    }
  }

  /// - Parameter ranges: of brightness, contrast, saturation and hue.
  private mutating func drawDistortion(_ probability: Double, _ ranges: [[Double]]) {
    let brightness = happens(probability) ? uniform(ranges[0]) : nil
    let contrast = happens(probability) ? uniform(ranges[1]) : nil
    let saturation = happens(probability) ? uniform(ranges[2]) : nil
    let hue = happens(probability) ? uniform(ranges[3]) : nil
    let isContrastFirst = happens(0.5)
    if let brightness { add(.brightness(factor: brightness)) }
    if let contrast, isContrastFirst { add(.contrast(factor: contrast)) }
    if let saturation { add(.saturation(factor: saturation)) }
    if let hue { add(.hue(turn: hue)) }
    if let contrast, !isContrastFirst { add(.contrast(factor: contrast)) }
    if happens(probability) { add(.permuteChannels(order: stream.permutation(channels))) }
  }

  /// Draws a step that blurs or spoils; false where it is of another family.
  mutating func drawQuality(_ step: Augmentation) -> Bool {
    switch step {
    case .gaussianBlur(let size, let sigma):
      add(.gaussianBlur(size: size, sigma: uniform(sigma)))
    case .motionBlur(let size, let probability):
      if happens(probability) { add(.motionBlur(size: size, degrees: uniform([0, 180]))) }
    case .medianBlur(let size, let probability):
      if happens(probability) { add(.medianBlur(size: size)) }
    case .gaussianNoise(let mean, let sigma):
      add(.gaussianNoise(mean: mean, sigma: sigma, key: stream.next()))
    case .saltAndPepper(let share, let probability):
      if happens(probability) { add(.saltAndPepper(share: share, key: stream.next())) }
    case .jpeg(let quality):
      let low = quality.first ?? 50
      add(.jpeg(quality: low + whole(to: (quality.last ?? low) - low)))
    default: return false
    }
    return true
  }
}
