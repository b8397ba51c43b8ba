import Foundation
import GRDB

/// Opens the file of a store: settings, identity, schema.
struct StoreOpener {
  let path: String
  let waitSeconds: Double
  let migrator: DatabaseMigrator

  /// The open database, its schema up to date.
  ///
  /// The switch to write-ahead logging and the first schema change do not wait for other processes
  /// that open a new file at the same instant, so this does, by trying again.
  func open() throws(StoreError) -> DatabaseQueue {
    let deadline = Date(timeIntervalSinceNow: waitSeconds)
    while true {
      do {
        try check()
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try migrate(queue)
        return queue
      } catch {
        let isContention = (error as? DatabaseError).map(isContention) ?? false
        guard isContention, Date() < deadline else { throw StoreError(error, path: path) }
        Thread.sleep(forTimeInterval: 0.02)
      }
    }
  }

  private var configuration: Configuration {
    var configuration = Configuration()
    configuration.label = "hone-store"
    // Also sets synchronous = NORMAL: a power cut may cost the last transactions, never the file.
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(waitSeconds)
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase { database in
      database.add(
        function: DatabaseFunction("mentions", argumentCount: 2, pure: true) { values in
          guard let text = String.fromDatabaseValue(values[0]),
            let part = String.fromDatabaseValue(values[1])
          else { return false }
          return mentions(text, part)
        })
    }
    return configuration
  }

  /// Refuses databases of other programs and of later versions, before anything is written to them.
  private func check() throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    var readOnly = Configuration()
    readOnly.readonly = true
    readOnly.busyMode = .timeout(waitSeconds)
    try DatabaseQueue(path: path, configuration: readOnly).read { database in
      let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
      let tables =
        try Int.fetchOne(
          database, sql: "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'") ?? 0
      guard application == Schema.applicationID || (application == 0 && tables == 0) else {
        throw StoreError.foreign(path: path)
      }
      let unknown = try migrator.appliedIdentifiers(database).subtracting(migrator.migrations)
      guard unknown.isEmpty else {
        throw StoreError.newerSchema(path: path, changes: unknown.sorted())
      }
    }
  }

  private func migrate(_ queue: DatabaseQueue) throws {
    let applied = try queue.read { try migrator.appliedIdentifiers($0) }
    guard applied.count < migrator.migrations.count else { return }
    if !applied.isEmpty { try keepCopy(queue, before: applied) }
    try queue.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
    }
    try migrator.migrate(queue)
  }

  /// Copies a store of an older version to `hone.sqlite.1-runs`, named after its last change.
  private func keepCopy(_ queue: DatabaseQueue, before applied: Set<String>) throws {
    guard let last = migrator.migrations.last(where: applied.contains) else { return }
    let copy = "\(path).\(last)"
    guard !FileManager.default.fileExists(atPath: copy) else { return }
    try queue.writeWithoutTransaction { database in
      try database.execute(sql: "VACUUM INTO ?", arguments: [copy])
    }
  }

  private func isContention(_ error: DatabaseError) -> Bool {
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: true
    // Another process made the same change first.
    case .SQLITE_ERROR: error.message?.contains("already exists") == true
    case .SQLITE_CONSTRAINT: error.message?.contains("grdb_migrations") == true
    default: false
    }
  }
}
