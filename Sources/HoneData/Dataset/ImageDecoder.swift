import CImage
import Foundation

/// A picture in memory, interleaved RGB.
struct Picture {
  let width: Int
  let height: Int
  let isGrey: Bool
  let pixels: [UInt8]
}

/// Reads image files and brings them to one size.
enum ImageDecoder {
  /// Larger pictures are refused before memory is taken for them.
  static let pixelLimit = 200_000_000

  /// The endings of the names of files that are read, in lower case.
  static let endings: Set<String> = ["jpg", "jpeg", "png", "webp", "bmp"]

  /// Decodes a JPEG, PNG, WebP or BMP, told by its content.
  /// - Parameters:
  ///   - path: the file that a failure names.
  ///   - isUpright: whether a picture is turned as its EXIF block says.
  static func decode(
    _ bytes: [UInt8], path: String, isUpright: Bool = true
  ) throws -> Picture {
    try bytes.withUnsafeBytes { bytes in
      try withPicture(bytes, path: path, isUpright: isUpright) { picture, pixels in
        let count = Int(picture.width) * Int(picture.height) * 3
        return Picture(
          width: Int(picture.width), height: Int(picture.height), isGrey: picture.is_grey != 0,
          pixels: Array(UnsafeBufferPointer(start: pixels, count: count)))
      }
    }
  }

  /// Decodes a file's content and hands the pixels over, which are gone afterwards.
  static func withPicture<R>(
    _ bytes: UnsafeRawBufferPointer, path: String, isUpright: Bool,
    _ body: (cimage_picture, UnsafePointer<UInt8>) throws -> R
  ) throws -> R {
    var picture = cimage_picture()
    var message = [CChar](repeating: 0, count: Int(CIMAGE_MESSAGE_SIZE))
    let status = cimage_decode(
      bytes.start, bytes.count, pixelLimit, isUpright ? 1 : 0, &picture, &message)
    guard status == Int32(cimage_ok.rawValue), let pixels = picture.pixels else {
      throw DataError.badImage(path: path, reason: text(of: message))
    }
    defer { cimage_free(pixels) }
    return try body(picture, pixels)
  }

  /// Decodes the part of a picture that is wanted; of other files than JPEG all of it.
  static func withPart<R>(
    _ bytes: UnsafeRawBufferPointer, path: String, decoding: Decoding,
    _ box: (ImageSize) -> PictureWish, _ body: (PicturePart, ImageSize) throws -> R
  ) throws -> R {
    guard bytes.isJPEG else {
      return try withPicture(bytes, path: path, isUpright: decoding.isUpright) { picture, pixels in
        let size = ImageSize(height: Int(picture.height), width: Int(picture.width))
        _ = box(size)
        let source = cimage_source(triples: pixels, height: size.height, width: size.width)
        return try body(PicturePart(source: source), size)
      }
    }
    let size = try Self.size(bytes, path: path, isUpright: decoding.isUpright)
    let wanted = box(size)
    var wish = cimage_wish(
      box: wanted.box
        ?? cimage_box(top: 0, left: 0, height: Int32(size.height), width: Int32(size.width)),
      target_height: Int32(wanted.target.height), target_width: Int32(wanted.target.width),
      is_fast: decoding.isFast ? 1 : 0)
    var picture = cimage_picture()
    var part = cimage_part()
    var message = [CChar](repeating: 0, count: Int(CIMAGE_MESSAGE_SIZE))
    let status = cimage_decode_jpeg_part(
      bytes.start, bytes.count, pixelLimit, decoding.isUpright ? 1 : 0, &wish, &picture, &part,
      &message)
    guard status == Int32(cimage_ok.rawValue), let pixels = picture.pixels else {
      throw DataError.badImage(path: path, reason: text(of: message))
    }
    defer { cimage_free(pixels) }
    return try body(PicturePart(triples: pixels, picture: picture, part: part), size)
  }

  /// The size of the picture in a file.
  static func size(
    _ bytes: UnsafeRawBufferPointer, path: String, isUpright: Bool
  ) throws -> ImageSize {
    guard bytes.isJPEG else {
      return try withPicture(bytes, path: path, isUpright: isUpright) { picture, _ in
        ImageSize(height: Int(picture.height), width: Int(picture.width))
      }
    }
    var facts = cimage_facts()
    var message = [CChar](repeating: 0, count: Int(CIMAGE_MESSAGE_SIZE))
    let status = cimage_probe(
      bytes.start, bytes.count, pixelLimit, isUpright ? 1 : 0, &facts, &message)
    guard status == Int32(cimage_ok.rawValue) else {
      throw DataError.badImage(path: path, reason: text(of: message))
    }
    return ImageSize(height: Int(facts.height), width: Int(facts.width))
  }

  /// Whether the file stores no color; nil where it is no picture that can be read.
  static func isGrey(_ bytes: UnsafeRawBufferPointer, path: String) -> Bool? {
    var facts = cimage_facts()
    var message = [CChar](repeating: 0, count: Int(CIMAGE_MESSAGE_SIZE))
    let status = cimage_probe(bytes.start, bytes.count, pixelLimit, 0, &facts, &message)
    if status == Int32(cimage_ok.rawValue) { return facts.is_grey != 0 }
    if status != Int32(cimage_unsupported.rawValue) { return nil }
    return try? withPicture(bytes, path: path, isUpright: false) { picture, _ in
      picture.is_grey != 0
    }
  }

  /// The text of a C message buffer.
  static func text(of message: [CChar]) -> String {
    String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// How pictures are decoded.
  struct Decoding: Sendable {
    /// Whether they are turned as their EXIF block says.
    var isUpright = true
    /// Whether pixels may differ a little for speed.
    var isFast = false
  }
}

extension UnsafeRawBufferPointer {
  /// The first byte, for C.
  var start: UnsafePointer<UInt8>? { assumingMemoryBound(to: UInt8.self).baseAddress }

  fileprivate var isJPEG: Bool { count > 1 && self[0] == 0xFF && self[1] == 0xD8 }
}

extension Slice<UnsafeRawBufferPointer> {
  /// The bytes as a buffer of their own.
  var rebased: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: self) }
}
