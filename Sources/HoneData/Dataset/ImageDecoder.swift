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
  ) throws(DataError) -> Picture {
    var picture = cimage_picture()
    var message = [CChar](repeating: 0, count: Int(CIMAGE_MESSAGE_SIZE))
    let status = cimage_decode(
      bytes, bytes.count, pixelLimit, isUpright ? 1 : 0, &picture, &message)
    guard status == Int32(cimage_ok.rawValue), let pixels = picture.pixels else {
      throw DataError.badImage(path: path, reason: text(of: message))
    }
    defer { cimage_free(pixels) }
    let count = Int(picture.width) * Int(picture.height) * 3
    return Picture(
      width: Int(picture.width), height: Int(picture.height), isGrey: picture.is_grey != 0,
      pixels: Array(UnsafeBufferPointer(start: pixels, count: count)))
  }

  /// Resizes the short side to the target's or to a longer one, crops the middle, and writes planes.
  static func fit(
    _ picture: Picture, channels: Int, height: Int, width: Int,
    resize: Int? = nil, into target: UnsafeMutablePointer<UInt8>
  ) throws(DataError) {
    let crop = CentralCrop(
      of: (picture.height, picture.width), height: height, width: width, resize: resize)
    var resized = picture.pixels
    if crop.fittedWidth != picture.width || crop.fittedHeight != picture.height {
      resized = try Self.resize(picture, width: crop.fittedWidth, height: crop.fittedHeight)
    }
    cimage_planes_from_rgb(
      resized, Int32(crop.fittedWidth), Int32(crop.top), Int32(crop.left), Int32(height),
      Int32(width), Int32(channels), target)
  }

  /// Resizes with antialiasing; interleaved RGB.
  static func resize(
    _ picture: Picture, width: Int, height: Int
  ) throws(DataError) -> [UInt8] {
    var resized = [UInt8](repeating: 0, count: width * height * 3)
    let status = cimage_resize(
      picture.pixels, Int32(picture.height), Int32(picture.width), 3, &resized, Int32(height),
      Int32(width))
    guard status == Int32(cimage_ok.rawValue) else {
      throw DataError.badImage(path: "\(width)x\(height)", reason: "no memory to resize")
    }
    return resized
  }

  /// The text of a C message buffer.
  static func text(of message: [CChar]) -> String {
    String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
