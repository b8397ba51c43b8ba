import CImage
import Foundation
import HoneNumerics
import HoneText

/// The named arrays of `.npy`, `.npz` and `.safetensors` files.
enum ArrayFile {
  /// Endings of the names of files of arrays.
  static let endings: Set<String> = ["npy", "npz", "safetensors"]

  /// Reads all arrays of a file; a `.npy` file's is named after the file.
  static func arrays(_ url: URL) throws(DataError) -> [String: StoredArray] {
    let data = try FileBytes.mapped(url)
    let path = url.path
    switch url.pathExtension.lowercased() {
    case "npy":
      let name = url.deletingPathExtension().lastPathComponent
      return [name: try NumpyFile.array(data, path: path)]
    case "npz": return try archive(data, path: path)
    default: return try safetensors(data, path: path)
    }
  }

  private static func archive(_ data: Data, path: String) throws(DataError) -> [String: StoredArray]
  {
    let entries: [String: Data]
    do throws(WeightProblem) {
      entries = try ZipDirectory(data, inflate: inflated).entries
    } catch {
      switch error {
      case .damaged(let reason), .unsupported(let reason):
        throw DataError.badFile(path: path, reason: reason.english)
      case .refusedGlobal(let name):
        throw DataError.badFile(path: path, reason: "it names the Python object \(name)")
      }
    }
    var arrays: [String: StoredArray] = [:]
    for (name, content) in entries where name.hasSuffix(".npy") {
      arrays[String(name.dropLast(4))] = try NumpyFile.array(content, path: "\(path):\(name)")
    }
    guard !arrays.isEmpty else {
      throw DataError.badFile(path: path, reason: "the archive holds no array of NumPy")
    }
    return arrays
  }

  private static func inflated(_ packed: Data, size: Int) -> Data? {
    var output: UnsafeMutablePointer<UInt8>?
    var count = 0
    var message = [CChar](repeating: 0, count: Int(CIMAGE_MESSAGE_SIZE))
    let status = packed.withUnsafeBytes { raw in
      cimage_inflate_raw(
        raw.assumingMemoryBound(to: UInt8.self).baseAddress, raw.count, size, &output, &count,
        &message)
    }
    guard status == Int32(cimage_ok.rawValue), let output else { return nil }
    return Data(
      bytesNoCopy: output, count: count, deallocator: .custom { memory, _ in cimage_free(memory) })
  }

  private static func safetensors(
    _ data: Data, path: String
  ) throws(DataError) -> [String: StoredArray] {
    do throws(FileError) {
      return try Safetensors.places(in: data, path: path).mapValues { place in
        StoredArray(shape: place.shape, elements: .numbers(place.dtype, place.bytes))
      }
    } catch {
      throw DataError.badFile(path: path, reason: error.explanation.english)
    }
  }
}
