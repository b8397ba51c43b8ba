public import Foundation
public import HoneRecords

/// Where the files of runs lie: checkpoints, predictions, pictures, each run's in a folder of its own
/// beside the store, `runs/<id>`.
public struct ArtifactFolders: Sendable, Equatable {
  /// The folder that holds the store's file; paths in records are relative to it.
  public let root: URL

  /// The folders beside a store.
  /// - Parameter store: the path of the store's file; for a PostgreSQL address, whose runs keep their
  ///   files on the machine that made them, the folders are in `.hone` of the working folder.
  public init(store: String) {
    let file = PostgreSQLStore.isAddress(store) ? ".hone/hone.sqlite" : store
    root = URL(filePath: file).absoluteURL.deletingLastPathComponent()
  }

  /// The folder of a run or an improvement, whether or not it exists.
  /// - Throws: `StoreError.invalidIdentifier` for an id that could lead out of the store's folder.
  public func folder(of id: RunRecord.ID) throws(StoreError) -> URL {
    try checkIdentifier(id)
    return root.appending(components: "runs", id, directoryHint: .isDirectory)
  }

  /// The folder of a run or an improvement, made if need be.
  /// - Throws: `StoreError`.
  public func makeFolder(of id: RunRecord.ID) throws(StoreError) -> URL {
    let folder = try folder(of: id)
    try createFolder(folder)
    return folder
  }

  /// Removes the folder of a run or an improvement with all in it; does nothing where there is none.
  /// - Throws: `StoreError`.
  public func removeFolder(of id: RunRecord.ID) throws(StoreError) {
    let folder = try folder(of: id)
    guard FileManager.default.fileExists(atPath: folder.path) else { return }
    do {
      try FileManager.default.removeItem(at: folder)
    } catch {
      throw .inputOutput(path: folder.path, reason: error.localizedDescription)
    }
  }

  /// The path of a file as records keep it: relative to the store's folder where it lies within.
  public func relativePath(of file: URL) -> String {
    let path = file.absoluteURL.standardizedFileURL.path
    let base = root.standardizedFileURL.path
    let prefix = base.hasSuffix("/") ? base : base + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }

  /// The file that a path in a record names.
  public func file(at path: String) -> URL {
    path.hasPrefix("/") ? URL(filePath: path) : root.appending(path: path)
  }
}

/// Refuses ids that cannot name a folder.
func checkIdentifier(_ id: String) throws(StoreError) {
  let isPlain = id.unicodeScalars.allSatisfy { scalar in
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".": true
    default: false
    }
  }
  guard isPlain, !id.isEmpty, !id.hasPrefix("."), id.utf8.count <= 200 else {
    throw .invalidIdentifier(id)
  }
}

/// Makes a folder and those above it.
func createFolder(_ folder: URL) throws(StoreError) {
  do {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  } catch {
    if let code = (error as? CocoaError)?.code, code == .fileWriteOutOfSpace {
      throw .diskFull(path: folder.path)
    }
    throw .cannotCreate(path: folder.path, reason: error.localizedDescription)
  }
}
