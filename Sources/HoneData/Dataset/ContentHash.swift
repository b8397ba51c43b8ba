import CImage

/// A hash of content that grows piece by piece; the same on every machine.
struct ContentHash {
  private var value: UInt64 = 0x486F_6E65

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    let start = bytes.assumingMemoryBound(to: UInt8.self).baseAddress
    value = cimage_hash(start, bytes.count, value)
  }

  mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBytes { add($0) } }

  mutating func add(_ text: String) { add(Array(text.utf8)) }

  mutating func add<Number: BitwiseCopyable>(numbers: [Number]) {
    numbers.withUnsafeBytes { add($0) }
  }

  /// The hash so far.
  var number: UInt64 { value }

  /// The hash of some bytes.
  static func number(of bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash = ContentHash()
    hash.add(bytes)
    return hash.number
  }

  /// The hash of some bytes.
  static func number(of bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { number(of: $0) } }

  /// Sixteen hexadecimal digits.
  var text: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
