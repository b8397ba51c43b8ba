import Foundation

/// Width and height as the first bytes of an image file state them, without decoding it.
struct ImageHeader: Equatable, Sendable {
  let width: Int
  let height: Int

  /// Reads the header of a JPEG, PNG, WebP or BMP; nil where it is none of them or ends too early.
  init?(_ bytes: Data) {
    let bytes = ByteView(bytes)
    let size =
      switch (bytes[0], bytes[1]) {
      case (0x89, 0x50): Self.png(bytes)
      case (0xFF, 0xD8): Self.jpeg(bytes)
      case (0x42, 0x4D): Self.bitmap(bytes)
      case (0x52, 0x49): Self.webP(bytes)
      default: nil as (Int, Int)?
      }
    guard let (width, height) = size, width > 0, height > 0 else { return nil }
    self.width = width
    self.height = height
  }

  private static func png(_ bytes: ByteView) -> (Int, Int)? {
    guard bytes.count >= 24 else { return nil }
    return (bytes.big(16, 4), bytes.big(20, 4))
  }

  /// Walks over the segments to the frame's.
  private static func jpeg(_ bytes: ByteView) -> (Int, Int)? {
    var place = 2
    while place + 9 < bytes.count {
      guard bytes[place] == 0xFF else { return nil }
      let marker = bytes[place + 1]
      switch marker {
      case 0xFF: place += 1
      case 0x01, 0xD0...0xD8: place += 2
      // Tables and reserved markers stand among those of frames.
      case 0xC0...0xCF where ![0xC4, 0xC8, 0xCC].contains(marker):
        return (bytes.big(place + 7, 2), bytes.big(place + 5, 2))
      case 0xD9, 0xDA: return nil
      default: place += 2 + max(2, bytes.big(place + 2, 2))
      }
    }
    return nil
  }

  private static func bitmap(_ bytes: ByteView) -> (Int, Int)? {
    guard bytes.count >= 26 else { return nil }
    if bytes.little(14, 4) == 12 { return (bytes.little(18, 2), bytes.little(20, 2)) }
    // Rows from the top down have a negative height.
    let height = Int(Int32(truncatingIfNeeded: bytes.little(22, 4)))
    return (bytes.little(18, 4), abs(height))
  }

  private static func webP(_ bytes: ByteView) -> (Int, Int)? {
    guard bytes.count >= 30, bytes.big(8, 4) == 0x5745_4250 else { return nil }
    switch bytes.big(12, 4) {
    case 0x5650_3820:  // "VP8 "
      return (bytes.little(26, 2) & 0x3FFF, bytes.little(28, 2) & 0x3FFF)
    case 0x5650_384C:  // "VP8L"
      let bits = bytes.little(21, 4)
      return (1 + bits & 0x3FFF, 1 + (bits >> 14) & 0x3FFF)
    case 0x5650_3858:  // "VP8X"
      return (1 + bytes.little(24, 3), 1 + bytes.little(27, 3))
    default: return nil
    }
  }
}

/// Bytes by their place, 0 beyond the end.
private struct ByteView {
  private let data: Data
  let count: Int

  init(_ data: Data) {
    self.data = data
    count = data.count
  }

  subscript(_ place: Int) -> UInt8 {
    place >= 0 && place < count ? data[data.startIndex + place] : 0
  }

  func big(_ place: Int, _ length: Int) -> Int {
    (0..<length).reduce(0) { $0 << 8 | Int(self[place + $1]) }
  }

  func little(_ place: Int, _ length: Int) -> Int {
    (0..<length).reduce(0) { $0 | Int(self[place + $1]) << (8 * $1) }
  }
}

/// What an image's file says beside its pixels.
package struct ImageFileFacts: Sendable, Equatable {
  /// The side of a square of as many pixels.
  let resolution: Double
  /// The long side over the short one.
  let aspect: Double
  /// The length of the file.
  let bytes: Double
}

extension ImageFiles {
  package func fileFacts(of index: Int) -> ImageFileFacts? {
    let file = URL(fileURLWithPath: name(of: index))
    guard let content = try? Data(contentsOf: file, options: .alwaysMapped),
      let header = ImageHeader(content)
    else { return nil }
    let (long, short) = (max(header.width, header.height), min(header.width, header.height))
    return ImageFileFacts(
      resolution: (Double(header.width) * Double(header.height)).squareRoot(),
      aspect: Double(long) / Double(short), bytes: Double(content.count))
  }
}
