import Foundation

/// The checked header of a safetensors file.
struct SafetensorsHeader {
  struct Entry {
    var dtype: DType
    var shape: [Int]
    var begin: Int
    var end: Int
  }

  var entries: [String: Entry] = [:]
  var metadata: [String: String] = [:]
  /// Where the data begins in the file.
  var dataStart: Int

  /// The reference implementation's limit.
  static let maximumHeaderBytes = 100_000_000

  static let names: [DType: String] = [
    .uint8: "U8", .int8: "I8", .int16: "I16", .int32: "I32", .int64: "I64", .float16: "F16",
    .bfloat16: "BF16", .float32: "F32", .float64: "F64", .bool: "BOOL",
  ]
  static let types = Dictionary(uniqueKeysWithValues: names.map { ($1, $0) })

  init(_ data: Data, path: String) throws(FileError) {
    guard data.count >= 8 else {
      throw .malformed(path: path, reason: "\(data.count) bytes are too few for a header")
    }
    let length = data.prefix(8).enumerated().reduce(UInt64(0)) { sum, byte in
      sum | UInt64(byte.element) << (8 * UInt64(byte.offset))
    }
    guard length <= UInt64(min(Self.maximumHeaderBytes, data.count - 8)) else {
      throw .malformed(
        path: path, reason: "the header claims \(length) bytes, the file has \(data.count)")
    }
    dataStart = 8 + Int(length)
    let json = data[(data.startIndex + 8)..<(data.startIndex + dataStart)]
    let fields: [String: Field]
    do {
      fields = try JSONDecoder().decode([String: Field].self, from: json)
    } catch {
      throw .malformed(path: path, reason: "the header is not valid JSON of the format")
    }
    try read(fields, dataBytes: data.count - dataStart, path: path)
  }

  /// The bytes of an array of the file that the header is of.
  func bytes(of entry: Entry, in data: Data) -> Data {
    let start = data.startIndex + dataStart
    return data[(start + entry.begin)..<(start + entry.end)]
  }

  private mutating func read(
    _ fields: [String: Field], dataBytes: Int, path: String
  ) throws(FileError) {
    for (name, field) in fields {
      switch field {
      case .metadata(let text):
        guard name == "__metadata__" else {
          throw .malformed(path: path, reason: "'\(name)' does not describe a tensor")
        }
        metadata = text
      case .tensor(let tensor):
        entries[name] = try Self.entry(name, tensor, dataBytes: dataBytes, path: path)
      }
    }
    // Data that overlaps would let a small file claim huge contents.
    var end = 0
    for entry in entries.values.sorted(by: { ($0.begin, $0.end) < ($1.begin, $1.end) }) {
      guard entry.begin == end else {
        throw .malformed(path: path, reason: "the tensors' data overlaps or leaves a gap")
      }
      end = entry.end
    }
    guard end == dataBytes else {
      throw .malformed(
        path: path, reason: "the header describes \(end) bytes of data, the file has \(dataBytes)")
    }
  }

  private static func entry(
    _ name: String, _ tensor: Field.Tensor, dataBytes: Int, path: String
  ) throws(FileError) -> Entry {
    guard let dtype = types[tensor.dtype] else {
      throw .malformed(path: path, reason: "'\(name)' has the unknown type \(tensor.dtype)")
    }
    var bytes = dtype.size
    for extent in tensor.shape {
      let (product, overflow) = bytes.multipliedReportingOverflow(by: extent)
      guard extent >= 0, !overflow else {
        throw .malformed(path: path, reason: "'\(name)' has the shape \(tensor.shape)")
      }
      bytes = product
    }
    let offsets = tensor.dataOffsets
    guard offsets.count == 2, 0 <= offsets[0], offsets[0] <= offsets[1], offsets[1] <= dataBytes,
      offsets[1] - offsets[0] == bytes
    else {
      throw .malformed(
        path: path,
        reason: "'\(name)' of \(tensor.dtype) \(tensor.shape) does not fit its offsets \(offsets)")
    }
    return Entry(dtype: dtype, shape: tensor.shape, begin: offsets[0], end: offsets[1])
  }

  /// The length, the JSON and spaces up to a multiple of eight bytes.
  static func encode(
    names: [String], tensors: [String: HostTensor], metadata: [String: String]
  ) -> [UInt8] {
    var fields: [String: Field] = metadata.isEmpty ? [:] : ["__metadata__": .metadata(metadata)]
    var offset = 0
    for name in names {
      guard let tensor = tensors[name], let type = Self.names[tensor.dtype] else { continue }
      let end = offset + tensor.bytes.count
      fields[name] = .tensor(
        .init(dtype: type, shape: tensor.shape, dataOffsets: [offset, end]))
      offset = end
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Strings and whole numbers always encode.
    var json = (try? encoder.encode(fields)).map { [UInt8]($0) } ?? []
    json += [UInt8](repeating: UInt8(ascii: " "), count: (8 - json.count % 8) % 8)
    let length = UInt64(json.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) } + json
  }

  /// One value of the header: a tensor's description, or the metadata.
  enum Field: Codable {
    struct Tensor: Codable {
      var dtype: String
      var shape: [Int]
      var dataOffsets: [Int]

      enum CodingKeys: String, CodingKey {
        case dtype, shape
        case dataOffsets = "data_offsets"
      }
    }
    case tensor(Tensor)
    case metadata([String: String])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let tensor = try? container.decode(Tensor.self) {
        self = .tensor(tensor)
      } else {
        self = .metadata(try container.decode([String: String].self))
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .tensor(let tensor): try container.encode(tensor)
      case .metadata(let text): try container.encode(text)
      }
    }
  }
}
