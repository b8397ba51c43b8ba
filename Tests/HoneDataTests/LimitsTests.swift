import Foundation
import HoneText
import Testing

@testable import HoneData

/// Files that promise more than a machine should be asked to hold.
@Suite struct LimitsTests {
  /// The check sum of a PNG's chunk.
  private func checkSum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var value = ~UInt32(0)
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
    return ~value
  }

  private func put(_ value: UInt32, _ bytes: inout [UInt8], at place: Int) {
    for index in 0..<4 { bytes[place + index] = UInt8(value >> (24 - 8 * UInt32(index)) & 255) }
  }

  /// A file of a fixture whose header promises thousands of millions of pixels.
  private func bomb(_ name: String) throws -> [UInt8] {
    var bytes = try Fixtures.bytes(name)
    switch name {
    case "color.png":
      put(60_000, &bytes, at: 16)
      put(60_000, &bytes, at: 20)
      put(checkSum(bytes[12..<29]), &bytes, at: 29)
    case "Parts/420.jpg":
      let frame = try #require(bytes.indices.first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC0 })
      for place in 5..<9 { bytes[frame + place] = 0xF0 }
    case "color.webp":
      let mark: [UInt8] = [0x9D, 0x01, 0x2A]
      let frame = try #require(bytes.indices.first { Array(bytes[$0..<($0 + 3)]) == mark })
      bytes.replaceSubrange((frame + 3)..<(frame + 7), with: [0xFF, 0x3F, 0xFF, 0x3F])
    default:
      bytes.replaceSubrange(18..<26, with: [0, 0, 1, 0, 0, 0, 1, 0])
    }
    return bytes
  }

  @Test(
    "pictures of too many pixels are refused by their header",
    arguments: ["color.png", "Parts/420.jpg", "color.webp", "color.bmp"])
  func refusesPictures(name: String) throws {
    let bytes = try bomb(name)
    guard case .badImage(_, let reason) = dataError({ try ImageDecoder.decode(bytes, path: name) })
    else {
      Issue.record("a picture of thousands of millions of pixels was decoded")
      return
    }
    #expect(reason.contains("the limit is"), "\(reason)")
    let part = dataError {
      try bytes.withUnsafeBytes {
        try ImageDecoder.withPart(
          $0, path: name, decoding: ImageDecoder.Decoding(),
          { PictureWish(wholeFor: $0) }, { _, _ in })
      }
    }
    #expect(part == .badImage(path: name, reason: reason))
  }

  @Test("a gzip file that inflates a thousandfold is refused")
  func refusesGzip() throws {
    let folder = try TemporaryFolder()
    try folder.copy("zeros.csv.gz", to: "data.csv.gz")
    let error = dataError {
      try DataSource.open(folder.path("data.csv.gz"), options: DataOptions(target: "a"))
    }
    guard case .badFile(_, let reason) = error else {
      Issue.record("seventy megabytes of zeros were read: \(String(describing: error))")
      return
    }
    #expect(reason.contains("inflates to more than"))
  }

  @Test("a field of a million bytes is a text like any other")
  func readsHugeField() throws {
    let folder = try TemporaryFolder()
    let field = String(repeating: "word ", count: 200_000)
    let path = try folder.write(
      "text,y\n\"\(field)\",p\nshort,q\nlonger text,p\n", to: "data.csv")
    var options = DataOptions(target: "y")
    options.kinds["text"] = .text
    let data = try DataSource.open(path, options: options)
    guard case .text(let samples) = data.samples else {
      Issue.record("the texts were taken for a table")
      return
    }
    #expect(samples.texts[0].utf8.count >= field.utf8.count - 1)
    #expect(samples.texts[1] == "short")
  }

  @Test("a quote that is never closed is found however much follows it")
  func refusesOpenQuote() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "x,y\n1,p\n\"" + String(repeating: "2,q\n", count: 100_000), to: "data.csv")
    guard
      case .badFile = dataError({ try DataSource.open(path, options: DataOptions(target: "y")) })
    else {
      Issue.record("an open quote was closed by the end of the file")
      return
    }
  }
}
