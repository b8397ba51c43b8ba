import Foundation
import HoneNumerics

/// MixUp and CutMix: every image of a batch with the one before it, one share for the batch.
struct BatchMixer {
  private let steps: [Augmentation]
  private let classes: Int

  init?(_ steps: [Augmentation], classes: Int) {
    let mixing = steps.filter(\.mixesLabels)
    guard !mixing.isEmpty, classes > 0 else { return nil }
    self.steps = mixing
    self.classes = classes
  }

  /// Mixes `[batch, channels, height, width]` in place; returns labels `[batch, classes]`.
  func mix(
    _ pixels: inout [Float], shape: [Int], labels: [Int64], stream: inout RandomStream
  ) -> [Float] {
    let step = steps[stream.index(below: steps.count)]
    let share: Double
    switch step {
    case .mixUp(let alpha):
      share = stream.beta(alpha)
      BatchMixer.blend(&pixels, batch: labels.count, share: Float(share))
    case .cutMix(let alpha):
      let drawn = stream.beta(alpha)
      let column = stream.index(below: shape[3])
      let row = stream.index(below: shape[2])
      share = BatchMixer.paste(&pixels, shape: shape, share: drawn, column: column, row: row)
    default: fatalError("BatchMixer got \(step.name), which does not mix batches.")
    }
    return BatchMixer.mixedLabels(labels, classes: classes, share: Float(share))
  }

  /// `x * share + before(x) * (1 - share)`; the first image's neighbour is the last.
  static func blend(_ pixels: inout [Float], batch: Int, share: Float) {
    let size = pixels.count / max(1, batch)
    let last = Array(pixels.suffix(size))
    for image in stride(from: batch - 1, through: 0, by: -1) {
      for index in 0..<size {
        let neighbour = image > 0 ? pixels[(image - 1) * size + index] : last[index]
        let own = pixels[image * size + index]
        pixels[image * size + index] = own * share + neighbour * (1 - share)
      }
    }
  }

  /// Pastes the neighbour's box about a centre, clipped; returns the share of the image that is left.
  static func paste(
    _ pixels: inout [Float], shape: [Int], share: Double, column: Int, row: Int
  ) -> Double {
    let (batch, channels, height, width) = (shape[0], shape[1], shape[2], shape[3])
    let half = 0.5 * (1 - share).squareRoot()
    let halfWidth = Int(half * Double(width))
    let halfHeight = Int(half * Double(height))
    let columns = max(0, column - halfWidth)..<min(width, column + halfWidth)
    let rows = max(0, row - halfHeight)..<min(height, row + halfHeight)
    let size = channels * height * width
    let last = Array(pixels.suffix(size))
    for image in stride(from: batch - 1, through: 0, by: -1) {
      for line in 0..<(channels * height) where rows.contains(line % height) {
        let start = line * width
        for column in columns {
          pixels[image * size + start + column] =
            image > 0 ? pixels[(image - 1) * size + start + column] : last[start + column]
        }
      }
    }
    return 1 - Double(columns.count * rows.count) / Double(width * height)
  }

  /// Labels with the image's own class and its neighbour's.
  static func mixedLabels(_ labels: [Int64], classes: Int, share: Float) -> [Float] {
    var soft = [Float](repeating: 0, count: labels.count * classes)
    for (image, label) in labels.enumerated() {
      let neighbour = labels[image > 0 ? image - 1 : labels.count - 1]
      soft[image * classes + Int(label)] += share
      soft[image * classes + Int(neighbour)] += 1 - share
    }
    return soft
  }
}

extension RandomStream {
  /// A number from Beta(alpha, alpha), as a ratio of gamma variates.
  mutating func beta(_ alpha: Double) -> Double {
    let first = gamma(alpha)
    let second = gamma(alpha)
    // Both underflow for tiny alpha, where the distribution is a coin's.
    guard first + second > 0 else { return uniform() < 0.5 ? 0 : 1 }
    return first / (first + second)
  }

  /// A number from Gamma(shape, 1) (Marsaglia and Tsang 2000).
  private mutating func gamma(_ shape: Double) -> Double {
    if shape < 1 {
      let boost = pow(1 - uniform(), 1 / shape)
      return gamma(shape + 1) * boost
    }
    let d = shape - 1 / 3.0
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let v = 1 + c * x
      guard v > 0 else { continue }
      let cubed = v * v * v
      if log(1 - uniform()) < 0.5 * x * x + d - d * cubed + d * log(cubed) { return d * cubed }
    }
  }
}
