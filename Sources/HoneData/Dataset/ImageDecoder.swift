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

  /// Brings a picture to the size of a sample, and writes planes.
  /// - Parameter resize: what the short side is resized to before a crop; what it needs where nil.
  static func fit(
    _ picture: Picture, channels: Int, height: Int, width: Int, resize: Int? = nil,
    fit: ImageFit = .crop, filter: ImageFilter = .bilinear,
    into target: UnsafeMutablePointer<UInt8>
  ) throws(DataError) {
    let sample = ImageSize(height: height, width: width)
    let size = ImageSize(height: picture.height, width: picture.width)
    let place = PicturePlacement(of: size, in: sample, fit: fit, resize: resize)
    let resized =
      place.fitted == size
      ? picture.pixels
      : try Self.resize(
        picture, width: place.fitted.width, height: place.fitted.height, filter: filter)
    place.write(resized, channels: channels, sample: sample, into: target)
  }

  /// Resizes with antialiasing; interleaved RGB.
  static func resize(
    _ picture: Picture, width: Int, height: Int, filter: ImageFilter = .bilinear
  ) throws(DataError) -> [UInt8] {
    var resized = [UInt8](repeating: 0, count: width * height * 3)
    let status = cimage_resize_by(
      filter.kernel, picture.pixels, Int32(picture.height), Int32(picture.width), 3, &resized,
      Int32(height), Int32(width))
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
