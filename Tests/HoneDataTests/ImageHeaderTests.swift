import Foundation
import HoneNumerics
import HoneRecords
import HoneText
import Testing

@testable import HoneData

@Suite struct ImageHeaderTests {
  @Test(
    "states the size that decoding gives",
    arguments: [
      "color.jpg", "grey.jpg", "inks.jpg", "turned.jpg", "color.png", "palette.png", "grey16.png",
      "alpha.png", "turned.png", "color.webp", "exact.webp", "alpha.webp", "moving.webp",
      "turned.webp", "color.bmp", "old.bmp", "palette.bmp", "runs8.bmp", "wide.bmp", "half.bmp",
    ])
  func sizes(name: String) throws {
    let bytes = try Fixtures.bytes(name)
    let picture = try ImageDecoder.decode(bytes, path: name, isUpright: false)
    let header = try #require(ImageHeader(Data(bytes)))
    #expect(header.width == picture.width && header.height == picture.height)
  }

  @Test("has nothing to say of other files and of beginnings that are too short")
  func refusals() throws {
    #expect(ImageHeader(Data()) == nil)
    #expect(ImageHeader(Data("a,b,c\n1,2,3\n".utf8)) == nil)
    for name in ["color.jpg", "color.png", "color.webp", "color.bmp"] {
      #expect(ImageHeader(Data(try Fixtures.bytes(name).prefix(12))) == nil)
    }
  }

  @Test("splits of pictures of other sizes are told apart by their resolution")
  func resolution() throws {
    let folder = try TemporaryFolder()
    // Photos of 40 sizes in training, larger ones in the test split; pixels after resizing are alike.
    for index in 0..<160 {
      let isTest = index >= 120
      let side = (isTest ? 60 : 20) + index % 20
      var stream = RandomStream(seed: UInt64(index), "pixels")
      let light = UInt8(100 + stream.index(below: 50))
      let png = try ContactSheet.encode(
        [UInt8](repeating: light, count: side * side), height: side, width: side, channels: 1)
      let part = isTest ? "test" : "train"
      try folder.write(png, to: "\(part)/\(index % 2 == 0 ? "a" : "b")/\(index).png")
    }
    let data = try DataSource.open(folder.path, options: DataOptions(imageSize: 16))
    let split = try Split.make(data, seed: 0)
    let record = DataAudit.inspect(
      data, split: split, preprocessor: try Preprocessor.fit(data, indices: split.train))
    let found = record.shift.filter { AuditFindings.isShift($0) && $0.split == "test" }
    #expect(found.contains { $0.property == "resolution" && $0.size == 1 })
    #expect(!found.contains { ["brightness", "aspect"].contains($0.property) })
    let finding = try #require(record.findings.first { $0.id == .distributionShift })
    #expect(finding.examples?.first?.samples.first?.contains("/test/") == true)
  }
}
