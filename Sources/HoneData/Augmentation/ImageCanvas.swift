import CImage
import HoneRecords

/// An image in work: a source that is not touched as long as only its window changes, then words of its
/// own.
///
/// Crops and flips are only noted and happen in the next pass over the pixels, which for most chains is
/// the one that normalises. Keeps memory from image to image: one per thread.
struct ImageCanvas {
  let channels: Int
  /// The rows and columns that the noted window shows.
  var size: ImageSize { ImageSize(height: Int(window.height), width: Int(window.width)) }

  private var held = HeldSource(cimage_source())
  private var words: [UInt32] = []
  private var spare: [UInt32] = []
  /// Whether the image so far is in `words`, and no longer the source.
  private(set) var isOwned = false
  /// The size of what the window is cut from.
  private var whole = ImageSize(height: 0, width: 0)
  private var window = cimage_window()

  init(channels: Int) {
    self.channels = channels
  }

  /// Begins with an image, which must stay where it is until the last pass.
  mutating func begin(_ source: cimage_source) {
    held = HeldSource(source)
    isOwned = false
    show(ImageSize(height: Int(source.height), width: Int(source.width)))
  }

  /// Begins with an image whose stored values are to be multiplied so that full light is 255.
  mutating func begin(_ source: cimage_source, maximum: Int) {
    begin(source)
    guard maximum != 255 else { return }
    own()
    var table = [UInt8](repeating: 255, count: 768)
    for value in 0...min(255, maximum) {
      let light = UInt8((value * 255 + maximum / 2) / maximum)
      for channel in 0..<3 { table[256 * channel + value] = light }
    }
    let pixels = words.count
    words.withUnsafeMutableBufferPointer {
      cimage_words_look_up($0.baseAddress, pixels, table, $0.baseAddress)
    }
  }

  private mutating func show(_ size: ImageSize) {
    whole = size
    window = cimage_window(
      top: 0, left: 0, mirrored: 0, flipped: 0, height: Int32(size.height),
      width: Int32(size.width), border: 0)
  }

  private var isPlain: Bool {
    window.top == 0 && window.left == 0 && window.mirrored == 0 && window.flipped == 0
      && Int(window.height) == whole.height && Int(window.width) == whole.width
  }

  // MARK: Noted

  mutating func mirror() { window.mirrored ^= 1 }

  mutating func flip() { window.flipped ^= 1 }

  /// Cuts a box, which may reach out.
  mutating func cut(top: Int, left: Int, height: Int, width: Int, fill: UInt32) {
    let size = self.size
    let isInside =
      top >= 0 && left >= 0 && top + height <= size.height && left + width <= size.width
    let showsAll = window.top == 0 && window.left == 0 && size == whole
    // What one cut hid must not come back in the border of the next.
    if !isInside && !showsAll { settle() }
    if window.mirrored != 0 {
      window.left += Int32(self.size.width - left - width)
    } else {
      window.left += Int32(left)
    }
    if window.flipped != 0 {
      window.top += Int32(self.size.height - top - height)
    } else {
      window.top += Int32(top)
    }
    window.height = Int32(height)
    window.width = Int32(width)
    if !isInside { window.border = fill }
  }

  // MARK: Done

  /// Brings the source's pixels into words.
  private mutating func own() {
    guard !isOwned else { return }
    ImageCanvas.fit(&words, to: whole)
    let source = held.source
    words.withUnsafeMutableBufferPointer { cimage_words_from(source, $0.baseAddress) }
    isOwned = true
  }

  private static func fit(_ buffer: inout [UInt32], to size: ImageSize) {
    let count = size.height * size.width
    if buffer.count == count { return }
    if buffer.count > count {
      buffer.removeLast(buffer.count - count)
    } else {
      buffer.append(contentsOf: repeatElement(0, count: count - buffer.count))
    }
  }

  /// Does what was noted.
  ///
  /// - Parameter keepingWindow: whether the pixels only become words of the canvas.
  mutating func settle(keepingWindow: Bool = false) {
    own()
    guard !isPlain, !keepingWindow else { return }
    let noted = window
    replace(size) { source, whole, target in
      cimage_words_cut(source, Int32(whole.height), Int32(whole.width), noted, target)
    }
  }

  /// Replaces the image as it is by what a pass makes of it.
  mutating func pass(
    to size: ImageSize? = nil,
    _ body: (UnsafePointer<UInt32>, ImageSize, UnsafeMutablePointer<UInt32>) -> Void
  ) {
    settle()
    replace(size ?? self.size, body)
  }

  /// Changes pixel after pixel, wherever they lie: what was noted need not happen first, unless the
  /// border would not be changed with the rest.
  mutating func recolor(_ body: (UnsafeMutablePointer<UInt32>, Int) -> Void) {
    let hasBorder =
      window.top < 0 || window.left < 0 || Int(window.top + window.height) > whole.height
      || Int(window.left + window.width) > whole.width
    if hasBorder || size != whole { settle() } else { own() }
    let count = words.count
    words.withUnsafeMutableBufferPointer { if let base = $0.baseAddress { body(base, count) } }
  }

  private mutating func replace(
    _ target: ImageSize,
    _ body: (UnsafePointer<UInt32>, ImageSize, UnsafeMutablePointer<UInt32>) -> Void
  ) {
    var result: [UInt32] = []
    swap(&result, &spare)
    ImageCanvas.fit(&result, to: target)
    let whole = whole
    words.withUnsafeBufferPointer { source in
      result.withUnsafeMutableBufferPointer { target in
        guard let source = source.baseAddress, let target = target.baseAddress else { return }
        body(source, whole, target)
      }
    }
    keep(&result, of: target)
  }

  /// Takes the result of a pass; the old words are kept for the next one.
  private mutating func keep(_ result: inout [UInt32], of size: ImageSize) {
    swap(&words, &spare)
    swap(&words, &result)
    isOwned = true
    show(size)
  }

  /// Resizes a box of the image, antialiased.
  mutating func resize(_ box: cimage_box, to target: ImageSize) {
    if isOwned || !isPlain { settle() }
    var result: [UInt32] = []
    swap(&result, &spare)
    ImageCanvas.fit(&result, to: target)
    let from = isOwned ? nil : held.source
    let whole = whole
    let isDone = words.withUnsafeBufferPointer { words in
      cimage_words_resize(
        from ?? ImageCanvas.source(of: words.baseAddress, whole, channels: 4), box,
        Int32(target.height), Int32(target.width), &result)
    }
    guard isDone == 1 else { fatalError("No memory to resize an image to \(target).") }
    keep(&result, of: target)
  }

  /// Words as a source of four bytes a pixel.
  static func source(
    of words: UnsafePointer<UInt32>?, _ size: ImageSize, channels: Int
  ) -> cimage_source {
    cimage_source(
      base: words.map { UnsafeRawPointer($0).assumingMemoryBound(to: UInt8.self) },
      height: Int32(size.height), width: Int32(size.width), channels: Int32(channels),
      row: 4 * size.width, pixel: 4, channel: 1)
  }

  /// Writes the normalised image, what was noted included.
  func normalize(
    scale: [Float], offset: [Float], layout: cimage_layout, into target: UnsafeMutableRawPointer
  ) {
    let (height, width) = (Int32(whole.height), Int32(whole.width))
    words.withUnsafeBufferPointer {
      cimage_words_normalize(
        $0.baseAddress, height, width, window, Int32(channels), scale, offset, layout, target)
    }
  }

  /// Writes floats in planes, straight from a source in planes that only a window was noted of.
  func normalizeSource(
    scale: [Float], offset: [Float], into target: UnsafeMutablePointer<Float>
  ) {
    let source = held.source
    cimage_normalize(
      source.base, Int32(channels), source.height, source.width, window, scale, offset, target)
  }

  /// The pixels as planes of bytes.
  mutating func planes() -> [UInt8] {
    settle()
    let count = words.count
    let channels = channels
    return [UInt8](unsafeUninitializedCapacity: max(1, count * channels)) { buffer, initialized in
      cimage_words_to_planes(words, count, Int32(channels), buffer.baseAddress)
      initialized = count * channels
    }
  }
}

/// A source whose address is kept as a number, so that canvases at rest may go to other threads.
private struct HeldSource: Sendable {
  private let address: UInt
  private let height: Int32
  private let width: Int32
  private let channels: Int32
  private let strides: SIMD4<Int>

  init(_ source: cimage_source) {
    address = UInt(bitPattern: source.base)
    height = source.height
    width = source.width
    channels = source.channels
    strides = SIMD4(source.row, source.pixel, source.channel, 0)
  }

  var source: cimage_source {
    cimage_source(
      base: UnsafePointer(bitPattern: address), height: height, width: width, channels: channels,
      row: strides.x, pixel: strides.y, channel: strides.z)
  }
}

extension cimage_source {
  /// Planes of bytes.
  init(planes: UnsafePointer<UInt8>, channels: Int, height: Int, width: Int) {
    self.init(
      base: planes, height: Int32(height), width: Int32(width), channels: Int32(channels),
      row: width, pixel: 1, channel: height * width)
  }

  /// Rows of RGB triples.
  init(triples: UnsafePointer<UInt8>, height: Int, width: Int) {
    self.init(
      base: triples, height: Int32(height), width: Int32(width), channels: 3, row: 3 * width,
      pixel: 3, channel: 1)
  }
}
