import Foundation
import HoneRecords
import Testing

@testable import HoneData

@Suite struct SampleViewTests {
  @Test("a picture becomes a PNG file no larger than a thumbnail, with its class")
  func pictures() throws {
    let images = (0..<2).map { [UInt8](repeating: UInt8(80 * $0), count: 3 * 300 * 150) }
    let data = try Dataset(
      images: images, channels: 3, height: 300, width: 150, labels: ["dark", "light"])
    let view = try #require(data.view(of: 1))
    guard case .picture(let bytes) = view.content else {
      Issue.record("A picture was expected, got \(view.content).")
      return
    }
    let picture = try ImageDecoder.decode(bytes, path: "thumbnail")
    #expect(picture.height == 144 && picture.width == 72)
    #expect(picture.pixels.allSatisfy { $0 == 80 })
    #expect(view.label == "light")
  }

  @Test("a row shows its columns with the words of the file, a text its beginning")
  func rowsAndTexts() throws {
    let folder = try TemporaryFolder()
    let lines = (0..<40).map {
      "\($0 % 2 == 0 ? "" : "1.5"),\($0 % 3 == 0 ? "red" : "blue"),\($0 % 2)"
    }
    let path = try folder.write("a,c,y\n" + lines.joined(separator: "\n"), to: "data.csv")
    let data = try DataSource.open(path, options: DataOptions(target: "y"))
    let fields = [
      SampleView.Field(name: "a", value: ""), SampleView.Field(name: "c", value: "red"),
    ]
    #expect(data.view(of: 0) == SampleView(.row(fields), label: "0"))
    let texts = try Dataset(
      texts: ["short", String(repeating: "x", count: 900)], labels: ["a", "b"])
    #expect(texts.view(of: 0) == SampleView(.text("short"), label: "a"))
    #expect(texts.view(of: 1)?.content == .text(String(repeating: "x", count: 600)))
    #expect(Set(texts.views(of: ["texts:1", "nowhere"]).keys) == ["texts:1"])
  }

  @Test("what cannot be read has no view, and is named among the examples of the finding")
  func corrupt() throws {
    let folder = try TemporaryFolder()
    try folder.copy("color.png", to: "a/1.png", "b/1.png")
    try folder.copy("truncated.png", to: "b/2.png")
    let data = try DataSource.open(folder.path)
    #expect(data.view(of: 0) != nil && data.view(of: 2) == nil)
    let record = DataAudit.inspect(
      data, split: Split(train: [0, 1, 2], validation: [], test: []),
      preprocessor: try Preprocessor.fit(data, indices: [0]))
    let finding = try #require(record.findings.first { $0.id == .corruptSamples })
    #expect(finding.examples?.map(\.samples) == [[folder.path("b/2.png")]])
  }
}
