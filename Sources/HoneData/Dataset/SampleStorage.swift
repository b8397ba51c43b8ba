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
  var needsDecoding: Bool { get }

  /// A name to report a sample by.
  func name(of index: Int) -> String
  /// What the sample's own file says; nil where it has none.
  func fileFacts(of index: Int) -> ImageFileFacts?
  /// Hands a sample's `channels * height * width` bytes to the closure.
  func withPixels<R>(
    of index: Int, _ body: (UnsafePointer<UInt8>) throws -> R
  ) throws -> R
  /// Says that a sample will soon be asked for.
  func willRead(_ index: Int)
  /// The size of the picture that a sample is made of; the sample's own where nothing larger is kept.
  func pictureSize(of index: Int) throws -> ImageSize
  /// Hands over as much of the picture that a sample is made of as a box needs.
  ///
  /// - Parameters:
  ///   - box: the part of a picture of a size that is wanted, and what it will be resized to.
  ///   - body: called with at least that part.
  func withPart<R>(
    of index: Int, _ box: (ImageSize) -> PictureWish, _ body: (PicturePart) throws -> R
  ) throws -> R
}

extension ImageSamples {
  /// Samples without files of their own have nothing to say.
  package func fileFacts(of index: Int) -> ImageFileFacts? { nil }

  /// Where a file is opened for each sample, there is nothing to bring near.
  package func willRead(_ index: Int) {}

  /// Bytes of one sample.
  package var sampleBytes: Int { channels * height * width }

  /// A sample as a source of pixels.
  package func withSource<R>(
    of index: Int, _ body: (cimage_source) throws -> R
  ) throws -> R {
    try withPixels(of: index) { pixels in
      try body(cimage_source(planes: pixels, channels: channels, height: height, width: width))
    }
  }

  /// The sample's own size.
  package func pictureSize(of index: Int) throws -> ImageSize {
    ImageSize(height: height, width: width)
  }

  /// Hands over the sample itself.
  package func withPart<R>(
    of index: Int, _ box: (ImageSize) -> PictureWish, _ body: (PicturePart) throws -> R
  ) throws -> R {
    _ = box(ImageSize(height: height, width: width))
    return try withSource(of: index) { try body(PicturePart(source: $0)) }
  }
}
