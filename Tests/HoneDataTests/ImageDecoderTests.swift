import Foundation
import HoneNumerics
import HoneRecords
import HoneText
import Testing

@testable import HoneData

@Suite struct ImageDecoderTests {
  private struct Reference: Decodable {
    let width: Int
    let height: Int
    let rgb: Data
  }

  private static let references: [String: Reference] = {
    let url = Fixtures.folder.appendingPathComponent("decoded.json")
    let content = (try? Data(contentsOf: url)) ?? Data()
    return (try? JSONDecoder().decode([String: Reference].self, from: content)) ?? [:]
  }()

  @Test(
    "decodes as Pillow does",
    arguments: [
      "color.png", "grey.png", "palette.png", "alpha.png", "grey16.png", "color.jpg", "grey.jpg",
      "inks.jpg", "turned.jpg", "turned.png", "color.webp", "exact.webp", "alpha.webp",
      "turned.webp", "moving.webp", "color.bmp", "grey.bmp", "bits.bmp", "palette.bmp",
      "runs8.bmp", "runs4.bmp", "half.bmp", "wide.bmp", "old.bmp",
    ])
  func decodesLikePillow(name: String) throws {
    let reference = try #require(Self.references[name])
    let picture = try ImageDecoder.decode(try Fixtures.bytes(name), path: name)
    #expect(picture.width == reference.width)
    #expect(picture.height == reference.height)
    let largest = zip(picture.pixels, reference.rgb).map { abs(Int($0) - Int($1)) }.max()
    // Versions of libjpeg round the inverse transform differently by one step.
    #expect(try #require(largest) <= (name.hasSuffix("jpg") ? 2 : 0))
  }

  @Test(
    "knows pictures without color",
    arguments: ["grey.png", "grey.jpg", "grey16.png", "grey.bmp", "bits.bmp"])
  func knowsGrey(name: String) throws {
    #expect(try ImageDecoder.decode(try Fixtures.bytes(name), path: name).isGrey)
  }

  @Test("names the file that is cut short", arguments: ["truncated.jpg", "truncated.png"])
  func namesTruncated(name: String) throws {
    let bytes = try Fixtures.bytes(name)
    let error = dataError { try ImageDecoder.decode(bytes, path: name) }
    guard case .badImage(let path, let reason) = error else {
      Issue.record("expected badImage, got \(String(describing: error))")
      return
    }
    #expect(path == name)
    #expect(!reason.isEmpty)
  }

  @Test("a switch leaves pictures as they are stored", arguments: ["jpg", "png", "webp"])
  func leavesOrientation(kind: String) throws {
    let bytes = try Fixtures.bytes("turned.\(kind)")
    let stored = try ImageDecoder.decode(bytes, path: kind, isUpright: false)
    let upright = try ImageDecoder.decode(bytes, path: kind)
    #expect((stored.width, stored.height) == (upright.height, upright.width))
    #expect(stored.width == 24)
  }

  @Test(
    "fails without a crash wherever a file is cut",
    arguments: ["color.jpg", "color.png", "exact.webp", "color.bmp", "runs8.bmp", "runs4.bmp"])
  func failsAnywhere(name: String) throws {
    let bytes = try Fixtures.bytes(name)
    // What may be missing unnoticed: the end mark of a JPEG, the check sum of a PNG's end mark.
    for end in 0..<(bytes.count - (name.hasSuffix("png") ? 4 : 2)) {
      let error = dataError { try ImageDecoder.decode(Array(bytes[..<end]), path: name) }
      #expect(error != nil, "\(end) of \(bytes.count) bytes were taken for the whole")
    }
  }

  @Test("refuses what is no image format that it reads")
  func refusesOthers() {
    #expect(throws: DataError.self) { try ImageDecoder.decode(Array("GIF89a".utf8), path: "a") }
  }

  @Test("resizes as Pillow's antialiased bilinear filter does")
  func resizesLikePillow() throws {
    let url = Fixtures.folder.appendingPathComponent("resized.json")
    let references = try JSONDecoder().decode([Reference].self, from: Data(contentsOf: url))
    let picture = try ImageDecoder.decode(try Fixtures.bytes("color.png"), path: "color.png")
    for reference in references {
      let resized = try ImageDecoder.resize(
        picture, width: reference.width, height: reference.height)
      #expect(resized == [UInt8](reference.rgb))
    }
  }

  @Test("a photo resized to more than the target loses its border, as cropping does")
  func resizeBeforeCrop() throws {
    let picture = try ImageDecoder.decode(try Fixtures.bytes("color.png"), path: "color.png")
    let (target, side) = (8, 12)
    func planes(_ resize: Int?) throws -> [UInt8] {
      var planes = [UInt8](repeating: 0, count: 3 * target * target)
      try planes.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        try ImageDecoder.fit(
          picture, channels: 3, height: target, width: target, resize: resize, into: base)
      }
      return planes
    }
    let crop = CentralCrop(
      of: (picture.height, picture.width), height: target, width: target, resize: side)
    let (width, height) = (crop.fittedWidth, crop.fittedHeight)
    #expect(min(width, height) == side)
    let resized = try ImageDecoder.resize(picture, width: width, height: height)
    let (top, left) = (crop.top, crop.left)
    var expected: [UInt8] = []
    for channel in 0..<3 {
      for row in 0..<target {
        for column in 0..<target {
          expected.append(resized[((top + row) * width + left + column) * 3 + channel])
        }
      }
    }
    #expect(try planes(side) == expected)
    #expect(try planes(nil) == planes(target))
  }

  @Test("a bitmap whose header ends within its masks is refused, whatever lies behind it")
  func shortMasks() {
    // Found by Scripts/fuzz: a header of 42 bytes that names masks, at the end of the file.
    let text =
      "Qk1yTAADAAAAAEIAAAAqAAAAGAAAAO////8BABAABgAAADAC/72KBQMAkm2SdZN9hZSNlWVKmL0="
    let bytes = [UInt8](Data(base64Encoded: text) ?? Data())
    #expect(bytes.count == 56)
    let error = dataError { try ImageDecoder.decode(bytes, path: "short.bmp") }
    #expect(error?.explanation.english.contains("a BMP header of 42 bytes") == true)
  }
}
