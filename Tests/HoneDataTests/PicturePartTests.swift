import CImage
import Foundation
import HoneNumerics
import Testing

@testable import HoneData

@Suite struct PicturePartTests {
  private static let names = [
    "444", "422", "420", "progressive", "restarts", "grey", "inks",
  ]

  private func bytes(_ name: String) throws -> [UInt8] { try Fixtures.bytes("Parts/\(name).jpg") }

  /// The file with another orientation in its EXIF block.
  private func turned(_ bytes: [UInt8], to orientation: UInt8) throws -> [UInt8] {
    var bytes = bytes
    let tag: [UInt8] = [0x01, 0x12, 0x00, 0x03]
    let place = try #require((0..<200).first { Array(bytes[$0..<($0 + 4)]) == tag })
    bytes[place + 9] = orientation
    return bytes
  }

  /// Twenty boxes, those at corners among them.
  private func boxes(of size: ImageSize, seed: UInt64) -> [ImageOperation] {
    var stream = RandomStream(seed: seed, "boxes")
    return (0..<20).map { number in
      let height = 1 + stream.index(below: size.height)
      let width = 1 + stream.index(below: size.width)
      let top = stream.index(below: size.height - height + 1)
      let left = stream.index(below: size.width - width + 1)
      return .resizedCrop(
        top: number == 0 ? 0 : number == 1 ? size.height - height : top,
        left: number == 0 ? 0 : number == 1 ? size.width - width : left, height: height,
        width: width, targetHeight: 16, targetWidth: 16)
    }
  }

  /// The pixels of a box, cut from the part that was decoded for it.
  private func pixels(
    _ bytes: [UInt8], _ operation: ImageOperation, isUpright: Bool = true, isFast: Bool = false
  ) throws -> [UInt8] {
    let decoding = ImageDecoder.Decoding(isUpright: isUpright, isFast: isFast)
    return try bytes.withUnsafeBytes { bytes in
      try ImageDecoder.withPart(
        bytes, path: "part", decoding: decoding,
        { PictureWish(of: operation, target: $0) },
        { part, _ in
          guard
            case .resizedCrop(let top, let left, let height, let width, _, _)? =
              part.placed([operation]).first
          else { return [] }
          var found: [UInt8] = []
          for row in top..<(top + height) {
            let start = part.source.base + row * part.source.row + left * 3
            found += UnsafeBufferPointer(start: start, count: width * 3)
          }
          return found
        })
    }
  }

  private func expected(_ picture: Picture, _ operation: ImageOperation) -> [UInt8] {
    guard case .resizedCrop(let top, let left, let height, let width, _, _) = operation else {
      return []
    }
    var found: [UInt8] = []
    for row in top..<(top + height) {
      let start: Int = 3 * (row * picture.width + left)
      found += picture.pixels[start..<(start + 3 * width)]
    }
    return found
  }

  @Test("a part has the pixels of the whole picture", arguments: names)
  func partsEqualWhole(name: String) throws {
    let bytes = try bytes(name)
    let whole = try ImageDecoder.decode(bytes, path: name)
    for box in boxes(of: ImageSize(height: whole.height, width: whole.width), seed: 1) {
      #expect(try pixels(bytes, box) == expected(whole, box), "\(box)")
    }
  }

  @Test("a part of a turned picture lies where it is seen", arguments: 2...8)
  func partsOfTurned(orientation: Int) throws {
    for name in ["444", "420"] {
      let bytes = try turned(bytes(name), to: UInt8(orientation))
      let whole = try ImageDecoder.decode(bytes, path: name)
      #expect((whole.height == 181) == (orientation >= 5))
      for box in boxes(of: ImageSize(height: whole.height, width: whole.width), seed: 2) {
        #expect(try pixels(bytes, box) == expected(whole, box), "\(name) \(box)")
      }
    }
  }

  @Test("decoding fast halves a part as often as its target allows, and stays near")
  func fast() throws {
    let bytes = try bytes("420")
    let box = ImageOperation.resizedCrop(
      top: 8, left: 16, height: 96, width: 128, targetHeight: 24, targetWidth: 32)
    let exact = try pixels(bytes, box)
    let fast = try pixels(bytes, box, isFast: true)
    #expect(exact.count == 96 * 128 * 3)
    #expect(fast.count == 24 * 32 * 3)
    var worst = 0
    for row in 0..<24 {
      for column in 0..<32 {
        for channel in 0..<3 {
          var sum = 0
          for y in 0..<4 {
            for x in 0..<4 {
              sum += Int(exact[((4 * row + y) * 128 + 4 * column + x) * 3 + channel])
            }
          }
          worst = max(worst, abs(sum / 16 - Int(fast[(row * 32 + column) * 3 + channel])))
        }
      }
    }
    // Chroma is not interpolated: a few steps where colors change.
    #expect(worst <= 12)
  }

  @Test("a file that is cut short is found whatever part is asked for")
  func findsTruncated() throws {
    let bytes = Array(try bytes("420").dropLast(400))
    let top = ImageOperation.resizedCrop(
      top: 0, left: 0, height: 16, width: 16, targetHeight: 16, targetWidth: 16)
    #expect(dataError { try pixels(bytes, top) } != nil)
  }

  @Test("a part that reaches out of its picture is refused")
  func refusesOutside() throws {
    let outside = ImageOperation.resizedCrop(
      top: 100, left: 0, height: 100, width: 16, targetHeight: 16, targetWidth: 16)
    let bytes = try bytes("444")
    #expect(dataError { try pixels(bytes, outside) } != nil)
  }

  @Test("names the size of a picture without decoding it", arguments: names)
  func sizes(name: String) throws {
    let size = try bytes(name).withUnsafeBytes {
      try ImageDecoder.size($0, path: name, isUpright: true)
    }
    #expect(size == ImageSize(height: 133, width: 181))
  }
}
