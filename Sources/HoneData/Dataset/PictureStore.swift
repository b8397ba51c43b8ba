import CImage

/// Where pictures of any size are kept.
protocol PictureStore: Sendable {
  /// Hands a picture over as it is kept.
  func withPicture<R>(of index: Int, _ body: (StoredPicture) throws -> R) throws -> R
}

/// A picture as it is kept.
enum StoredPicture {
  /// The content of an image file.
  case file(UnsafeRawBufferPointer)
  /// RGB triples, row by row, upright where that was asked for.
  case decoded(UnsafePointer<UInt8>, ImageSize)

  /// Decodes what a box needs.
  func withPart<R>(
    path: String, decoding: ImageDecoder.Decoding, _ box: (ImageSize) -> PictureWish,
    _ body: (PicturePart, ImageSize) throws -> R
  ) throws -> R {
    switch self {
    case .file(let bytes):
      return try ImageDecoder.withPart(bytes, path: path, decoding: decoding, box, body)
    case .decoded(let pixels, let size):
      _ = box(size)
      let source = cimage_source(triples: pixels, height: size.height, width: size.width)
      return try body(PicturePart(source: source), size)
    }
  }

  /// The size of the picture, upright where that is asked for.
  func size(path: String, isUpright: Bool) throws -> ImageSize {
    switch self {
    case .file(let bytes): try ImageDecoder.size(bytes, path: path, isUpright: isUpright)
    case .decoded(_, let size): size
    }
  }
}

/// Pictures in files of their own.
struct PictureFiles: PictureStore {
  let paths: [String]

  func withPicture<R>(of index: Int, _ body: (StoredPicture) throws -> R) throws -> R {
    try FileBytes.withContent(of: paths[index]) { try body(.file($0)) }
  }
}
