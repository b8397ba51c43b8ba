public import Foundation

/// Named arrays and text metadata in the safetensors format, version 1 of
/// https://github.com/huggingface/safetensors: a JSON header that is checked before any byte of data
/// is touched, and no code to execute.
public struct Safetensors: Sendable, Equatable {
  /// The arrays by name.
  public var tensors: [String: HostTensor]
  /// Free text by name.
  public var metadata: [String: String]

  /// A collection of arrays.
  public init(tensors: [String: HostTensor] = [:], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }
}

extension Safetensors {
  /// Reads a file.
  /// - Throws: `FileError.notFound`, or `.malformed` with what is wrong with the file.
  public init(contentsOf path: String) throws(FileError) {
    guard FileManager.default.fileExists(atPath: path) else { throw .notFound(path: path) }
    let data: Data
    do {
      data = try Data(mapping: URL(fileURLWithPath: path))
    } catch {
      throw .inputOutput(path: path, reason: error.localizedDescription)
    }
    try self.init(data, path: path)
  }

  /// Reads the bytes of a file.
  /// - Throws: `FileError.malformed` with what is wrong with the bytes.
  public init(_ data: Data, path: String = "safetensors") throws(FileError) {
    let header = try SafetensorsHeader(data, path: path)
    var tensors: [String: HostTensor] = [:]
    for (name, entry) in header.entries {
      tensors[name] = HostTensor(
        dtype: entry.dtype, shape: entry.shape, bytes: [UInt8](header.bytes(of: entry, in: data)))
    }
    self.init(tensors: tensors, metadata: header.metadata)
  }

  /// The arrays of a file where they lie in it, without a copy.
  /// - Throws: `FileError.malformed` with what is wrong with the bytes.
  package static func places(
    in data: Data, path: String
  ) throws(FileError) -> [String: (dtype: DType, shape: [Int], bytes: Data)] {
    let header = try SafetensorsHeader(data, path: path)
    return header.entries.mapValues { ($0.dtype, $0.shape, header.bytes(of: $0, in: data)) }
  }

  /// Writes a file atomically; equal contents give equal bytes.
  /// - Throws: `FileError` where the folder or the disk refuses.
  public func write(to path: String) throws(FileError) {
    try AtomicFile.write(parts, to: path)
  }

  /// The bytes of a file.
  public var bytes: [UInt8] { Array(parts.joined()) }

  /// The header and the arrays, one after the other.
  private var parts: [[UInt8]] {
    let names = tensors.keys.sorted()
    let header = SafetensorsHeader.encode(names: names, tensors: tensors, metadata: metadata)
    return [header] + names.compactMap { tensors[$0]?.bytes }
  }
}
