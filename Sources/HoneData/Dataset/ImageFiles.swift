import CImage
import Synchronization

/// Image files that are decoded when they are asked for; samples are kept as far as memory was granted.
package final class ImageFiles: ImageSamples {
  package let channels: Int
  package let height: Int
  package let width: Int
  package let maximum: Int
  package var needsDecoding: Bool { true }
  /// Whether the pictures are files, which can be packed into one.
  let isPackable: Bool
  private let paths: [String]
  private let store: any PictureStore
  private let resize: Int?
  private let fit: ImageFit
  private let filter: ImageFilter
  private let decoding: ImageDecoder.Decoding
  private let kept: Mutex<KeptSamples>

  /// Images of files.
  /// - Parameters:
  ///   - paths: the files, in the order of the samples.
  ///   - store: where their pictures are read from; from the files where nil.
  ///   - height: the height of samples; that of `reading` where nil.
  ///   - width: the width of samples; that of `reading` where nil.
  ///   - reading: the size of samples, how pictures are decoded and the memory that samples may take.
  init(
    paths: [String], store: (any PictureStore)? = nil, channels: Int, height: Int? = nil,
    width: Int? = nil, reading: DataOptions
  ) {
    self.paths = paths
    self.store = store ?? PictureFiles(paths: paths)
    isPackable = !(store is ArrayPictures)
    fit = reading.imageFit ?? .crop
    filter = reading.imageFilter ?? .bilinear
    self.channels = channels
    self.height = height ?? reading.imageSize
    self.width = width ?? reading.imageSize
    resize = reading.imageResize
    maximum = reading.imageMaximum ?? 255
    decoding = ImageDecoder.Decoding(
      isUpright: reading.exifOrientation ?? true, isFast: reading.decoding == .fast)
    kept = Mutex(KeptSamples(count: paths.count, limit: reading.cacheBytes))
  }

  package func name(of index: Int) -> String { paths[index] }

  /// Bytes of the samples in memory.
  var keptBytes: Int { kept.withLock { $0.bytes } }

  package func withPixels<R>(
    of index: Int, _ body: (UnsafePointer<UInt8>) throws -> R
  ) throws -> R {
    let pixels = try self.pixels(of: index)
    return try pixels.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else {
        fatalError("Sample \(index) has no pixels; an image has at least one.")
      }
      return try body(base)
    }
  }

  package func pictureSize(of index: Int) throws -> ImageSize {
    guard isWhole else { return ImageSize(height: height, width: width) }
    return try store.withPicture(of: index) {
      try $0.size(path: paths[index], isUpright: decoding.isUpright)
    }
  }

  package func withPart<R>(
    of index: Int, _ box: (ImageSize) -> PictureWish, _ body: (PicturePart) throws -> R
  ) throws -> R {
    guard isWhole else {
      _ = box(ImageSize(height: height, width: width))
      return try withSource(of: index) { try body(PicturePart(source: $0)) }
    }
    return try store.withPicture(of: index) { picture in
      try picture.withPart(path: paths[index], decoding: decoding, box) { part, _ in
        try body(part)
      }
    }
  }

  /// Whether pictures can stand for samples: they have three channels of bytes.
  private var isWhole: Bool { channels == 3 && maximum == 255 }

  private func pixels(of index: Int) throws -> [UInt8] {
    if let found = kept.withLock({ $0.samples[index] }) { return found }
    let sample = ImageSize(height: height, width: width)
    var pixels = [UInt8](repeating: 0, count: sampleBytes)
    func placement(_ size: ImageSize) -> PicturePlacement {
      PicturePlacement(of: size, in: sample, fit: fit, resize: resize)
    }
    try store.withPicture(of: index) { picture in
      try picture.withPart(
        path: paths[index], decoding: decoding,
        { PictureWish(wholeFor: placement($0).fitted) },
        { part, size in
          let stored = ImageSize(
            height: Int(part.source.height), width: Int(part.source.width))
          try ImageDecoder.fit(
            part.source.base, of: stored, placement(size), filter: filter, channels: channels,
            to: sample, into: &pixels)
        })
    }
    if maximum != 255 {
      for i in pixels.indices { pixels[i] = UInt8((Int(pixels[i]) * maximum + 127) / 255) }
    }
    let decoded = pixels
    kept.withLock { $0.keep(decoded, at: index) }
    return decoded
  }
}

/// Samples in memory, the first that came, up to a number of bytes.
///
/// None makes room for another: epochs visit every sample, so that whatever is thrown away comes again.
struct KeptSamples: Sendable {
  private(set) var samples: [[UInt8]?]
  private(set) var bytes = 0
  private let limit: Int

  init(count: Int, limit: Int) {
    samples = [[UInt8]?](repeating: nil, count: count)
    self.limit = limit
  }

  mutating func keep(_ sample: [UInt8], at index: Int) {
    guard samples[index] == nil, bytes + sample.count <= limit else { return }
    samples[index] = sample
    bytes += sample.count
  }
}
