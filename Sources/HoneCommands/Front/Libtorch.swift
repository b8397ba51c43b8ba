import Foundation

/// A libtorch on the disk, as far as it shows without loading it.
struct Libtorch: Equatable {
  /// The oldest version that Hone works with.
  static let minimum = "2.13"

  /// The folder that holds `include` and `lib`.
  let folder: String
  /// Libraries that are needed and not there.
  let missing: [String]
  /// The version that the folder's own files tell; nil where they do not.
  let version: String?
  /// Whether the CUDA library is there.
  let hasCUDA: Bool

  /// Looks at the folder that LIBTORCH names, or else at the one that the bootstrap links.
  init(_ environment: CommandEnvironment) {
    let named = environment.variables["LIBTORCH"].flatMap { $0.isEmpty ? nil : $0 }
    folder = named ?? environment.cacheFolder + "/libtorch"
    let folder = folder
    let has = { (name: String) in
      FileManager.default.fileExists(atPath: "\(folder)/lib/\(name)")
    }
    #if os(macOS)
      let names = ["libtorch_cpu.dylib", "libc10.dylib"]
    #else
      let names = ["libtorch_cpu.so", "libc10.so"]
    #endif
    missing = names.filter { !has($0) }
    hasCUDA = has("libtorch_cuda.so")
    version = Libtorch.version(of: folder)
  }

  /// Whether the version is known to be older than Hone needs.
  var isTooOld: Bool {
    guard let version else { return false }
    let parts = version.split(separator: ".").prefix(2).compactMap { Int($0) }
    let needed = Libtorch.minimum.split(separator: ".").compactMap { Int($0) }
    return parts.count == 2 && parts.lexicographicallyPrecedes(needed)
  }

  /// Wheels carry `version.py`, archives `build-version`.
  private static func version(of folder: String) -> String? {
    if let text = try? String(contentsOfFile: "\(folder)/version.py", encoding: .utf8) {
      for line in text.split(separator: "\n") where line.hasPrefix("__version__") {
        let words = line.split { $0 == "'" || $0 == "\"" }
        if words.count >= 2 { return String(words[1]) }
      }
    }
    let text = try? String(contentsOfFile: "\(folder)/build-version", encoding: .utf8)
    return text?.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
