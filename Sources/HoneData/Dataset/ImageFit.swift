import CImage

/// How pictures of any size become samples of one.
public enum ImageFit: String, Sendable, Codable, CaseIterable {
  /// The short side is resized to the sample's, or to a longer one, and the middle is kept.
  case crop
  /// The whole picture is resized to lie within the sample, and black fills the rest.
  case letterbox
  /// The whole picture is resized to the sample, whatever its sides.
  case stretch
}

/// How pixels between pixels are found when pictures are resized; all average what they shrink.
public enum ImageFilter: String, Sendable, Codable, CaseIterable {
  /// A triangle.
  case bilinear
  /// A cubic that sharpens a little (Keys 1981, with -0.5).
  case bicubic
  /// A windowed sine of three lobes (Duchon 1979).
  case lanczos

  var kernel: cimage_kernel {
    switch self {
    case .bilinear: cimage_triangle
    case .bicubic: cimage_cubic
    case .lanczos: cimage_lanczos
    }
  }
}

/// Where a picture lies about its sample after it was resized.
struct PicturePlacement: Equatable {
  /// The picture's size then.
  let fitted: ImageSize
  /// The row of the resized picture that the sample begins in; negative where black comes first.
  let top: Int
  /// The column that it begins in.
  let left: Int

  init(fitted: ImageSize, top: Int, left: Int) {
    self.fitted = fitted
    self.top = top
    self.left = left
  }

  /// The place of a picture.
  /// - Parameter resize: what the short side is brought to before a crop; what it needs where nil.
  init(of picture: ImageSize, in sample: ImageSize, fit: ImageFit, resize: Int?) {
    switch fit {
    case .crop:
      let crop = CentralCrop(
        of: (picture.height, picture.width), height: sample.height, width: sample.width,
        resize: resize)
      self.init(
        fitted: ImageSize(height: crop.fittedHeight, width: crop.fittedWidth), top: crop.top,
        left: crop.left)
    case .stretch: self.init(fitted: sample, top: 0, left: 0)
    case .letterbox:
      let fitted = Self.contained(picture, sample)
      self.init(
        fitted: fitted, top: -Self.half(sample.height - fitted.height),
        left: -Self.half(sample.width - fitted.width))
    }
  }

  /// The largest size of the picture's sides within the sample, rounded as Pillow's `ImageOps.pad` rounds
  /// it.
  private static func contained(_ picture: ImageSize, _ sample: ImageSize) -> ImageSize {
    let (height, width) = (Double(picture.height), Double(picture.width))
    func rounded(_ side: Double, _ bound: Int) -> Int {
      max(1, min(bound, Int(side.rounded(.toNearestOrEven))))
    }
    if picture.width * sample.height > sample.width * picture.height {
      let side = rounded(height / width * Double(sample.width), sample.height)
      return ImageSize(height: side, width: sample.width)
    }
    let side = rounded(width / height * Double(sample.height), sample.width)
    return ImageSize(height: sample.height, width: side)
  }

  private static func half(_ rest: Int) -> Int {
    Int((Double(rest) / 2).rounded(.toNearestOrEven))
  }
}

extension PicturePlacement {
  /// Writes a sample's planes of a picture that was resized to `fitted`.
  /// - Parameter pixels: RGB triples of the size `fitted`.
  func write(
    _ pixels: UnsafePointer<UInt8>, channels: Int, sample: ImageSize,
    into target: UnsafeMutablePointer<UInt8>
  ) {
    if top >= 0, left >= 0 {
      return cimage_planes_from_rgb(
        pixels, Int32(fitted.width), Int32(top), Int32(left), Int32(sample.height),
        Int32(sample.width), Int32(channels), target)
    }
    var framed = [UInt8](repeating: 0, count: sample.height * sample.width * 3)
    let row = fitted.width * 3
    framed.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for y in 0..<fitted.height {
        (base + ((y - top) * sample.width - left) * 3).update(from: pixels + y * row, count: row)
      }
    }
    cimage_planes_from_rgb(
      framed, Int32(sample.width), 0, 0, Int32(sample.height), Int32(sample.width),
      Int32(channels), target)
  }
}
