import Foundation
import HoneNumerics
import HoneRecords
import HoneStore
import HoneTrain

/// The files that a run leaves, for the store's list of them.
struct RunFiles {
  private var files: [(kind: String, url: URL)] = []

  /// The files of a run.
  /// - Parameters:
  ///   - place: where its model and kept epochs lie.
  ///   - logs: the files of its logs.
  ///   - events: its file for TensorBoard; nil where there is none.
  init(of place: RunPlace, logs: [String], events: String?) {
    files = [("model", place.model)]
    files += WeightKeeper.files(in: place.folder.path).map { ("model", URL(filePath: $0.path)) }
    files += logs.map { ("log", URL(filePath: $0)) }
    if let events { files.append(("events", URL(filePath: events))) }
  }

  /// Puts those that exist into the store's list; models with their digest, as they do not change.
  /// - Throws: `StoreError`.
  func note(_ run: RunRecord.ID, in store: any RunStore, _ folders: ArtifactFolders) throws {
    for (kind, url) in files {
      guard let attributes = try? FileManager.default.attributesOfItem(atPath: url.path),
        let bytes = (attributes[.size] as? NSNumber)?.intValue
      else { continue }
      let digest = kind == "model" ? Self.digest(of: url) : nil
      try store.append(
        ArtifactRecord(
          path: folders.relativePath(of: url), kind: kind, bytes: bytes, digest: digest), to: run)
    }
  }

  /// The SHA-256 of a file, read in pieces; nil where it cannot be read.
  private static func digest(of url: URL) -> String? {
    guard let handle = try? FileHandle(forReadingFrom: url) else { return nil }
    defer { try? handle.close() }
    var hash = SHA256()
    do {
      while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
        piece.withUnsafeBytes { hash.update($0) }
      }
    } catch {
      return nil
    }
    return hash.hexDigest
  }
}
