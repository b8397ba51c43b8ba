package import CImage
import Foundation
import Synchronization

/// Image files that are decoded when first asked for, and kept as far as memory was granted.
package final class ImageFiles: ImageSamples {
  package let channels: Int
  package let height: Int
  package let width: Int
  package let maximum: Int
  package var isDecoded: Bool { true }
  private let paths: [String]
  private let resize: Int?
  private let isUpright: Bool
  private let fit: ImageFit
  private let filter: ImageFilter
  /// Decoded samples by index; empty where the cache would outgrow its grant.
  private let cache: Mutex<[[UInt8]?]>

  /// Images of files.
  /// - Parameters:
  ///   - paths: the files, in the order of the samples.
  ///   - resize: the length that the short side gets before the middle is cropped; the target's where nil.
  ///   - fit: how pictures become samples of one size.
  ///   - filter: how pixels between pixels are found.
  ///   - isUpright: whether pictures are turned as their EXIF block says.
  ///   - maximum: the value that white is scaled to.
  ///   - cacheBytes: memory that decoded samples may take in all.
  package init(
    paths: [String], channels: Int, height: Int, width: Int, resize: Int? = nil,
    fit: ImageFit? = nil, filter: ImageFilter? = nil,
    isUpright: Bool = true, maximum: Int, cacheBytes: Int
  ) {
    self.paths = paths
    self.resize = resize
    self.isUpright = isUpright
    self.fit = fit ?? .crop
    self.filter = filter ?? .bilinear
    self.channels = channels
    self.height = height
    self.width = width
    self.maximum = maximum
    let fits = paths.count * channels * height * width <= cacheBytes
    cache = Mutex([[UInt8]?](repeating: nil, count: fits ? paths.count : 0))
  }

  package func name(of index: Int) -> String { paths[index] }

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

  package func withSource<R>(
    of index: Int, whole: Bool, _ body: (cimage_source) throws -> R
  ) throws -> R {
    guard whole, channels == 3, maximum == 255 else {
      return try withPixels(of: index) { pixels in
        try body(cimage_source(planes: pixels, channels: channels, height: height, width: width))
      }
    }
    let path = paths[index]
    let picture = try ImageDecoder.decode(
      FileBytes.read(URL(fileURLWithPath: path)), path: path, isUpright: isUpright)
    return try picture.pixels.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else {
        fatalError("The picture \(path) has no pixels; an image has at least one.")
      }
      return try body(
        cimage_source(triples: base, height: picture.height, width: picture.width))
    }
  }

  private func pixels(of index: Int) throws -> [UInt8] {
    let kept = cache.withLock { $0.isEmpty ? nil : $0[index] }
    if let kept { return kept }
    let path = paths[index]
    let picture = try ImageDecoder.decode(
      FileBytes.read(URL(fileURLWithPath: path)), path: path, isUpright: isUpright)
    var pixels = [UInt8](repeating: 0, count: sampleBytes)
    try pixels.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      try ImageDecoder.fit(
        picture, channels: channels, height: height, width: width, resize: resize, fit: fit,
        filter: filter, into: base)
    }
    if maximum != 255 {
      for i in pixels.indices { pixels[i] = UInt8((Int(pixels[i]) * maximum + 127) / 255) }
    }
    let decoded = pixels
    cache.withLock { if !$0.isEmpty { $0[index] = decoded } }
    return decoded
  }
}
