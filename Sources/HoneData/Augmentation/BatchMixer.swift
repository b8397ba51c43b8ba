import CImage
import Foundation
import HoneNumerics
import HoneRecords

/// What was drawn for the images of a batch, each of which meets the one before it.
public enum BatchOperation: Sendable, Hashable, Codable {
  /// Blends: this share is the image's own.
  case mixUp(share: Double)
  /// Pastes a box of the neighbour; the share is what is left of the image.
  case cutMix(top: Int, left: Int, height: Int, width: Int, share: Double)
}

/// MixUp and CutMix: every image of a batch with the one before it, one share for the batch.
struct BatchMixer {
  /// A mixing step and how often it acts.
  private struct Entry {
    let step: Augmentation
    let probability: Double
  }

  private let entries: [Entry]
  private let classes: Int
  /// The last epoch, where steps stop before it.
  private let epochs: Int?

  init?(_ steps: [Augmentation], classes: Int, epochs: Int? = nil) {
    let found = steps.flatMap { BatchMixer.entries($0, probability: 1) }
    guard !found.isEmpty, classes > 0 else { return nil }
    entries = found
    self.classes = classes
    self.epochs = epochs
  }

  private static func entries(_ step: Augmentation, probability: Double) -> [Entry] {
    switch step {
    case .mixUp, .cutMix: [Entry(step: step, probability: probability)]
    case .randomApply(let share, let steps):
      steps.flatMap { entries($0, probability: probability * share) }
    default: step.inner.flatMap { entries($0, probability: probability) }
    }
  }

  private func isOn(_ step: Augmentation, epoch: Int) -> Bool {
    switch step {
    case .mixUp(_, let last), .cutMix(_, let last): last == 0 || epoch <= (epochs ?? .max) - last
    default: false
    }
  }

  /// What mixes the images of a batch; nil where nothing does.
  func operation(epoch: Int, shape: [Int], stream: inout RandomStream) -> BatchOperation? {
    let active = entries.filter { isOn($0.step, epoch: epoch) }
    guard !active.isEmpty else { return nil }
    let entry = active[stream.index(below: active.count)]
    if entry.probability < 1, stream.uniform() >= entry.probability { return nil }
    switch entry.step {
    case .mixUp(let alpha, _): return .mixUp(share: stream.beta(alpha))
    case .cutMix(let alpha, _):
      let drawn = stream.beta(alpha)
      let column = stream.index(below: shape[3])
      let row = stream.index(below: shape[2])
      return BatchMixer.box(shape: shape, share: drawn, column: column, row: row)
    default: return nil
    }
  }

  /// Mixes `[batch, channels, height, width]` in place; returns labels `[batch, classes]`.
  func mix(
    _ operation: BatchOperation, _ pixels: UnsafeMutablePointer<Float>, shape: [Int],
    labels: [Int64]
  ) -> [Float] {
    let share: Double
    switch operation {
    case .mixUp(let drawn):
      share = drawn
      BatchMixer.blend(
        pixels, batch: labels.count, size: shape.dropFirst().reduce(1, *), share: Float(share))
    case .cutMix(let top, let left, let height, let width, let rest):
      share = rest
      BatchMixer.paste(
        pixels, shape: shape, rows: top..<(top + height), columns: left..<(left + width))
    }
    return BatchMixer.mixedLabels(labels, classes: classes, share: Float(share))
  }

  /// `x * share + before(x) * (1 - share)`; the first image's neighbour is the last.
  static func blend(
    _ pixels: UnsafeMutablePointer<Float>, batch: Int, size: Int, share: Float
  ) {
    guard batch > 0 else { return }
    let last = Array(UnsafeBufferPointer(start: pixels + (batch - 1) * size, count: size))
    for image in stride(from: batch - 1, to: 0, by: -1) {
      cimage_mix(pixels + image * size, pixels + (image - 1) * size, size, share)
    }
    cimage_mix(pixels, last, size, share)
  }

  /// The box about a centre, clipped, and the share of the image that it leaves.
  static func box(shape: [Int], share: Double, column: Int, row: Int) -> BatchOperation {
    let (height, width) = (shape[2], shape[3])
    let half = 0.5 * (1 - share).squareRoot()
    let halfWidth = Int(half * Double(width))
    let halfHeight = Int(half * Double(height))
    let columns = max(0, column - halfWidth)..<min(width, column + halfWidth)
    let rows = max(0, row - halfHeight)..<min(height, row + halfHeight)
    return .cutMix(
      top: rows.lowerBound, left: columns.lowerBound, height: rows.count, width: columns.count,
      share: 1 - Double(columns.count * rows.count) / Double(width * height))
  }

  /// Pastes the neighbour's box.
  static func paste(
    _ pixels: UnsafeMutablePointer<Float>, shape: [Int], rows: Range<Int>, columns: Range<Int>
  ) {
    let (batch, channels, height, width) = (shape[0], shape[1], shape[2], shape[3])
    let size = channels * height * width
    guard batch > 0 else { return }
    let last = Array(UnsafeBufferPointer(start: pixels + (batch - 1) * size, count: size))
    for image in stride(from: batch - 1, through: 0, by: -1) {
      for line in 0..<(channels * height) where rows.contains(line % height) {
        let start = line * width + columns.lowerBound
        let own = pixels + image * size + start
        if image > 0 {
          own.update(from: own - size, count: columns.count)
        } else {
          last.withUnsafeBufferPointer { other in
            guard let base = other.baseAddress else { return }
            own.update(from: base + start, count: columns.count)
          }
        }
      }
    }
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
  mutating func gamma(_ shape: Double) -> Double {
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
