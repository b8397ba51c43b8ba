/// Many points of a series in few bytes: a column of step numbers and columns of numbers.
///
/// What comes out equals what went in to the last bit, `nil`, infinities and NaN apart from one
/// another. Most series are single-precision values in double precision, and many never change, so
/// each column says how it is written.
///
/// The form: a version byte, the count of points and of columns as variable-length integers, the
/// differences of the step numbers, then each column with a byte for its form. All little-endian.
struct PointBlock: Equatable {
  /// The number of each point.
  var steps: [Int] = []
  /// The columns, each as long as `steps`.
  var columns: [[Double?]] = []

  /// Bytes that are no block.
  struct Damaged: Error, CustomStringConvertible {
    var description: String { "a block of points is damaged" }
  }

  private enum Form: UInt8 {
    case constant = 0
    case single = 1
    case double = 2
  }

  private static let version: UInt8 = 1
  /// Stands for `nil`: a NaN that no computation makes.
  private static let missing: UInt64 = 0x7FF4_686F_6E65_0000
  private static let missingSingle: UInt32 = 0x7FA4_686F
  /// More points than any writer puts into a block.
  private static let mostPoints = 1 << 24

  /// The block as bytes.
  func encoded() -> [UInt8] {
    var bytes: [UInt8] = [PointBlock.version]
    bytes.reserveCapacity(16 + steps.count * (2 + columns.count * 8))
    PointBlock.append(UInt64(steps.count), to: &bytes)
    PointBlock.append(UInt64(columns.count), to: &bytes)
    var last = 0
    for step in steps {
      let difference = Int64(step &- last)
      PointBlock.append(UInt64(bitPattern: (difference << 1) ^ (difference >> 63)), to: &bytes)
      last = step
    }
    for column in columns { PointBlock.append(column, to: &bytes) }
    return bytes
  }

  private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private static func append(_ column: [Double?], to bytes: inout [UInt8]) {
    let patterns = column.map { $0?.bitPattern ?? missing }
    if let first = patterns.first, patterns.allSatisfy({ $0 == first }) {
      bytes.append(Form.constant.rawValue)
      append(littleEndian: first, to: &bytes)
    } else if let singles = singlePatterns(column) {
      bytes.append(Form.single.rawValue)
      for pattern in singles { append(littleEndian: pattern, to: &bytes) }
    } else {
      bytes.append(Form.double.rawValue)
      for pattern in patterns { append(littleEndian: pattern, to: &bytes) }
    }
  }

  /// The column in single precision; nil where that would lose something.
  private static func singlePatterns(_ column: [Double?]) -> [UInt32]? {
    var patterns: [UInt32] = []
    patterns.reserveCapacity(column.count)
    for value in column {
      guard let value else {
        patterns.append(missingSingle)
        continue
      }
      let single = Float(value)
      guard Double(single).bitPattern == value.bitPattern, single.bitPattern != missingSingle else {
        return nil
      }
      patterns.append(single.bitPattern)
    }
    return patterns
  }

  private static func append(littleEndian value: some FixedWidthInteger, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }
}

extension PointBlock {
  /// The block that bytes hold.
  /// - Throws: `Damaged`.
  init(decoding bytes: [UInt8]) throws {
    var reader = Reader(bytes: bytes)
    guard try reader.byte() == PointBlock.version else { throw Damaged() }
    let count = try reader.number()
    let width = try reader.number()
    guard count <= PointBlock.mostPoints, width <= 64 else { throw Damaged() }
    var last = 0
    steps.reserveCapacity(Int(count))
    for _ in 0..<count {
      let folded = try reader.number()
      let difference = Int64(bitPattern: folded >> 1) ^ -Int64(bitPattern: folded & 1)
      last = last &+ Int(difference)
      steps.append(last)
    }
    for _ in 0..<width { columns.append(try PointBlock.column(Int(count), &reader)) }
    guard reader.isAtEnd else { throw Damaged() }
  }

  private static func column(_ count: Int, _ reader: inout Reader) throws -> [Double?] {
    guard let form = Form(rawValue: try reader.byte()) else { throw Damaged() }
    switch form {
    case .constant:
      let pattern = try reader.fixed(UInt64.self)
      return Array(repeating: value(pattern), count: count)
    case .single:
      try reader.require(count * 4)
      return try (0..<count).map { _ in
        let pattern = try reader.fixed(UInt32.self)
        return pattern == missingSingle ? nil : Double(Float(bitPattern: pattern))
      }
    case .double:
      try reader.require(count * 8)
      return try (0..<count).map { _ in value(try reader.fixed(UInt64.self)) }
    }
  }

  private static func value(_ pattern: UInt64) -> Double? {
    pattern == missing ? nil : Double(bitPattern: pattern)
  }

  /// Reads bytes from the front.
  private struct Reader {
    let bytes: [UInt8]
    var position = 0

    var isAtEnd: Bool { position == bytes.count }

    func require(_ count: Int) throws {
      guard bytes.count - position >= count else { throw Damaged() }
    }

    mutating func byte() throws -> UInt8 {
      try require(1)
      defer { position += 1 }
      return bytes[position]
    }

    mutating func number() throws -> UInt64 {
      var result: UInt64 = 0
      for shift in stride(from: UInt64(0), through: 63, by: 7) {
        let byte = try byte()
        result |= UInt64(byte & 0x7F) << shift
        if byte & 0x80 == 0 { return result }
      }
      throw Damaged()
    }

    mutating func fixed<Value: FixedWidthInteger>(_ type: Value.Type) throws -> Value {
      let size = MemoryLayout<Value>.size
      try require(size)
      defer { position += size }
      return bytes.withUnsafeBytes {
        Value(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: Value.self))
      }
    }
  }
}
