/// Images that lie in memory one after the other.
package struct ImageMemory: ImageSamples {
  package let channels: Int
  package let height: Int
  package let width: Int
  package let maximum: Int
  package var isDecoded: Bool { false }
  private let source: String
  private let pixels: [UInt8]

  /// Images of `pixels`, `[samples, channels, height, width]`.
  package init(
    pixels: [UInt8], channels: Int, height: Int, width: Int, maximum: Int = 255, source: String
  ) {
    self.pixels = pixels
    self.channels = channels
    self.height = height
    self.width = width
    self.maximum = maximum
    self.source = source
  }

  package func name(of index: Int) -> String { "\(source)[\(index)]" }

  package func withPixels<R>(
    of index: Int, _ body: (UnsafePointer<UInt8>) throws -> R
  ) throws -> R {
    try pixels.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress, (index + 1) * sampleBytes <= buffer.count else {
        fatalError("Sample \(index) was asked of \(buffer.count / max(1, sampleBytes)) images.")
      }
      return try body(base + index * sampleBytes)
    }
  }
}
