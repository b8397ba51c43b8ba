import Testing

@testable import HoneStore

/// The form of `COPY … (FORMAT binary)`; `RunCopyTests` sends it to a server.
struct PostgreSQLCopyTests {
  private static let signature: [UInt8] =
    Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00] + [0, 0, 0, 0, 0, 0, 0, 0]

  @Test("rows are fields with their lengths, big-endian, between a signature and an end mark")
  func form() throws {
    var copy = PostgreSQLCopy([.integer("a"), .text("b"), .real("c"), .blob("d")])
    try copy.append([.integer(-2), .text("é"), .real(1), .blob([9])])
    try copy.append([.null, .null, .null, .null])
    copy.finish()
    let first: [UInt8] =
      [0, 4, 0, 0, 0, 8, 255, 255, 255, 255, 255, 255, 255, 254, 0, 0, 0, 2, 0xC3, 0xA9]
      + [0, 0, 0, 8, 0x3F, 0xF0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 9]
    let second: [UInt8] = [0, 4] + [UInt8](repeating: 255, count: 16)
    #expect(copy.take() == Self.signature + first + second + [255, 255])
    #expect(copy.take().isEmpty)
  }

  @Test("whole numbers and SQLite's word for not-a-number go into columns of numbers")
  func numbers() throws {
    var copy = PostgreSQLCopy([.real("a"), .real("b")])
    try copy.append([.integer(1), .text("nan")])
    let bytes = copy.take().dropFirst(Self.signature.count)
    #expect(Array(bytes.prefix(14)) == [0, 2, 0, 0, 0, 8, 0x3F, 0xF0, 0, 0, 0, 0, 0, 0])
    let pattern = bytes.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    #expect(Double(bitPattern: pattern).isNaN)
  }

  @Test("a value that its column cannot hold is refused by the column's name")
  func mismatch() {
    var copy = PostgreSQLCopy([.integer("count")])
    let error = #expect(throws: PostgreSQLCopy.Mismatch.self) { try copy.append([.text("x")]) }
    #expect(error?.description.contains("count") == true)
  }
}
