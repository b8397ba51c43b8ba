import Foundation
import HoneRecords
import HoneStore

/// The stores that keep the contract.
enum StoreKind: CaseIterable {
  case memory, sqlite

  /// Runs a test on an empty store of this kind and cleans up after it.
  func withStore(_ body: (any RunStore) throws -> Void) throws {
    switch self {
    case .memory: try body(InMemoryStore())
    case .sqlite: try withFolder { try body(SQLiteStore(path: $0 + "/.hone/hone.sqlite")) }
    }
  }
}

/// Runs a test with a fresh folder and removes it afterwards.
func withFolder<Result>(_ body: (_ path: String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appending(path: "hone-store-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path)
}
