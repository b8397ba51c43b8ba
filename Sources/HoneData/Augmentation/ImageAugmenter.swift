import CImage
import HoneNumerics
import HoneRecords

/// Draws and applies the augmentations of single images, and writes them normalised.
///
/// Keeps scratch memory: one per thread. Operations are drawn first, from the numbers of a sample and an
/// epoch; then crops and flips are noted, the other passes run over an image that stays in the cache, and
/// the last one normalises into the batch.
struct ImageAugmenter {
  /// The steps that act on single images.
  let steps: [Augmentation]
  private let channels: Int
  private let size: ImageSize
  private let maximum: Int
  private let scale: [Float]
  private let offset: [Float]
  /// The factor where full light is 255.
  private let fullScale: [Float]
  private let layout: cimage_layout
  private var canvas: ImageCanvas

  init(
    steps: [Augmentation], channels: Int, size: ImageSize, maximum: Int = 255, scale: [Float],
    offset: [Float], layout: cimage_layout = cimage_float_planes
  ) {
    guard channels == 1 || channels == 3 || steps.isEmpty else {
      fatalError("Augmentation got images of \(channels) channels; it takes grey or RGB images.")
    }
    self.steps = steps.filter { !$0.mixesLabels }
    self.channels = channels
    self.size = size
    self.maximum = maximum
    self.scale = scale
    self.offset = offset
    self.layout = layout
    fullScale = scale.map { $0 * Float(maximum) / 255 }
    canvas = ImageCanvas(channels: channels)
  }

  /// Whether the steps begin with a random resized crop, which takes its box from the whole picture where
  /// samples are made smaller.
  var takesWholePictures: Bool {
    if case .randomResizedCrop? = steps.first { channels == 3 } else { false }
  }

  /// What the steps come to for a stream and the size of an image.
  func operations(
    _ stream: RandomStream, of size: ImageSize, className: String? = nil
  ) -> [ImageOperation] {
    Augmentation.operations(
      steps, size: size, target: self.size, channels: channels, stream: stream,
      className: className)
  }

  /// Writes the image, changed by operations and normalised.
  mutating func render(
    _ source: cimage_source, _ operations: [ImageOperation],
    into target: UnsafeMutableRawPointer
  ) {
    let needsFullLight = operations.contains { !$0.actsAfterNormalization && !$0.onlyMoves }
    canvas.begin(source, maximum: needsFullLight ? maximum : 255)
    var erases = false
    for operation in operations {
      if operation.actsAfterNormalization { erases = true } else { canvas.apply(operation) }
    }
    if canvas.size != size {
      canvas.apply(.resize(height: size.height, width: size.width))
    }
    if !canvas.isOwned, source.pixel == 1, layout == cimage_float_planes {
      canvas.normalizeSource(
        scale: scale, offset: offset, into: target.assumingMemoryBound(to: Float.self))
    } else {
      canvas.settle(keepingWindow: true)
      canvas.normalize(
        scale: needsFullLight ? fullScale : scale, offset: offset, layout: layout, into: target)
    }
    if erases { for operation in operations { erase(operation, target) } }
  }

  private func erase(_ operation: ImageOperation, _ target: UnsafeMutableRawPointer) {
    switch operation {
    case .erase(let top, let left, let height, let width, let fill, let value, let key):
      let box = cimage_box(
        top: Int32(top), left: Int32(left), height: Int32(height), width: Int32(width))
      let values = fill == .random ? nil : [Float](repeating: Float(value), count: channels)
      erase(box, values, key, target)
    case .maskGrid(let top, let left, let period, let length):
      let none = [Float](repeating: 0, count: channels)
      for row in stride(from: top - period, to: size.height, by: period) {
        for column in stride(from: left - period, to: size.width, by: period) {
          let rows = max(0, row)..<max(0, min(size.height, row + length))
          let columns = max(0, column)..<max(0, min(size.width, column + length))
          let box = cimage_box(
            top: Int32(rows.lowerBound), left: Int32(columns.lowerBound),
            height: Int32(rows.count), width: Int32(columns.count))
          erase(box, none, 0, target)
        }
      }
    default: break
    }
  }

  private func erase(
    _ box: cimage_box, _ values: [Float]?, _ key: UInt64, _ target: UnsafeMutableRawPointer
  ) {
    cimage_erase(
      target, layout, Int32(channels), Int32(size.height), Int32(size.width), box, values, key)
  }
}

extension ImageOperation {
  /// Whether pixels keep their values, so that it does not matter what full light is.
  fileprivate var onlyMoves: Bool {
    switch self {
    case .crop(_, _, _, _, let fill): fill == 0
    case .pad(_, _, _, _, _, let fill): fill == 0
    case .flipHorizontally, .flipVertically: true
    default: false
    }
  }
}
