import Foundation
import HoneCommands
import HoneConfiguration
import HoneImprove
import HoneNumerics
import HoneRecords
import HoneStore

/// What an improvement was asked to do, kept beside its ledger so that it can be gone on with.
struct StoredImprovement: Codable {
  var id: String
  var created: Date
  var command: [String]
  var data: String
  var configuration: Configuration
  var budgetSeconds: Double
  var seeds: Int
  var goal: Double?
  var report: String?
  var backbone: PretrainedBackbone?

  private static let file = "improvement.json"

  /// The folder of an improvement's ledger.
  func folder(_ folders: ArtifactFolders) throws -> URL { try folders.makeFolder(of: id) }

  /// Writes the request.
  func keep(_ folders: ArtifactFolders) throws {
    let place = try folder(folders).appending(path: Self.file)
    try AtomicFile.write(try CanonicalJSON.string(self), to: place.path)
  }

  /// Removes what is only needed to go on.
  func end(_ folders: ArtifactFolders) {
    guard let folder = try? folders.folder(of: id) else { return }
    for name in [Self.file, "baseline.json", "baseline.safetensors"] {
      try? FileManager.default.removeItem(at: folder.appending(path: name))
    }
  }

  /// The interrupted improvement of an id, or the latest for `last`.
  /// - Throws: `StoreError.notFound` where there is none.
  static func read(_ reference: String, _ folders: ArtifactFolders) throws -> StoredImprovement {
    let runs = folders.root.appending(path: "runs")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: runs.path)) ?? []
    let open = names.sorted().filter { name in
      FileManager.default.fileExists(
        atPath: runs.appending(path: name).appending(path: file).path)
    }
    let matching =
      reference == "last" ? open.suffix(1) : open.filter { $0.hasPrefix(reference) }[...]
    guard matching.count == 1, let id = matching.first,
      let data = FileManager.default.contents(
        atPath: runs.appending(path: id).appending(path: file).path)
    else {
      throw StoreError.notFound(.improvement, reference: reference, nearest: Array(open.suffix(3)))
    }
    return try CanonicalJSON.decode(StoredImprovement.self, from: data)
  }
}
