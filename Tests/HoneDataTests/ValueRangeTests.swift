import Foundation
import HoneNumerics
import HoneRecords
import HoneText
import Testing

@testable import HoneData

@Suite struct ValueRangeTests {
  @Test("a model that knows pixels up to 16 refuses pixels up to 255, in words")
  func mismatch() throws {
    let digits = try DataSource.open("digits")
    let preprocessor = try Preprocessor.fit(digits, indices: Array(0..<100))
    let bright = try Dataset(
      images: (0..<4).map { [UInt8](repeating: UInt8(60 * $0), count: 64) }, channels: 1,
      height: 8, width: 8, labels: ["a", "b", "a", "b"])
    let error = dataError { try DataLoader(bright, indices: [0], preprocessor: preprocessor) }
    let text = try #require(error?.explanation.english)
    #expect(text.contains("255") && text.contains("16"))
  }

  @Test("fractions of 0 to 1 and bytes of 0 to 255 become the same inputs")
  func fractions() throws {
    let folder = try TemporaryFolder()
    let bytes: [UInt8] = (0..<(6 * 16)).map { UInt8($0 * 2) }
    func numpy(_ type: String, _ content: [UInt8]) -> [UInt8] {
      var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (6, 4, 4), }"
      while (10 + header.utf8.count + 1) % 64 != 0 { header += " " }
      header += "\n"
      let length = UInt16(header.utf8.count)
      return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 255), UInt8(length >> 8)]
        + Array(header.utf8) + content
    }
    var labels = "{'descr': '|u1', 'fortran_order': False, 'shape': (6,), }"
    while (10 + labels.utf8.count + 1) % 64 != 0 { labels += " " }
    labels += "\n"
    let names =
      [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(labels.utf8.count), 0] + Array(labels.utf8)
      + [0, 1, 0, 1, 0, 1]
    let fractions = bytes.flatMap { byte in
      withUnsafeBytes(of: (Float(byte) / 255).bitPattern.littleEndian) { Array($0) }
    }
    try folder.write(numpy("|u1", bytes), to: "bytes/x.npy")
    try folder.write(names, to: "bytes/y.npy")
    try folder.write(numpy("<f4", fractions), to: "fractions/x.npy")
    try folder.write(names, to: "fractions/y.npy")
    let known = try DataSource.open(folder.path("bytes"))
    let other = try DataSource.open(folder.path("fractions"), options: known.reading)
    let preprocessor = try Preprocessor.fit(known, indices: Array(0..<6))
    let inputs = try [known, other].map {
      try DataLoader($0, indices: Array(0..<6), preprocessor: preprocessor)
        .batch(of: Array(0..<6)).inputs.values(as: Float.self)
    }
    #expect(inputs[0] == inputs[1])
    #expect(other.notes.contains { $0.english.contains("0 to 1") })
  }
}
