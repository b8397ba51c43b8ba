/// Reads messages in the form of Protocol Buffers, field by field.
struct ProtoReader {
  /// The value of a field.
  enum Value {
    case integer(UInt64)
    case fixed64(UInt64)
    case fixed32(UInt32)
    case bytes(ArraySlice<UInt8>)

    /// The bytes of a message or text; none for numbers.
    var content: ArraySlice<UInt8> {
      if case .bytes(let bytes) = self { bytes } else { [] }
    }

    var text: String { String(decoding: content, as: UTF8.self) }
  }

  /// Bytes that are no message.
  struct Damaged: Error {}

  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// The next field with its number; nil at the end.
  /// - Throws: `Damaged`.
  mutating func next() throws -> (field: UInt64, value: Value)? {
    guard !rest.isEmpty else { return nil }
    let head = try varint()
    let value: Value =
      switch head & 7 {
      case 0: .integer(try varint())
      case 1: .fixed64(try fixed(UInt64.self))
      case 2: .bytes(try take(try varint()))
      case 5: .fixed32(try fixed(UInt32.self))
      default: throw Damaged()
      }
    return (head >> 3, value)
  }

  /// The numbers of a packed field of integers.
  /// - Throws: `Damaged`.
  static func varints(_ bytes: ArraySlice<UInt8>) throws -> [UInt64] {
    var reader = ProtoReader(bytes)
    var numbers: [UInt64] = []
    while !reader.rest.isEmpty { numbers.append(try reader.varint()) }
    return numbers
  }

  private mutating func varint() throws -> UInt64 {
    var result: UInt64 = 0
    for shift in stride(from: UInt64(0), through: 63, by: 7) {
      guard let byte = rest.popFirst() else { throw Damaged() }
      result |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return result }
    }
    throw Damaged()
  }

  private mutating func take(_ count: UInt64) throws -> ArraySlice<UInt8> {
    guard count <= UInt64(rest.count) else { throw Damaged() }
    defer { rest = rest.dropFirst(Int(count)) }
    return rest.prefix(Int(count))
  }

  private mutating func fixed<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
    littleEndian(try take(UInt64(MemoryLayout<Number>.size)))
  }
}

/// The number that bytes hold, the least significant first.
func littleEndian<Number: FixedWidthInteger>(_ bytes: ArraySlice<UInt8>) -> Number {
  bytes.reversed().reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
}
