import CImage
import Foundation
import HoneNumerics

/// Applies the augmentations of single images.
///
/// Keeps scratch memory: one per thread.
/// Crops, shifts and flips are only noted, and done in the pass that normalises; a step that needs
/// pixels, or a second crop, first brings about what was noted.
struct ImageAugmenter {
  private let steps: [Augmentation]
  private let channels: Int
  private let height: Int
  private let width: Int
  private let maximum: Int
  private let scale: [Float]
  private let offset: [Float]
  private var scratch: [UInt8]
  private var other: [UInt8]
  /// Whether `scratch` holds the image so far, and no longer the stored pixels.
  private var isScratched = false
  private var window: cimage_window

  init(steps: [Augmentation], images: any ImageSamples, scale: [Float], offset: [Float]) {
    self.steps = steps.filter { !$0.mixesLabels }
    channels = images.channels
    height = images.height
    width = images.width
    maximum = images.maximum
    self.scale = scale
    self.offset = offset
    scratch = [UInt8](repeating: 0, count: steps.isEmpty ? 0 : images.sampleBytes)
    other = scratch
    window = cimage_window(
      top: 0, left: 0, mirrored: 0, height: Int32(images.height), width: Int32(images.width),
      border: 0)
  }

  /// Writes the normalised image as the stream's numbers change it.
  mutating func render(
    _ pixels: UnsafePointer<UInt8>, stream: inout RandomStream,
    into target: UnsafeMutablePointer<Float>
  ) {
    isScratched = false
    resetWindow()
    for step in steps { apply(step, pixels, &stream) }
    normalize(pixels, into: target)
    for step in steps { erase(step, &stream, target) }
  }

  /// Writes the normalised image unchanged.
  mutating func renderPlain(
    _ pixels: UnsafePointer<UInt8>, into target: UnsafeMutablePointer<Float>
  ) {
    isScratched = false
    resetWindow()
    normalize(pixels, into: target)
  }

  private mutating func resetWindow() {
    window.top = 0
    window.left = 0
    window.mirrored = 0
  }

  private func normalize(
    _ pixels: UnsafePointer<UInt8>, into target: UnsafeMutablePointer<Float>
  ) {
    if isScratched {
      cimage_normalize(
        scratch, Int32(channels), Int32(height), Int32(width), window, scale, offset, target)
    } else {
      cimage_normalize(
        pixels, Int32(channels), Int32(height), Int32(width), window, scale, offset, target)
    }
  }

  private mutating func apply(
    _ step: Augmentation, _ pixels: UnsafePointer<UInt8>, _ stream: inout RandomStream
  ) {
    switch step {
    case .randomCrop(let reach), .randomTranslate(let reach):
      let top = stream.index(below: 2 * reach + 1) - reach
      let left = stream.index(below: 2 * reach + 1) - reach
      shift(pixels, top: top, left: left)
    case .horizontalFlip(let probability):
      if stream.uniform() < probability { window.mirrored ^= 1 }
    case .verticalFlip(let probability):
      if stream.uniform() < probability { flipRows(pixels) }
    case .randomRotation(let degrees):
      let angle = stream.uniform(-degrees...degrees)
      pass(pixels) { source, target, this in
        cimage_rotate(
          source, Int32(this.channels), Int32(this.height), Int32(this.width), angle, target)
      }
    case .brightness(let amount):
      let factor = stream.uniform((1 - amount)...(1 + amount))
      blend(pixels, factor: factor, towards: 0)
    case .contrast(let amount):
      let factor = stream.uniform((1 - amount)...(1 + amount))
      bringAbout(pixels)
      blend(pixels, factor: factor, towards: meanLight())
    case .randomErasing, .cutout, .mixUp, .cutMix: break
    }
  }

  /// A second shift would uncover what the first cut away, so the first is done.
  private mutating func shift(_ pixels: UnsafePointer<UInt8>, top: Int, left: Int) {
    if window.top != 0 || window.left != 0 || window.mirrored != 0 { bringAbout(pixels) }
    window.top = Int32(top)
    window.left = Int32(left)
  }

  /// Makes `scratch` the image so far.
  private mutating func bringAbout(_ pixels: UnsafePointer<UInt8>) {
    let isPlain = window.top == 0 && window.left == 0 && window.mirrored == 0
    if isScratched && isPlain { return }
    let window = window
    resetWindow()
    replace(pixels) { source, target, this in
      cimage_cut(
        source, Int32(this.channels), Int32(this.height), Int32(this.width), window, target)
    }
  }

  /// Brings about what was noted, then replaces the image by what the closure makes of it.
  private mutating func pass(
    _ pixels: UnsafePointer<UInt8>,
    _ body: (UnsafePointer<UInt8>, UnsafeMutablePointer<UInt8>, borrowing ImageAugmenter) -> Void
  ) {
    if window.top != 0 || window.left != 0 || window.mirrored != 0 { bringAbout(pixels) }
    replace(pixels, body)
  }

  private mutating func replace(
    _ pixels: UnsafePointer<UInt8>,
    _ body: (UnsafePointer<UInt8>, UnsafeMutablePointer<UInt8>, borrowing ImageAugmenter) -> Void
  ) {
    var target: [UInt8] = []
    swap(&target, &other)
    target.withUnsafeMutableBufferPointer { target in
      guard let target = target.baseAddress else { return }
      if isScratched {
        scratch.withUnsafeBufferPointer { source in
          if let source = source.baseAddress { body(source, target, self) }
        }
      } else {
        body(pixels, target, self)
      }
    }
    swap(&other, &scratch)
    swap(&scratch, &target)
    isScratched = true
  }

  private mutating func flipRows(_ pixels: UnsafePointer<UInt8>) {
    pass(pixels) { source, target, this in
      for row in 0..<(this.channels * this.height) {
        let plane = row / this.height
        let mirrored = plane * this.height + (this.height - 1 - row % this.height)
        (target + row * this.width).update(from: source + mirrored * this.width, count: this.width)
      }
    }
  }

  private mutating func blend(
    _ pixels: UnsafePointer<UInt8>, factor: Double, towards center: Double
  ) {
    pass(pixels) { source, target, this in
      cimage_blend(
        source, this.channels * this.height * this.width, Float(factor),
        Float((1 - factor) * center), target)
    }
    // Stored pixels may end below 255; brighter than full light there is none.
    if maximum < 255 {
      for index in scratch.indices { scratch[index] = min(scratch[index], UInt8(maximum)) }
    }
  }

  /// The mean of the image's luma, whole as torchvision's contrast has it.
  private func meanLight() -> Double {
    let plane = height * width
    var total = 0
    for index in 0..<plane {
      if channels == 3 {
        let light =
          0.2989 * Float(scratch[index]) + 0.587 * Float(scratch[plane + index])
          + 0.114 * Float(scratch[2 * plane + index])
        total += Int(light)
      } else {
        total += Int(scratch[index])
      }
    }
    return (Double(total) / Double(plane)).rounded(.down)
  }
}

extension ImageAugmenter {
  /// Erasing acts on normalised pixels, so that zero is the mean colour.
  fileprivate func erase(
    _ step: Augmentation, _ stream: inout RandomStream, _ target: UnsafeMutablePointer<Float>
  ) {
    switch step {
    case .randomErasing(let probability):
      guard stream.uniform() < probability, let box = erasedBox(&stream) else { return }
      fillRandom(box, &stream, target)
    case .cutout(let size):
      let top = stream.index(below: height) - size / 2
      let left = stream.index(below: width) - size / 2
      let rows = max(0, top)..<min(height, top + size)
      let columns = max(0, left)..<min(width, left + size)
      for row in 0..<(channels * height) where rows.contains(row % height) {
        (target + row * width + columns.lowerBound).update(repeating: 0, count: columns.count)
      }
    default: return
    }
  }

  /// Ten tries at 2 to 33 % of the area, ratio of sides log-uniform in 0.3 to 3.3.
  private func erasedBox(_ stream: inout RandomStream) -> (rows: Range<Int>, columns: Range<Int>)? {
    for _ in 0..<10 {
      let area = stream.uniform(0.02...0.33) * Double(height * width)
      let ratio = exp(stream.uniform(log(0.3)...log(3.3)))
      let boxHeight = Int((area * ratio).squareRoot().rounded())
      let boxWidth = Int((area / ratio).squareRoot().rounded())
      guard boxHeight > 0, boxWidth > 0, boxHeight < height, boxWidth < width else { continue }
      let top = stream.index(below: height - boxHeight + 1)
      let left = stream.index(below: width - boxWidth + 1)
      return (top..<(top + boxHeight), left..<(left + boxWidth))
    }
    return nil
  }

  private func fillRandom(
    _ box: (rows: Range<Int>, columns: Range<Int>), _ stream: inout RandomStream,
    _ target: UnsafeMutablePointer<Float>
  ) {
    for channel in 0..<channels {
      for row in box.rows {
        var bits: UInt64 = 0
        let start = (channel * height + row) * width
        for (position, column) in box.columns.enumerated() {
          if position % 8 == 0 { bits = stream.next() }
          let value = Int(bits & 255) * (maximum + 1) >> 8
          bits >>= 8
          target[start + column] = Float(value) * scale[channel] + offset[channel]
        }
      }
    }
  }
}
