/// Rows in the binary form of PostgreSQL's `COPY … FROM STDIN`.
///
/// The form is that of the chapter "COPY" of PostgreSQL's manual, unchanged since version 7.4: a
/// signature, rows of fields that begin with their lengths, all big-endian, and an end mark.
struct PostgreSQLCopy {
  /// What has not been taken yet.
  private(set) var bytes: [UInt8] = []
  private let columns: [SQLColumn]

  /// A value that its column cannot hold.
  struct Mismatch: Error, CustomStringConvertible {
    let column: String
    let value: SQLValue
    var description: String { "column \(column) cannot hold \(value)" }
  }

  /// The beginning of a copy into columns.
  init(_ columns: [SQLColumn]) {
    self.columns = columns
    bytes += Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00]
    // No flags, and no extension of the header.
    append(UInt32(0))
    append(UInt32(0))
  }

  /// Adds a row.
  /// - Throws: `Mismatch`.
  mutating func append(_ row: [SQLValue]) throws {
    append(UInt16(columns.count))
    for (column, value) in zip(columns, row) { try append(value, column) }
  }

  /// Adds the end mark.
  mutating func finish() { append(UInt16.max) }

  /// The bytes so far, which are then forgotten.
  mutating func take() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  private mutating func append(_ value: SQLValue, _ column: SQLColumn) throws {
    switch (column.kind, value) {
    case (_, .null): append(UInt32.max)
    case (.integer, .integer(let number)): append(field: UInt64(bitPattern: number))
    case (.real, .real(let number)): append(field: number.bitPattern)
    case (.real, .integer(let number)): append(field: Double(number).bitPattern)
    case (.real, .text("nan")): append(field: Double.nan.bitPattern)
    case (.text, .text(var text)): text.withUTF8 { append(field: $0) }
    case (.blob, .blob(let content)): content.withUnsafeBufferPointer { append(field: $0) }
    default: throw Mismatch(column: column.name, value: value)
    }
  }

  private mutating func append(field number: UInt64) {
    append(UInt32(8))
    append(number)
  }

  private mutating func append(field content: UnsafeBufferPointer<UInt8>) {
    append(UInt32(content.count))
    bytes.append(contentsOf: content)
  }

  private mutating func append(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
  }
}
