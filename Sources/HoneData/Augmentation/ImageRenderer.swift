import CImage
import HoneNumerics
public import HoneRecords

/// How normalised pixels lie in memory.
public enum PixelLayout: String, Sendable, Codable, CaseIterable {
  /// 32-bit floats, `[channels, height, width]`.
  case floatPlanes
  /// 32-bit floats, `[height, width, channels]`, which libtorch calls channels-last.
  case floatRows
  /// bfloat16, `[channels, height, width]`.
  case bfloat16Planes
  /// bfloat16, `[height, width, channels]`.
  case bfloat16Rows

  var code: cimage_layout {
    switch self {
    case .floatPlanes: cimage_float_planes
    case .floatRows: cimage_float_rows
    case .bfloat16Planes: cimage_bfloat_planes
    case .bfloat16Rows: cimage_bfloat_rows
    }
  }

  /// Bytes of one number.
  public var bytes: Int {
    switch self {
    case .floatPlanes, .floatRows: 4
    case .bfloat16Planes, .bfloat16Rows: 2
    }
  }
}

/// Augments, resizes and normalises pictures into places of a batch, in as few passes as the steps allow.
///
/// What a loader does, for pictures from anywhere. Not to be shared between threads: a copy for each.
///
/// ```swift
/// var renderer = ImageRenderer(
///   steps: [.randomResizedCrop(), .horizontalFlip()], size: ImageSize(height: 224, width: 224),
///   mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225], seed: 7)
/// renderer.render(pixels, size: size, epoch: 3, sample: 4711, into: slot)
/// ```
public struct ImageRenderer: Sendable {
  /// The size of what comes out.
  public let size: ImageSize
  /// How it lies in memory.
  public let layout: PixelLayout
  private let channels: Int
  private let seed: UInt64
  private var augmenter: ImageAugmenter

  /// A renderer.
  ///
  /// - Parameters:
  ///   - steps: steps that act on single images; those that mix batches do nothing here.
  ///   - size: the size of what comes out.
  ///   - mean: the mean of each channel, light being 0...1.
  ///   - deviation: the standard deviation of each channel.
  ///   - layout: how the result lies in memory.
  ///   - seed: what everything is drawn from.
  /// - Precondition: there are one or three channels.
  public init(
    steps: [Augmentation], size: ImageSize, mean: [Double], deviation: [Double],
    layout: PixelLayout = .floatPlanes, seed: UInt64 = 0
  ) {
    guard mean.count == deviation.count, mean.count == 1 || mean.count == 3 else {
      fatalError(
        "ImageRenderer got \(mean.count) means and \(deviation.count) deviations; it takes one or "
          + "three of each.")
    }
    self.size = size
    self.layout = layout
    self.seed = seed
    channels = mean.count
    augmenter = ImageAugmenter(
      steps: steps, channels: mean.count, size: size,
      scale: deviation.map { Float(1 / (255 * $0)) },
      offset: zip(mean, deviation).map { Float(-$0 / $1) }, layout: layout.code)
  }

  /// Bytes of one result.
  public var resultBytes: Int { size.height * size.width * channels * layout.bytes }

  /// Writes what a picture becomes as a sample of an epoch.
  ///
  /// - Parameters:
  ///   - pixels: bytes, `[height, width, channels]`, or `[channels, height, width]` in planes.
  ///   - source: the picture's size.
  ///   - isPlanar: whether the bytes lie in planes.
  ///   - target: room for ``resultBytes``.
  /// - Returns: what was drawn.
  @discardableResult
  public mutating func render(
    _ pixels: UnsafeBufferPointer<UInt8>, size source: ImageSize, isPlanar: Bool = false,
    epoch: Int, sample: Int, into target: UnsafeMutableRawBufferPointer
  ) -> [ImageOperation] {
    let operations = augmenter.operations(
      RandomStream(seed: seed, "augment", epoch, sample), of: source)
    render(pixels, size: source, isPlanar: isPlanar, operations, into: target)
    return operations
  }

  /// Writes what operations make of a picture, to replay what was drawn before.
  public mutating func render(
    _ pixels: UnsafeBufferPointer<UInt8>, size source: ImageSize, isPlanar: Bool = false,
    _ operations: [ImageOperation], into target: UnsafeMutableRawBufferPointer
  ) {
    guard let base = pixels.baseAddress, let place = target.baseAddress,
      pixels.count == source.height * source.width * channels, target.count >= resultBytes
    else {
      fatalError(
        "ImageRenderer got \(pixels.count) bytes for \(channels) channels of \(source.height) x "
          + "\(source.width), and room for \(target.count) bytes where \(resultBytes) are written.")
    }
    let picture =
      isPlanar || channels == 1
      ? cimage_source(planes: base, channels: channels, height: source.height, width: source.width)
      : cimage_source(triples: base, height: source.height, width: source.width)
    augmenter.render(picture, operations, into: place)
  }
}
