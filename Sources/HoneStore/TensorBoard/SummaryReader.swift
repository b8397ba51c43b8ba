/// One `Summary.Value`: its tag, and its number or text where it has one.
struct SummaryReader {
  private(set) var tag = ""
  private(set) var number: Double?
  private(set) var text: String?

  /// Reads a message.
  /// - Throws: `ProtoReader.Damaged`.
  init(_ message: ArraySlice<UInt8>) throws {
    var reader = ProtoReader(message)
    var tensor: Tensor?
    var plugin = ""
    while let (field, value) = try reader.next() {
      switch (field, value) {
      case (1, .bytes): tag = value.text
      case (2, .fixed32(let pattern)): number = Double(Float(bitPattern: pattern))
      case (8, .bytes(let bytes)): tensor = try Tensor(bytes)
      case (9, .bytes(let bytes)): plugin = try SummaryReader.plugin(bytes)
      default: break
      }
    }
    guard number == nil, let tensor else { return }
    if let value = tensor.scalar, plugin.isEmpty || plugin == "scalars" { number = value }
    if plugin == "text" { text = tensor.strings.first }
  }

  private static func plugin(_ metadata: ArraySlice<UInt8>) throws -> String {
    var reader = ProtoReader(metadata)
    while let (field, value) = try reader.next() {
      guard field == 1 else { continue }
      var plugin = ProtoReader(value.content)
      while let (field, value) = try plugin.next() {
        if field == 1 { return value.text }
      }
    }
    return ""
  }

  /// What is needed of a `TensorProto`.
  private struct Tensor {
    var type: UInt64 = 0
    var dimensions = 0
    var content: ArraySlice<UInt8> = []
    var numbers: [Double] = []
    var strings: [String] = []

    init(_ message: ArraySlice<UInt8>) throws {
      var reader = ProtoReader(message)
      while let (field, value) = try reader.next() {
        switch (field, value) {
        case (1, .integer(let type)): self.type = type
        case (2, .bytes(let shape)): dimensions = try Tensor.count(2, in: shape)
        case (4, .bytes(let bytes)): content = bytes
        case (5, .fixed32(let pattern)): numbers.append(Double(Float(bitPattern: pattern)))
        case (5, .bytes(let packed)): numbers += Tensor.numbers(packed, type: 1)
        case (6, .fixed64(let pattern)): numbers.append(Double(bitPattern: pattern))
        case (6, .bytes(let packed)): numbers += Tensor.numbers(packed, type: 2)
        case (7, .integer(let number)), (10, .integer(let number)):
          numbers.append(Double(Int64(bitPattern: number)))
        case (7, .bytes(let packed)), (10, .bytes(let packed)):
          numbers += try ProtoReader.varints(packed).map { Double(Int64(bitPattern: $0)) }
        case (8, .bytes): strings.append(value.text)
        default: break
        }
      }
      if numbers.isEmpty { numbers = Tensor.numbers(content, type: type) }
    }

    /// The one number of a tensor without dimensions.
    var scalar: Double? { dimensions == 0 && numbers.count == 1 ? numbers[0] : nil }

    /// How many fields of a number a message has.
    private static func count(_ number: UInt64, in message: ArraySlice<UInt8>) throws -> Int {
      var reader = ProtoReader(message)
      var count = 0
      while let (field, _) = try reader.next() { if field == number { count += 1 } }
      return count
    }

    /// The numbers of bytes, of single precision (1), double (2), or whole ones of 32 (3) or 64 bits (9).
    private static func numbers(_ bytes: ArraySlice<UInt8>, type: UInt64) -> [Double] {
      let width = type == 1 || type == 3 ? 4 : 8
      guard [1, 2, 3, 9].contains(type), bytes.count % width == 0 else { return [] }
      return stride(from: bytes.startIndex, to: bytes.endIndex, by: width).map { start in
        let part = bytes[start..<start + width]
        return switch type {
        case 1: Double(Float(bitPattern: littleEndian(part)))
        case 2: Double(bitPattern: littleEndian(part))
        case 3: Double(Int32(bitPattern: littleEndian(part)))
        default: Double(Int64(bitPattern: littleEndian(part)))
        }
      }
    }
  }
}
