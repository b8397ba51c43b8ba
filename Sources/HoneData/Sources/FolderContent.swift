import Foundation

/// The names in folders, sorted, without hidden ones.
enum FolderContent {
  /// A file directly in a folder.
  struct File {
    let name: String
    let size: Int
    /// When its content was last written, in nanoseconds.
    let modified: Int
    let isFolder: Bool
  }

  /// The names directly in a folder.
  static func names(in folder: URL) throws(DataError) -> [String] {
    try entries(in: folder.path) { _, name in name }.sorted()
  }

  /// What lies directly in a folder, with sizes and times; a hundred thousand files take no second.
  static func files(in folder: URL) throws(DataError) -> [File] {
    let files = try entries(in: folder.path) { stream, name -> File? in
      var facts = stat()
      // What vanished since the folder was read is not there.
      guard fstatat(dirfd(stream), name, &facts, 0) == 0 else { return nil }
      #if os(Linux)
        let time = facts.st_mtim
      #else
        let time = facts.st_mtimespec
      #endif
      return File(
        name: name, size: Int(facts.st_size),
        modified: Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec),
        isFolder: facts.st_mode & S_IFMT == S_IFDIR)
    }
    return files.compactMap { $0 }.sorted { $0.name < $1.name }
  }

  /// What a closure makes of each entry that is not hidden.
  private static func entries<Entry>(
    in folder: String, _ body: (DirectoryStream, String) -> Entry
  ) throws(DataError) -> [Entry] {
    guard let stream = opendir(folder) else { throw FileBytes.unreadable(folder) }
    defer { closedir(stream) }
    var found: [Entry] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { place in
        place.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { found.append(body(stream, name)) }
    }
    return found
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

#if os(Linux)
  private typealias DirectoryStream = OpaquePointer
#else
  private typealias DirectoryStream = UnsafeMutablePointer<DIR>
#endif
