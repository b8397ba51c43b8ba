/// Where a data set keeps its samples.
package enum SampleStorage: Sendable {
  case images(any ImageSamples)
  case table(TableSamples)
  case text(TextSamples)
}

/// Images of one size: planes of bytes, `[channels, height, width]`.
package protocol ImageSamples: Sendable {
  var channels: Int { get }
  var height: Int { get }
  var width: Int { get }
  /// The value that stands for full light, 255 for photos.
  var maximum: Int { get }
  /// Whether reading a sample may cost a decoder's run.
  var isDecoded: Bool { get }

  /// A name to report a sample by.
  func name(of index: Int) -> String
  /// Hands a sample's `channels * height * width` bytes to the closure.
  func withPixels<R>(
    of index: Int, _ body: (UnsafePointer<UInt8>) throws -> R
  ) throws -> R
}

extension ImageSamples {
  /// Bytes of one sample.
  package var sampleBytes: Int { channels * height * width }
}
