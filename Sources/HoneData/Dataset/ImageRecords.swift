import CImage
package import Foundation

/// Images that lie one after the other in files that are mapped, or in memory.
///
/// Mapped pages belong to the system's cache and can be dropped by it at any time, so that data
/// larger than memory work.
package struct ImageRecords: ImageSamples {
  /// A run of images.
  package struct Segment: Sendable {
    /// The bytes that hold the images.
    package let data: Data
    /// Where the first image's pixels begin.
    package let start: Int
    /// Bytes from one image to the next; nil where nothing stands between them.
    package let stride: Int?
    /// The number of images.
    package let count: Int
    /// Whether the channels of a pixel stand side by side.
    package let isInterleaved: Bool

    package init(
      data: Data, start: Int = 0, stride: Int? = nil, count: Int, isInterleaved: Bool = false
    ) {
      self.data = data
      self.start = start
      self.stride = stride
      self.count = count
      self.isInterleaved = isInterleaved
    }
  }

  package let channels: Int
  package let height: Int
  package let width: Int
  package let maximum: Int
  package var needsDecoding: Bool { false }
  private let source: String
  private let segments: [Segment]
  /// The index of each segment's first image.
  private let firsts: [Int]

  package init(
    _ segments: [Segment], channels: Int, height: Int, width: Int, maximum: Int = 255,
    source: String
  ) {
    let bytes = channels * height * width
    for segment in segments where segment.count > 0 {
      let end = segment.start + (segment.count - 1) * (segment.stride ?? bytes) + bytes
      guard end <= segment.data.count else {
        fatalError(
          "\(segment.count) images of \(bytes) bytes need \(end) bytes, got \(segment.data.count).")
      }
    }
    self.segments = segments
    self.channels = channels
    self.height = height
    self.width = width
    self.maximum = maximum
    self.source = source
    var firsts: [Int] = []
    var first = 0
    for segment in segments {
      firsts.append(first)
      first += segment.count
    }
    self.firsts = firsts
  }

  /// Images of `pixels`, `[samples, channels, height, width]`.
  package init(
    pixels: [UInt8], channels: Int, height: Int, width: Int, maximum: Int = 255, source: String
  ) {
    let count = pixels.count / (channels * height * width)
    self.init(
      [Segment(data: Data(pixels), count: count)], channels: channels, height: height,
      width: width, maximum: maximum, source: source)
  }

  package func name(of index: Int) -> String { "\(source)[\(index)]" }

  package func withPixels<R>(
    of index: Int, _ body: (UnsafePointer<UInt8>) throws -> R
  ) throws -> R {
    try withBytes(of: index) { pixels, isInterleaved in
      guard isInterleaved else { return try body(pixels) }
      return try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: sampleBytes) { planes in
        guard let target = planes.baseAddress else {
          fatalError("No memory for an image of \(sampleBytes) bytes.")
        }
        let area = height * width
        for pixel in 0..<area {
          for channel in 0..<channels {
            target[channel * area + pixel] = pixels[pixel * channels + channel]
          }
        }
        return try body(target)
      }
    }
  }

  package func willRead(_ index: Int) {
    withBytes(of: index) { bytes, _ in cimage_will_read(bytes, Int64(sampleBytes)) }
  }

  /// Hands over where a sample's bytes lie, and whether the channels of a pixel stand side by side.
  private func withBytes<R>(
    of index: Int, _ body: (UnsafePointer<UInt8>, Bool) throws -> R
  ) rethrows -> R {
    let place = firsts.lastIndex { $0 <= index } ?? 0
    let segment = segments[place]
    let number = index - firsts[place]
    guard number >= 0, number < segment.count else {
      fatalError("Sample \(index) was asked of \((firsts.last ?? 0) + segment.count) images.")
    }
    return try segment.data.withUnsafeBytes { raw in
      guard let base = raw.assumingMemoryBound(to: UInt8.self).baseAddress else {
        fatalError("Images without bytes were asked for sample \(index).")
      }
      let bytes = base + segment.start + number * (segment.stride ?? sampleBytes)
      return try body(bytes, segment.isInterleaved)
    }
  }
}
