import CImage
import HoneRecords

extension ImageCanvas {
  /// Adds up the image and what chains of operations make of it.
  mutating func blend(_ share: Double, _ chains: [[ImageOperation]], _ shares: [Double]) {
    settle()
    let original = self
    var sums = [Float](repeating: 0, count: 3 * size.height * size.width)
    recolor { cimage_words_accumulate($0, $1, Float(share), &sums) }
    for (chain, share) in zip(chains, shares) {
      var copy = original
      for operation in chain { copy.apply(operation) }
      copy.settle()
      copy.recolor { cimage_words_accumulate($0, $1, Float(share), &sums) }
    }
    recolor { cimage_words_from_sums(sums, $1, $0) }
  }

  /// Compresses the image as JPEG and decodes it again.
  mutating func compress(quality: Int) {
    let planes = planes()
    let size = size
    let plane = size.height * size.width
    let rows = (0..<(plane * channels)).map { planes[$0 % channels * plane + $0 / channels] }
    var output: UnsafeMutablePointer<UInt8>?
    var count = 0
    var message = [CChar](repeating: 0, count: Int(CIMAGE_MESSAGE_SIZE))
    let status = cimage_encode_jpeg(
      rows, Int32(size.height), Int32(size.width), Int32(channels), Int32(quality), &output,
      &count, &message)
    guard status == Int32(cimage_ok.rawValue), let output else {
      fatalError("An image of \(size) cannot be a JPEG: \(ImageDecoder.text(of: message)).")
    }
    defer { cimage_free(output) }
    var picture = cimage_picture()
    let decoded = cimage_decode_jpeg(output, count, plane, 0, &picture, &message)
    guard decoded == Int32(cimage_ok.rawValue), let pixels = picture.pixels else {
      fatalError("A JPEG made here cannot be read: \(ImageDecoder.text(of: message)).")
    }
    defer { cimage_free(picture.pixels) }
    // A grey picture is decoded to three equal channels, of which the first one counts.
    let source = cimage_source(triples: pixels, height: size.height, width: size.width)
    pass { _, _, target in cimage_words_from(source, target) }
  }
}
