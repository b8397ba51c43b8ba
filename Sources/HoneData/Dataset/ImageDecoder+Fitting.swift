import CImage

extension ImageDecoder {
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
    try Self.fit(
      picture.pixels, of: size, place, filter: filter, channels: channels, to: sample, into: target)
  }

  /// Brings RGB triples to the size that their place needs, and writes the planes of a sample.
  static func fit(
    _ pixels: UnsafePointer<UInt8>, of size: ImageSize, _ place: PicturePlacement,
    filter: ImageFilter, channels: Int, to sample: ImageSize,
    into target: UnsafeMutablePointer<UInt8>
  ) throws(DataError) {
    guard place.fitted != size else {
      return place.write(pixels, channels: channels, sample: sample, into: target)
    }
    let resized = try resize(pixels, of: size, to: place.fitted, filter: filter)
    place.write(resized, channels: channels, sample: sample, into: target)
  }

  /// Resizes with antialiasing; interleaved RGB.
  static func resize(
    _ picture: Picture, width: Int, height: Int, filter: ImageFilter = .bilinear
  ) throws(DataError) -> [UInt8] {
    try resize(
      picture.pixels, of: ImageSize(height: picture.height, width: picture.width),
      to: ImageSize(height: height, width: width), filter: filter)
  }

  private static func resize(
    _ pixels: UnsafePointer<UInt8>, of size: ImageSize, to target: ImageSize, filter: ImageFilter
  ) throws(DataError) -> [UInt8] {
    var status = Int32(cimage_ok.rawValue)
    let count = target.width * target.height * 3
    let resized = [UInt8](unsafeUninitializedCapacity: max(1, count)) { buffer, initialized in
      status = cimage_resize_by(
        filter.kernel, pixels, Int32(size.height), Int32(size.width), 3, buffer.baseAddress,
        Int32(target.height), Int32(target.width))
      initialized = count
    }
    guard status == Int32(cimage_ok.rawValue) else {
      throw DataError.badImage(
        path: "\(target.width)x\(target.height)", reason: "no memory to resize")
    }
    return resized
  }
}
