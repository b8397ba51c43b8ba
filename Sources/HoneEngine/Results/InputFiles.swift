import Foundation
import HoneData

/// The files that the user names as inputs, folders opened.
struct InputFiles {
  private static let imageEndings: Set<String> = ["jpg", "jpeg", "png", "webp", "bmp"]
  private static let endings = imageEndings.union(["csv", "tsv", "jsonl"])
  private let files: [String]

  /// The files of some paths; a folder stands for the images and tables in it and below, in order of
  /// their names.
  /// - Throws: `DataError.pathNotFound`, `DataError.emptyFolder`.
  init(_ paths: [String]) throws(DataError) {
    var files: [String] = []
    for path in paths {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw .pathNotFound(path: path, builtIn: [])
      }
      guard isFolder.boolValue else {
        files.append(path)
        continue
      }
      let inner = (FileManager.default.subpaths(atPath: path) ?? []).filter {
        Self.endings.contains(($0 as NSString).pathExtension.lowercased())
      }
      if inner.isEmpty { throw .emptyFolder(path: path) }
      files += inner.sorted().map { (path as NSString).appendingPathComponent($0) }
    }
    self.files = files
  }

  /// The files that are opened together: images all at once, tables one by one.
  func groups(asTables: Bool) -> [[String]] {
    guard asTables else { return [files] }
    let images = files.filter(Self.isImage)
    return files.filter { !Self.isImage($0) }.map { [$0] } + (images.isEmpty ? [] : [images])
  }

  private static func isImage(_ path: String) -> Bool {
    imageEndings.contains((path as NSString).pathExtension.lowercased())
  }
}
