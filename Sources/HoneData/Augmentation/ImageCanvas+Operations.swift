import CImage
import Foundation
import HoneRecords

extension ImageCanvas {
  /// Changes the image; operations on normalised pixels leave it.
  mutating func apply(_ operation: ImageOperation) {
    if applyGeometry(operation) || applyColor(operation) { return }
    applyQuality(operation)
  }

  /// All channels set to one value.
  static func word(_ fill: Double) -> UInt32 {
    UInt32(max(0, min(255, fill))) * 0x010101
  }

  private mutating func applyGeometry(_ operation: ImageOperation) -> Bool {
    switch operation {
    case .flipHorizontally: mirror()
    case .flipVertically: flip()
    case .crop(let top, let left, let height, let width, let fill):
      cut(top: top, left: left, height: height, width: width, fill: ImageCanvas.word(fill))
    case .pad(let top, let left, _, _, let mode, let fill):
      pad(top: top, left: left, to: operation.size(from: size), mode, fill)
    case .resize(let height, let width):
      let box = cimage_box(
        top: 0, left: 0, height: Int32(size.height), width: Int32(size.width))
      resize(box, to: ImageSize(height: height, width: width))
    case .resizedCrop(let top, let left, let height, let width, let newHeight, let newWidth):
      let box = cimage_box(
        top: Int32(top), left: Int32(left), height: Int32(height), width: Int32(width))
      resize(box, to: ImageSize(height: newHeight, width: newWidth))
    case .rotate(_, let interpolation, let fill),
      .affine(_, _, _, _, _, let interpolation, let fill),
      .perspective(_, let interpolation, let fill):
      warp(operation, interpolation, fill)
    case .elastic(let alpha, let sigma, let key, let interpolation, let fill):
      let field = ElasticField(size: size, alpha: alpha, sigma: sigma, key: key)
      pass { source, size, target in
        cimage_words_displace(
          source, Int32(size.height), Int32(size.width), field.across, field.down,
          interpolation == .bilinear ? 1 : 0, ImageCanvas.word(fill), target)
      }
    default: return false
    }
    return true
  }

  private mutating func pad(
    top: Int, left: Int, to target: ImageSize, _ mode: Augmentation.Padding, _ fill: Double
  ) {
    let padding: cimage_padding
    switch mode {
    case .constant:
      cut(
        top: -top, left: -left, height: target.height, width: target.width,
        fill: ImageCanvas.word(fill))
      return
    case .edge: padding = cimage_pad_edge
    case .reflect: padding = cimage_pad_reflect
    case .symmetric: padding = cimage_pad_symmetric
    }
    pass(to: target) { source, size, into in
      cimage_words_pad(
        source, Int32(size.height), Int32(size.width), Int32(top), Int32(left),
        Int32(target.height), Int32(target.width), padding, into)
    }
  }

  private mutating func warp(
    _ operation: ImageOperation, _ interpolation: Augmentation.Interpolation, _ fill: Double
  ) {
    guard let map = operation.map(of: size) else { return }
    let inverse = map.inverse.normalized
    pass { source, size, target in
      cimage_words_warp(
        source, Int32(size.height), Int32(size.width), inverse, interpolation == .bilinear ? 1 : 0,
        ImageCanvas.word(fill), Int32(size.height), Int32(size.width), target)
    }
  }

  private mutating func applyColor(_ operation: ImageOperation) -> Bool {
    switch operation {
    case .brightness(let factor):
      recolor { cimage_words_brightness($0, $1, Float(factor), $0) }
    case .contrast(let factor):
      let channels = Int32(channels)
      recolor {
        let mean = cimage_words_mean_light($0, $1, channels)
        cimage_words_contrast($0, $1, Float(factor), Float(mean), $0)
      }
    case .saturation(let factor):
      if channels == 3 { recolor { cimage_words_saturation($0, $1, Float(factor), $0) } }
    case .hue(let turn):
      if channels == 3 { recolor { cimage_words_hue($0, $1, Float(turn), $0) } }
    case .grayscale: if channels == 3 { recolor { cimage_words_grey($0, $1, $0) } }
    case .permuteChannels(let order):
      if channels == 3 { recolor { cimage_words_permute($0, $1, order.map(Int32.init), $0) } }
    case .gamma(let exponent): lookUp(LightTable.gamma(exponent))
    case .invert: lookUp(LightTable.invert)
    case .posterize(let bits): lookUp(LightTable.posterize(bits: bits))
    case .solarize(let threshold): lookUp(LightTable.solarize(threshold: threshold))
    case .equalize: lookUp(LightTable.equalize)
    case .autocontrast: lookUp(LightTable.autocontrast)
    default: return false
    }
    return true
  }

  /// Replaces light by one table for all channels.
  private mutating func lookUp(_ table: [UInt8]) {
    let tables = table + table + table
    recolor { cimage_words_look_up($0, $1, tables, $0) }
  }

  /// Replaces light by a table for each channel, made from its histogram.
  private mutating func lookUp(_ table: ([UInt32]) -> [UInt8]) {
    var counts = [UInt32](repeating: 0, count: 256 * channels)
    let channels = channels
    recolor { cimage_words_histogram($0, $1, Int32(channels), &counts) }
    var tables: [UInt8] = []
    for channel in 0..<channels {
      tables += table(Array(counts[(256 * channel)..<(256 * (channel + 1))]))
    }
    while tables.count < 768 { tables += tables.prefix(256) }
    recolor { cimage_words_look_up($0, $1, tables, $0) }
  }

  private mutating func applyQuality(_ operation: ImageOperation) {
    let channels = Int32(channels)
    switch operation {
    case .sharpness(let factor):
      pass { cimage_words_sharpness($0, Int32($1.height), Int32($1.width), Float(factor), $2) }
    case .clahe(let limit, let tiles):
      pass {
        let isDone = cimage_words_clahe(
          $0, Int32($1.height), Int32($1.width), channels, limit, Int32(tiles), $2)
        if isDone == 0 { fatalError("No memory for the tables of \(tiles) x \(tiles) tiles.") }
      }
    case .gaussianBlur(let size, let sigma):
      let weights = GaussianWeights.normalized(count: size, sigma: sigma)
      pass {
        let count = Int32(weights.count)
        let isDone = cimage_words_convolve(
          $0, Int32($1.height), Int32($1.width), weights, count, weights, count, $2)
        if isDone == 0 { fatalError("No memory to blur an image of \($1).") }
      }
    case .motionBlur(let size, let degrees):
      pass {
        cimage_words_streak(
          $0, Int32($1.height), Int32($1.width), Int32(size), degrees * .pi / 180, $2)
      }
    case .medianBlur(let size):
      pass { cimage_words_median($0, Int32($1.height), Int32($1.width), Int32(size), $2) }
    case .gaussianNoise(let mean, let sigma, let key):
      pass {
        cimage_words_noise(
          $0, $1.height * $1.width, channels, Float(mean * 255), Float(sigma * 255), key, $2)
      }
    case .saltAndPepper(let share, let key):
      pass { cimage_words_salt($0, $1.height * $1.width, Float(share), key, $2) }
    case .jpeg(let quality): compress(quality: quality)
    case .blend(let share, let chains, let shares): blend(share, chains, shares)
    default: break
    }
  }
}
