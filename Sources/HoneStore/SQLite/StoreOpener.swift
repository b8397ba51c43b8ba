import Foundation
import GRDB

/// Opens the file of a store: settings, identity, schema.
struct StoreOpener {
  let path: String
  let waitSeconds: Double
  /// Whether each transaction waits for the disk.
  let survivesPowerCut: Bool
  let migrator: Migrator

  /// Marks a file as a store in its header: "Hone" in ASCII.
  private static let applicationID = 0x486F_6E65

  /// The open database, its schema up to date.
  ///
  /// The switch to write-ahead logging does not wait for other processes that open a new file at the
  /// same instant, so this does, by trying again.
  func open() throws(StoreError) -> DatabaseQueue {
    do {
      return try Retry(seconds: waitSeconds)(while: isContention) { _ in
        try check()
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        if survivesPowerCut {
          try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        }
        try migrate(queue)
        return queue
      }
    } catch {
      throw StoreError(error, path: path)
    }
  }

  private var configuration: Configuration {
    var configuration = Configuration()
    configuration.label = "hone-store"
    // Also sets synchronous = NORMAL: a power cut may cost the last transactions, never the file.
    configuration.journalMode = .wal
    configuration.busyMode = .callback(wait)
    configuration.foreignKeysEnabled = true
    return configuration
  }

  /// Waits a moment for another process, and says whether to look again.
  ///
  /// SQLite's own waits grow to a tenth of a second, and whoever has waited longest looks least often:
  /// with eight processes one of a hundred transactions took 90 ms. Transactions take a fraction of a
  /// millisecond, so the pauses stay short for as long as many of them last.
  private func wait(_ earlier: Int) -> Bool {
    let (short, long) = (0.0003, 0.01)
    let (yields, shortPauses) = (10, 1000)
    guard earlier >= yields else {
      sched_yield()
      return true
    }
    let pauses = earlier - yields
    let waited =
      Double(min(pauses, shortPauses)) * short + Double(max(0, pauses - shortPauses)) * long
    guard waited < waitSeconds else { return false }
    Thread.sleep(forTimeInterval: min(pauses < shortPauses ? short : long, waitSeconds - waited))
    return true
  }

  /// Refuses databases of other programs and of later versions, before anything is written to them.
  private func check() throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    do {
      try check(readOnly: true)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY {
      // A process that was killed in its first transaction leaves a journal, which only a connection
      // that may write can roll back.
      try check(readOnly: false)
    }
  }

  private func check(readOnly: Bool) throws {
    var looking = Configuration()
    looking.readonly = readOnly
    looking.busyMode = .timeout(waitSeconds)
    try DatabaseQueue(path: path, configuration: looking).read { database in
      let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
      let tables =
        try Int.fetchOne(
          database, sql: "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'") ?? 0
      guard application == StoreOpener.applicationID || (application == 0 && tables == 0) else {
        throw StoreError.foreign(path: path)
      }
      _ = try migrator.last(SQLiteSession(database: database), store: path)
    }
  }

  private func migrate(_ queue: DatabaseQueue) throws {
    let state = try queue.read { database in
      let session = SQLiteSession(database: database)
      return (
        last: try migrator.last(session, store: path), isCurrent: try migrator.isCurrent(session)
      )
    }
    guard !state.isCurrent else { return }
    if let last = state.last { try keepCopy(queue, named: last) }
    try queue.write { database in
      try database.execute(sql: "PRAGMA application_id = \(StoreOpener.applicationID)")
      try migrator.migrate(SQLiteSession(database: database))
    }
  }

  /// Copies a store of an older version to `hone.sqlite.1-runs`, named after its last change.
  private func keepCopy(_ queue: DatabaseQueue, named last: String) throws {
    let copy = "\(path).\(last)"
    // Threads of one process may open the store at once, each with a connection of its own.
    let unfinished = "\(copy).\(getpid()).\(UUID().uuidString)"
    guard !FileManager.default.fileExists(atPath: copy) else { return }
    try? FileManager.default.removeItem(atPath: unfinished)
    defer { try? FileManager.default.removeItem(atPath: unfinished) }
    try queue.writeWithoutTransaction { database in
      try database.execute(sql: "VACUUM INTO ?", arguments: [unfinished])
    }
    // A link is never made over a copy that another process finished first.
    if link(unfinished, copy) != 0, errno != EEXIST {
      throw StoreError.cannotCreate(path: copy, reason: String(cString: strerror(errno)))
    }
  }

  private func isContention(_ error: any Error) -> Bool {
    guard let error = error as? DatabaseError else { return false }
    return error.resultCode == .SQLITE_BUSY || error.resultCode == .SQLITE_LOCKED
  }
}
