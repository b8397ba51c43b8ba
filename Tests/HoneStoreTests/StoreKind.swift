import Foundation
import HoneRecords
import HoneStore

/// The stores that keep the contract; PostgreSQL's where it is installed.
enum StoreKind: CaseIterable {
  case memory, sqlite, postgresql

  static var allCases: [StoreKind] {
    PostgreSQLServer.shared == nil ? [.memory, .sqlite] : [.memory, .sqlite, .postgresql]
  }

  /// The kinds that outlive a process.
  static var lasting: [StoreKind] { allCases.filter { $0 != .memory } }

  /// Runs a test on an empty store of this kind and cleans up after it.
  func withStore(_ body: (any RunStore) throws -> Void) throws {
    switch self {
    case .memory: try body(InMemoryStore())
    case .sqlite, .postgresql: try withAddress { try body(openStore($0)) }
    }
  }

  /// Runs a test with the name of a store of this kind that nobody has made yet.
  func withAddress<Result>(_ body: (String) throws -> Result) throws -> Result {
    if self == .postgresql, let server = PostgreSQLServer.shared {
      return try body(server.freshAddress())
    }
    return try withFolder { try body($0 + "/.hone/hone.sqlite") }
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
