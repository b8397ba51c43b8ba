import Foundation

/// A place in bytes that may lie; every read is checked against their end before memory is taken.
struct ByteCursor {
  let data: Data
  /// The place, counted from the first byte of `data`.
  var offset: Int

  init(_ data: Data, at offset: Int = 0) {
    self.data = data
    self.offset = offset
  }

  var remaining: Int { data.count - offset }

  mutating func byte() throws(WeightProblem) -> UInt8 {
    guard remaining >= 1 else { throw .truncated("data", at: offset) }
    defer { offset += 1 }
    return data[data.startIndex + offset]
  }

  /// The next bytes, without a copy.
  mutating func bytes(_ count: Int) throws(WeightProblem) -> Data {
    guard count >= 0, count <= remaining else { throw .truncated("data", at: offset) }
    defer { offset += count }
    let start = data.startIndex + offset
    return data[start..<(start + count)]
  }

  /// A little-endian number without sign of up to eight bytes.
  mutating func unsigned(_ width: Int) throws(WeightProblem) -> UInt64 {
    let start = offset
    let raw = try bytes(width)
    guard width <= 8 else { throw .malformed("number", at: start) }
    var value: UInt64 = 0
    for byte in raw.reversed() { value = value << 8 | UInt64(byte) }
    return value
  }

  /// A little-endian number that counts or measures something in memory.
  mutating func length(_ width: Int) throws(WeightProblem) -> Int {
    let start = offset
    guard let value = Int(exactly: try unsigned(width)) else {
      throw .truncated("length", at: start)
    }
    return value
  }

  /// A little-endian number in two's complement of up to eight bytes; zero where there are none.
  mutating func signed(_ width: Int) throws(WeightProblem) -> Int {
    if width == 0 { return 0 }
    let shift = UInt64(64 - 8 * width)
    return Int(Int64(bitPattern: try unsigned(width) << shift) >> Int64(shift))
  }

  /// UTF-8 text of so many bytes.
  mutating func text(_ count: Int) throws(WeightProblem) -> String {
    let start = offset
    guard let text = String(data: try bytes(count), encoding: .utf8) else {
      throw .malformed("text", at: start)
    }
    return text
  }

  /// The text up to the next line feed, which is passed over.
  mutating func line() throws(WeightProblem) -> String {
    let rest = data[(data.startIndex + offset)...]
    guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
      throw .truncated("line", at: offset)
    }
    let text = try text(end - rest.startIndex)
    offset += 1
    return text
  }
}
