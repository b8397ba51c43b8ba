import Foundation
import HoneNumerics
public import HoneRecords

/// What steps come to for one sample.
struct OperationDraft {
  /// What was drawn so far.
  private(set) var operations: [ImageOperation] = []
  /// The size of the image so far.
  private(set) var size: ImageSize
  /// The size that samples have.
  let target: ImageSize
  let channels: Int
  var stream: RandomStream
  /// The sample's class; nil where it has none.
  let className: String?

  init(
    size: ImageSize, target: ImageSize, channels: Int, stream: RandomStream,
    className: String? = nil
  ) {
    self.className = className
    self.size = size
    self.target = target
    self.channels = channels
    self.stream = stream
  }

  mutating func add(_ operation: ImageOperation) {
    size = operation.size(from: size)
    operations.append(operation)
  }

  /// Whether an event of a probability happens.
  mutating func happens(_ probability: Double) -> Bool { stream.uniform() < probability }

  /// A number of a range; the range's only number where it has one.
  mutating func uniform(_ range: [Double]) -> Double {
    guard let low = range.first, let high = range.last else { return 0 }
    return uniform(low, high)
  }

  mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * stream.uniform()
  }

  /// A whole number from 0 up to a bound, which comes too.
  mutating func whole(to bound: Int) -> Int { stream.index(below: max(0, bound) + 1) }

  mutating func draw(_ step: Augmentation) {
    switch step {
    case .oneOf(let steps):
      if !steps.isEmpty { draw(steps[stream.index(below: steps.count)]) }
    case .someOf(let count, let steps):
      let chosen = stream.permutation(steps.count).prefix(count).sorted()
      for index in chosen { draw(steps[index]) }
    case .randomOrder(let steps):
      for index in stream.permutation(steps.count) { draw(steps[index]) }
    case .randomApply(let probability, let steps):
      if happens(probability) { for step in steps { draw(step) } }
    case .forClasses(let classes, let steps):
      if let className, classes.contains(className) { for step in steps { draw(step) } }
    default:
      if drawGeometry(step) || drawColor(step) || drawQuality(step) || drawErasing(step) { return }
      drawPolicy(step)
    }
  }
}

extension Augmentation {
  /// What the steps come to for a sample, the same whenever they are asked for it.
  ///
  /// - Parameters:
  ///   - steps: the steps; those that mix batches draw nothing here.
  ///   - size: the size of the image.
  ///   - channels: its channels.
  ///   - seed: the loader's seed.
  ///   - epoch: the epoch.
  ///   - sample: the sample's number in its data set.
  ///   - className: its class, for steps that are meant for some.
  public static func operations(
    _ steps: [Augmentation], size: ImageSize, channels: Int = 3, seed: UInt64, epoch: Int,
    sample: Int, className: String? = nil
  ) -> [ImageOperation] {
    operations(
      steps, size: size, target: size, channels: channels,
      stream: RandomStream(seed: seed, "augment", epoch, sample), className: className)
  }

  static func operations(
    _ steps: [Augmentation], size: ImageSize, target: ImageSize, channels: Int,
    stream: RandomStream, className: String? = nil
  ) -> [ImageOperation] {
    var draft = OperationDraft(
      size: size, target: target, channels: channels, stream: stream, className: className)
    for step in steps { draft.draw(step) }
    return draft.operations
  }
}
