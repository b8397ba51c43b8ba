import Foundation

/// Tables that say for each of 256 values of light what becomes of it.
enum LightTable {
  private static func made(_ value: (Int) -> Int) -> [UInt8] {
    (0..<256).map { UInt8(max(0, min(255, value($0)))) }
  }

  static var invert: [UInt8] { made { 255 - $0 } }

  static func posterize(bits: Int) -> [UInt8] {
    let mask = ((1 << max(0, min(8, bits))) - 1) << (8 - max(0, min(8, bits)))
    return made { $0 & mask }
  }

  static func solarize(threshold: Double) -> [UInt8] {
    made { Double($0) >= threshold ? 255 - $0 : $0 }
  }

  /// Back to bytes as torchvision scales: 255.999 truncated.
  static func gamma(_ exponent: Double) -> [UInt8] {
    made { Int(pow(Double($0) / 255, exponent) * 255.999) }
  }

  /// Spreads the counts evenly, as Pillow does: a step is what each value but the largest gets.
  static func equalize(_ counts: [UInt32]) -> [UInt8] {
    let total = counts.reduce(0) { $0 + Int($1) }
    guard let last = counts.last(where: { $0 > 0 }) else { return made { $0 } }
    let step = (total - Int(last)) / 255
    guard step > 0 else { return made { $0 } }
    var before = step / 2
    return counts.map { count in
      defer { before += Int(count) }
      return UInt8(min(255, before / step))
    }
  }

  /// Stretches the values that occur to the full range.
  static func autocontrast(_ counts: [UInt32]) -> [UInt8] {
    guard let low = counts.firstIndex(where: { $0 > 0 }),
      let high = counts.lastIndex(where: { $0 > 0 }), low < high
    else { return made { $0 } }
    let unit = Float(high - low) * Float(1.0 / 255)
    return made { Int(max(0, min(255, Float($0 - low) / unit))) }
  }
}

/// Weights of a Gaussian.
enum GaussianWeights {
  /// Weights that sum to 1; an even count is made odd.
  static func normalized(count: Int, sigma: Double) -> [Float] {
    let reach = max(0, count / 2)
    let weights = (-reach...reach).map { exp(-0.5 * pow(Double($0) / max(sigma, 1e-6), 2)) }
    let total = weights.reduce(0, +)
    return weights.map { Float($0 / total) }
  }
}
