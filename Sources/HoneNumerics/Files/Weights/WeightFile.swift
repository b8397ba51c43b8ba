public import Foundation

/// The named arrays of a file of weights.
///
/// The file is in safetensors, or in the zip form of `torch.save` (PyTorch 1.6 and later) or in its
/// older form; the content decides which it is, not the name.
///
/// Nothing in the file is executed: pickled values are read by a machine that knows tensors, plain
/// containers, numbers and text, and refuses every other Python name. The file is mapped; its arrays
/// are copied once.
///
/// ```swift
/// let file = try WeightFile(contentsOf: "resnet18.pth")
/// print(file.format, file.entries.count, file.location)
/// ```
public struct WeightFile: Sendable {
  /// How arrays are stored in a file.
  public enum Format: String, Sendable, Codable {
    case safetensors
    /// A zip archive of `torch.save`.
    case torch
    /// The form of `torch.save` before PyTorch 1.6.
    case torchLegacy
  }

  /// One named array.
  public struct Entry: Sendable, Hashable {
    /// The name in the file.
    public let name: String
    /// The values, dense, in this machine's byte order.
    public let value: HostTensor
  }

  /// Where the file lies.
  public let path: String
  /// How its arrays are stored.
  public let format: Format
  /// The arrays: those of `torch.save` in the file's order, those of safetensors by name.
  public let entries: [Entry]
  /// The keys under which the arrays were found, joined by dots: `state_dict`; empty at the top.
  public let location: String
  /// The bytes of the file.
  public let byteCount: Int
  /// The SHA-256 of the file's content in hexadecimal digits.
  public let sha256: String

  /// Reads a file.
  /// - Throws: `WeightFileError` with what is wrong with the file, before more memory is taken than
  ///   some multiple of its size.
  public init(contentsOf path: String) throws(WeightFileError) {
    guard FileManager.default.fileExists(atPath: path) else {
      throw .unreadable(.notFound(path: path))
    }
    let data: Data
    do {
      data = try Data(mapping: URL(fileURLWithPath: path))
    } catch {
      throw .unreadable(.inputOutput(path: path, reason: error.localizedDescription))
    }
    try self.init(data, path: path)
  }

  /// Reads the bytes of a file.
  /// - Parameters:
  ///   - data: the bytes.
  ///   - path: what messages call the file.
  /// - Throws: `WeightFileError` with what is wrong with the bytes.
  public init(_ data: Data, path: String = "weights") throws(WeightFileError) {
    let (format, location, entries) = try Self.read(data, path: path)
    guard !entries.isEmpty else { throw .noState(path: path) }
    self.path = path
    self.format = format
    self.location = location
    self.entries = entries
    byteCount = data.count
    sha256 = data.hexDigest
  }

  private static func read(
    _ data: Data, path: String
  ) throws(WeightFileError) -> (Format, String, [Entry]) {
    do throws(WeightProblem) {
      if data.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
        return try entries(of: TorchFile(zip: data), as: .torch)
      }
      if data.starts(with: TorchFile.legacyMagic) {
        return try entries(of: TorchFile(legacy: data), as: .torchLegacy)
      }
    } catch {
      throw error.error(path: path)
    }
    // The header's length in eight bytes, then its JSON.
    guard data.count > 8, data[data.startIndex + 8] == UInt8(ascii: "{") else {
      throw .unknownFormat(path: path)
    }
    do throws(FileError) {
      let tensors = try Safetensors(data, path: path).tensors
      let entries = tensors.sorted { $0.key < $1.key }.map { Entry(name: $0.key, value: $0.value) }
      return (.safetensors, "", entries)
    } catch {
      throw .unreadable(error)
    }
  }

  private static func entries(
    of file: TorchFile, as format: Format
  ) throws(WeightProblem) -> (Format, String, [Entry]) {
    let search = StateSearch(file.heap, root: file.root)
    let entries = try file.dense(search.named).map { Entry(name: $0.name, value: $0.value) }
    return (format, search.location, entries)
  }
}

extension Data {
  /// The SHA-256 of the bytes, without a copy of them.
  fileprivate var hexDigest: String {
    var hash = SHA256()
    withUnsafeBytes { hash.update($0) }
    return hash.hexDigest
  }
}
