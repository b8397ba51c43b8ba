import HoneRecords

/// An operation of the learned and random policies.
enum PolicyOperation: String, CaseIterable {
  case identity, shearX, shearY, translateX, translateY, rotate, brightness, color, contrast
  case sharpness, posterize, solarize, autocontrast, equalize, invert

  /// Whether half of the draws go the other way.
  var isSigned: Bool {
    switch self {
    case .identity, .posterize, .solarize, .autocontrast, .equalize, .invert: false
    default: true
    }
  }

  /// The operation of a magnitude.
  func operation(
    _ magnitude: Double, interpolation: Augmentation.Interpolation, fill: Double
  ) -> ImageOperation? {
    func affine(shift: [Double] = [0, 0], shear: [Double] = [0, 0]) -> ImageOperation {
      .affine(
        degrees: 0, shift: shift, scale: 1, shear: shear, fromCorner: shear != [0, 0],
        interpolation: interpolation, fill: fill)
    }
    switch self {
    case .identity: return nil
    case .shearX: return affine(shear: [ImageOperation.degrees(ofTangent: magnitude), 0])
    case .shearY: return affine(shear: [0, ImageOperation.degrees(ofTangent: magnitude)])
    case .translateX: return affine(shift: [magnitude.rounded(.towardZero), 0])
    case .translateY: return affine(shift: [0, magnitude.rounded(.towardZero)])
    case .rotate: return .rotate(degrees: magnitude, interpolation: interpolation, fill: fill)
    case .brightness: return .brightness(factor: 1 + magnitude)
    case .color: return .saturation(factor: 1 + magnitude)
    case .contrast: return .contrast(factor: 1 + magnitude)
    case .sharpness: return .sharpness(factor: 1 + magnitude)
    case .posterize: return .posterize(bits: Int(magnitude))
    case .solarize: return .solarize(threshold: 255 * magnitude)
    case .autocontrast: return .autocontrast
    case .equalize: return .equalize
    case .invert: return .invert
    }
  }
}

/// How strong the operations of a policy may be: the magnitude of a share of the range, 0...1.
enum MagnitudeSpace {
  /// AutoAugment's and RandAugment's.
  case standard
  /// TrivialAugmentWide's.
  case wide
  /// AugMix's.
  case augMix
  /// RandAugment's in timm, every operation growing with the share.
  case increasing

  /// - Parameter size: the image, whose sides bound shifts.
  func magnitude(_ operation: PolicyOperation, at share: Double, size: ImageSize) -> Double {
    switch operation {
    case .identity, .autocontrast, .equalize, .invert: 0
    case .shearX, .shearY: share * (self == .wide ? 0.99 : 0.3)
    case .translateX: share * shift(along: size.width)
    case .translateY: share * shift(along: size.height)
    case .rotate: share * (self == .wide ? 135 : 30)
    case .brightness, .color, .contrast, .sharpness: share * (self == .wide ? 0.99 : 0.9)
    case .posterize: bits(share)
    case .solarize: self == .increasing ? (1 - share) * 256 / 255 : 1 - share
    }
  }

  private func shift(along side: Int) -> Double {
    switch self {
    case .standard: 150.0 / 331 * Double(side)
    case .wide: 32
    case .augMix: Double(side) / 3
    case .increasing: 0.45 * Double(side)
    }
  }

  private func bits(_ share: Double) -> Double {
    switch self {
    case .standard: (8 - share * 4).rounded(.toNearestOrEven)
    case .wide: (8 - share * 6).rounded(.toNearestOrEven)
    case .augMix: (4 - share * 4).rounded(.toNearestOrEven)
    case .increasing: 4 - (share * 4).rounded(.towardZero)
    }
  }
}
