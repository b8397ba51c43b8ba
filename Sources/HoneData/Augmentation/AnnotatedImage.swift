import CImage
import HoneRecords

/// An image with what is known of it, which augmentation carries along: masks, boxes and points.
///
/// ```swift
/// let steps: [Augmentation] = [.randomResizedCrop(), .horizontalFlip(), .colorJitter(brightness: 0.3)]
/// let drawn = Augmentation.operations(steps, size: image.size, seed: 7, epoch: 3, sample: 4711)
/// let changed = image.applying(drawn)
/// ```
public struct AnnotatedImage: Sendable, Equatable {
  /// Bytes, `[channels, height, width]`.
  public var pixels: [UInt8]
  /// 1 or 3.
  public var channels: Int
  /// Rows and columns.
  public var size: ImageSize
  /// Class numbers of pixels, `[height, width]` each.
  public var masks: [[UInt8]]
  /// Boxes.
  public var boxes: [Box]
  /// Points.
  public var points: [Point]

  /// A box, in pixels from the upper left corner of the image.
  public struct Box: Sendable, Hashable {
    /// The left side.
    public var left: Double
    /// The upper side.
    public var top: Double
    /// The right side.
    public var right: Double
    /// The lower side.
    public var bottom: Double
    /// What it holds.
    public var label: Int

    /// A box.
    public init(left: Double, top: Double, right: Double, bottom: Double, label: Int = 0) {
      self.left = left
      self.top = top
      self.right = right
      self.bottom = bottom
      self.label = label
    }

    /// Its area, none where a side is negative.
    public var area: Double { max(0, right - left) * max(0, bottom - top) }
  }

  /// A point, in pixels from the middle of the upper left one.
  public struct Point: Sendable, Hashable {
    /// To the right.
    public var x: Double
    /// Down.
    public var y: Double

    /// A point.
    public init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// An image.
  ///
  /// - Precondition: there are as many bytes as channels and size say, in masks too.
  public init(
    pixels: [UInt8], channels: Int, size: ImageSize, masks: [[UInt8]] = [], boxes: [Box] = [],
    points: [Point] = []
  ) {
    let plane = size.height * size.width
    guard channels == 1 || channels == 3, pixels.count == channels * plane,
      masks.allSatisfy({ $0.count == plane })
    else {
      fatalError(
        "AnnotatedImage got \(pixels.count) bytes and masks of \(masks.map(\.count)) for \(channels) "
          + "channels of \(size.height) x \(size.width).")
    }
    self.pixels = pixels
    self.channels = channels
    self.size = size
    self.masks = masks
    self.boxes = boxes
    self.points = points
  }

  /// The image changed by operations, everything moved with it.
  ///
  /// Masks take nearest pixels, and 0 where the image is uncovered. Boxes become the smallest upright ones
  /// about what became of them, clipped to the image. Elastic shifts move boxes and points by the offset at
  /// their place, which is exact in the limit of small shifts. Blends (AugMix) and erasing leave the
  /// annotations as they are; erasing acts on normalised pixels and is left out here.
  /// - Parameter leastArea: boxes below this area, in pixels, are dropped.
  public func applying(_ operations: [ImageOperation], leastArea: Double = 1) -> AnnotatedImage {
    var canvas = ImageCanvas(channels: channels)
    var sheets = masks.map { _ in ImageCanvas(channels: 1) }
    var result = self
    pixels.withUnsafeBufferPointer { canvas.begin(planes: $0, size) }
    for (index, mask) in masks.enumerated() {
      mask.withUnsafeBufferPointer { sheets[index].begin(planes: $0, size) }
    }
    for operation in operations where !operation.actsAfterNormalization {
      result.move(operation, size: canvas.size)
      canvas.apply(operation)
      for index in sheets.indices { sheets[index].applyToMask(operation) }
    }
    result.size = canvas.size
    result.pixels = canvas.planes()
    for index in sheets.indices { result.masks[index] = sheets[index].planes() }
    result.boxes = result.boxes.compactMap { box in
      let clipped = Box(
        left: max(0, box.left), top: max(0, box.top),
        right: min(Double(result.size.width), box.right),
        bottom: min(Double(result.size.height), box.bottom), label: box.label)
      return clipped.area >= leastArea && clipped.area > 0 ? clipped : nil
    }
    return result
  }

  private mutating func move(_ operation: ImageOperation, size: ImageSize) {
    if case .elastic(let alpha, let sigma, let key, _, _) = operation {
      let field = ElasticField(size: size, alpha: alpha, sigma: sigma, key: key)
      move { field.origin(of: $0, $1, size) }
    } else if let map = operation.map(of: size) {
      move { map($0, $1) }
    }
  }

  private mutating func move(_ map: (Double, Double) -> (x: Double, y: Double)) {
    points = points.map { point in
      let moved = map(point.x, point.y)
      return Point(x: moved.x, y: moved.y)
    }
    boxes = boxes.map { box in
      // A box's sides run along edges of pixels, half a pixel before their middles.
      let corners = [
        (box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom),
      ].map { map($0.0 - 0.5, $0.1 - 0.5) }
      let across = corners.map { $0.x + 0.5 }
      let down = corners.map { $0.y + 0.5 }
      return Box(
        left: across.min() ?? 0, top: down.min() ?? 0, right: across.max() ?? 0,
        bottom: down.max() ?? 0, label: box.label)
    }
  }
}

extension ElasticField {
  /// Where a pixel's content goes, by the offset at its place.
  fileprivate func origin(
    of x: Double, _ y: Double, _ size: ImageSize
  ) -> (x: Double, y: Double) {
    let column = max(0, min(size.width - 1, Int(x.rounded())))
    let row = max(0, min(size.height - 1, Int(y.rounded())))
    let index = row * size.width + column
    return (x - Double(across[index]), y - Double(down[index]))
  }
}

extension ImageCanvas {
  /// Begins with planes, which are copied.
  fileprivate mutating func begin(planes: UnsafeBufferPointer<UInt8>, _ size: ImageSize) {
    guard let base = planes.baseAddress else { return }
    begin(
      cimage_source(planes: base, channels: channels, height: size.height, width: size.width))
    settle()
  }

  /// Moves a mask as an image is moved: nearest pixels, nothing where the image is uncovered.
  fileprivate mutating func applyToMask(_ operation: ImageOperation) {
    switch operation {
    case .crop(let top, let left, let height, let width, _):
      apply(.crop(top: top, left: left, height: height, width: width, fill: 0))
    case .pad(let top, let left, let bottom, let right, let mode, _):
      apply(.pad(top: top, left: left, bottom: bottom, right: right, mode: mode, fill: 0))
    case .resize(let height, let width):
      pass(to: ImageSize(height: height, width: width)) { source, size, target in
        cimage_words_resize_nearest(
          source, Int32(size.height), Int32(size.width), Int32(height), Int32(width), target)
      }
    case .resizedCrop(let top, let left, let height, let width, let newHeight, let newWidth):
      apply(.crop(top: top, left: left, height: height, width: width, fill: 0))
      applyToMask(.resize(height: newHeight, width: newWidth))
    case .flipHorizontally, .flipVertically: apply(operation)
    case .rotate(let degrees, _, _):
      apply(.rotate(degrees: degrees, interpolation: .nearest, fill: 0))
    case .affine(let degrees, let shift, let scale, let shear, let fromCorner, _, _):
      apply(
        .affine(
          degrees: degrees, shift: shift, scale: scale, shear: shear, fromCorner: fromCorner,
          interpolation: .nearest, fill: 0))
    case .perspective(let corners, _, _):
      apply(.perspective(corners: corners, interpolation: .nearest, fill: 0))
    case .elastic(let alpha, let sigma, let key, _, _):
      apply(.elastic(alpha: alpha, sigma: sigma, key: key, interpolation: .nearest, fill: 0))
    default: break
    }
  }
}
