/// Writes messages in the form of Protocol Buffers: each field as its number and type, then its value.
///
/// Fields are written in the order of their numbers, and numbers that are zero and texts that are empty
/// are left out, as version 3 of the form wants it; the bytes then equal those of other programs.
struct ProtoWriter {
  private(set) var bytes: [UInt8] = []

  private enum Wire: UInt64 {
    case varint = 0
    case fixed64 = 1
    case bytes = 2
    case fixed32 = 5
  }

  mutating func integer(_ field: UInt64, _ value: Int) {
    guard value != 0 else { return }
    head(field, .varint)
    varint(UInt64(bitPattern: Int64(value)))
  }

  /// A truth value that is one of several alternatives: written also where it is false.
  mutating func alternative(_ field: UInt64, _ value: Bool) {
    head(field, .varint)
    varint(value ? 1 : 0)
  }

  mutating func double(_ field: UInt64, _ value: Double, evenIfZero: Bool = false) {
    guard value.bitPattern != 0 || evenIfZero else { return }
    head(field, .fixed64)
    append(value.bitPattern)
  }

  /// A number of single precision, written also where it is zero: it is one of several alternatives.
  mutating func float(_ field: UInt64, _ value: Float) {
    head(field, .fixed32)
    append(value.bitPattern)
  }

  mutating func text(_ field: UInt64, _ value: String, evenIfEmpty: Bool = false) {
    data(field, Array(value.utf8), evenIfEmpty: evenIfEmpty)
  }

  mutating func data(_ field: UInt64, _ value: [UInt8], evenIfEmpty: Bool = false) {
    guard !value.isEmpty || evenIfEmpty else { return }
    head(field, .bytes)
    varint(UInt64(value.count))
    bytes += value
  }

  /// A message within, written also where it is empty.
  mutating func message(_ field: UInt64, _ content: (inout ProtoWriter) -> Void) {
    var inner = ProtoWriter()
    content(&inner)
    data(field, inner.bytes, evenIfEmpty: true)
  }

  private mutating func head(_ field: UInt64, _ wire: Wire) { varint(field << 3 | wire.rawValue) }

  private mutating func varint(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func append(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }
}
