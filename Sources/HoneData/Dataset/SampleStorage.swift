package import CImage

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
  /// What the sample's own file says; nil where it has none.
  func fileFacts(of index: Int) -> ImageFileFacts?
  /// Hands a sample's `channels * height * width` bytes to the closure.
  func withPixels<R>(
    of index: Int, _ body: (UnsafePointer<UInt8>) throws -> R
  ) throws -> R
  /// Hands a sample to the closure as a source of pixels.
  ///
  /// - Parameter whole: whether a picture that samples are made of should come as it is, before it is
  ///   resized and cropped; a wish that may go unheard.
  func withSource<R>(
    of index: Int, whole: Bool, _ body: (cimage_source) throws -> R
  ) throws -> R
}

extension ImageSamples {
  /// Samples without files of their own have nothing to say.
  package func fileFacts(of index: Int) -> ImageFileFacts? { nil }

  /// Bytes of one sample.
  package var sampleBytes: Int { channels * height * width }

  /// Hands the sample's planes over.
  package func withSource<R>(
    of index: Int, whole: Bool, _ body: (cimage_source) throws -> R
  ) throws -> R {
    try withPixels(of: index) { pixels in
      try body(cimage_source(planes: pixels, channels: channels, height: height, width: width))
    }
  }
}
