import Foundation

/// The names in folders, sorted, without hidden ones.
enum FolderContent {
  /// The names directly in a folder.
  static func names(in folder: URL) throws(DataError) -> [String] {
    do {
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      return names.filter { !$0.hasPrefix(".") }.sorted()
    } catch {
      throw DataError.unreadable(path: folder.path, reason: FileBytes.reason(of: error))
    }
  }

  /// Whether a folder lies at the path.
  static func isFolder(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
    return exists && isFolder.boolValue
  }

  /// The first of some names that is there, plain or compressed.
  static func file(in folder: URL, named candidates: [String]) -> URL? {
    for name in candidates.flatMap({ [$0, $0 + ".gz"] }) {
      let url = folder.appendingPathComponent(name)
      if FileManager.default.fileExists(atPath: url.path) { return url }
    }
    return nil
  }
}
