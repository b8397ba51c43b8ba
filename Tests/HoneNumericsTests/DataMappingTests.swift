import Foundation
import HoneNumerics
import Testing

@Suite("Mapped files") struct DataMappingTests {
  private func file(of count: Int) throws -> URL {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("hone-mapping-\(UUID().uuidString)")
    try Data((0..<count).map { UInt8(truncatingIfNeeded: $0) }).write(to: url)
    return url
  }

  @Test("the content is the file's, whether mapped or read", arguments: [0, 10, 65_535, 200_000])
  func content(count: Int) throws {
    let url = try file(of: count)
    defer { try? FileManager.default.removeItem(at: url) }
    let data = try Data(mapping: url)
    #expect(data.count == count)
    #expect(data.enumerated().allSatisfy { $0.element == UInt8(truncatingIfNeeded: $0.offset) })
  }

  #if os(Linux)
    @Test("large files are pages of the system's cache, also behind a link")
    func isMapped() throws {
      let url = try file(of: 200_000)
      let link = url.appendingPathExtension("link")
      try FileManager.default.createSymbolicLink(at: link, withDestinationURL: url)
      defer {
        try? FileManager.default.removeItem(at: link)
        try? FileManager.default.removeItem(at: url)
      }
      let data = try Data(mapping: link)
      // What is read into memory would not see what is written to the file later.
      let handle = try FileHandle(forWritingTo: url)
      try handle.seek(toOffset: 150_000)
      try handle.write(contentsOf: [UInt8(truncatingIfNeeded: 150_000) ^ 255])
      try handle.close()
      #expect(data[150_000] == UInt8(truncatingIfNeeded: 150_000) ^ 255)
      #expect(data.last == UInt8(truncatingIfNeeded: 199_999))
    }
  #endif

  @Test("a file that is not there is an error")
  func missing() {
    #expect(throws: (any Error).self) {
      try Data(mapping: URL(fileURLWithPath: "/nowhere/to/be/found"))
    }
  }
}
