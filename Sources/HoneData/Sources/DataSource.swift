public import Foundation

/// Finds out what the user's DATA is and opens it.
///
/// ```swift
/// let digits = try DataSource.open("digits")
/// let houses = try DataSource.open("houses.csv", options: DataOptions(target: "price"))
/// ```
public enum DataSource {
  /// Opens a built-in name, a folder or a file.
  /// - Parameters:
  ///   - reference: a built-in name (`digits`, `mnist`, `fashion-mnist`, `cifar10`), a folder of
  ///     class folders, an IDX folder, a CIFAR-10 or CIFAR-100 binary folder, a table
  ///     (CSV, TSV, JSON lines), or arrays (`.npz`, `.safetensors`, a folder of `.npy`).
  ///   - home: the folder that holds the built-in data sets that do not ship in the package.
  ///   - options: the choices that the data leave open.
  /// - Throws: `DataError`.
  public static func open(
    _ reference: String, home: URL? = nil, options: DataOptions = DataOptions()
  ) throws(DataError) -> Dataset {
    try find(reference, home: home, options: options).fitted(to: options)
  }

  private static func find(
    _ reference: String, home: URL?, options: DataOptions
  ) throws(DataError) -> Dataset {
    if reference == "digits" { return try DigitsSource.open(options: options) }
    if let known = BuiltInData.all.first(where: { $0.name == reference }) {
      return try openInstalled(known, home: home, options: options)
    }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: reference, isDirectory: &isFolder) else {
      throw DataError.pathNotFound(path: reference, builtIn: BuiltInData.all.map(\.name))
    }
    let url = URL(fileURLWithPath: reference)
    return isFolder.boolValue
      ? try openFolder(url, source: reference, options: options)
      : try openFile(url, source: reference, options: options)
  }

  private static func openInstalled(
    _ known: BuiltInData, home: URL?, options: DataOptions
  ) throws(DataError) -> Dataset {
    let folder = home?.appendingPathComponent(known.name)
    guard let folder, FileManager.default.fileExists(atPath: folder.path) else {
      throw DataError.notInstalled(name: known.name, folder: folder?.path, files: known.files)
    }
    return try openFolder(folder, source: known.name, options: options)
  }

  private static func openFolder(
    _ url: URL, source: String, options: DataOptions
  ) throws(DataError) -> Dataset {
    let names = try FolderContent.names(in: url)
    if IDXSource.recognizes(names) {
      return try IDXSource.open(url, source: source, options: options)
    }
    if let (format, folder) = CIFARSource.find(at: url, names: names) {
      return try format.open(folder, source: source, options: options)
    }
    if ArraySource.recognizes(names) {
      return try ArraySource.open(folder: url, source: source, options: options)
    }
    return try ImageFolderSource.open(url, source: source, options: options)
  }

  private static func openFile(
    _ url: URL, source: String, options: DataOptions
  ) throws(DataError) -> Dataset {
    var name = url.lastPathComponent.lowercased()
    if name.hasSuffix(".gz") { name.removeLast(3) }
    switch name.split(separator: ".").last.map(String.init) {
    case "csv", "tsv", "txt", "data", "tab", "jsonl", "json", "ndjson":
      return try TableSource.open(url, source: source, options: options)
    case let ending? where ArrayFile.endings.contains(ending):
      return try ArraySource.open(url, source: source, options: options)
    case let ending? where ImageDecoder.endings.contains(ending):
      throw DataError.unrecognized(
        path: source, found: "a single image, where a folder for each class is expected")
    case let ending:
      throw DataError.unrecognized(path: source, found: "a file ending in '\(ending ?? name)'")
    }
  }
}
