import Foundation
import GRDB
public import HoneRecords

/// Runs in one SQLite file, by default `.hone/hone.sqlite` beside the work.
///
/// Any number of threads and processes may use the same file: writers wait for one another, readers
/// for nobody. What a call has written survives the process being killed at any later instant.
/// Every error is a `StoreError`.
public final class SQLiteStore: RunStore {
  /// The path of the file.
  public let path: String
  /// Where the files of its runs lie.
  public let artifacts: ArtifactFolders

  private let queue: DatabaseQueue

  /// Opens the store of a file, making it and its folder if need be.
  ///
  /// A store of an older version is brought up to date, and a copy of it as it was stays beside it.
  /// - Parameters:
  ///   - path: the file.
  ///   - createsIfMissing: whether to make a file that is not there.
  ///   - waitSeconds: how long calls wait for another process before they give up.
  /// - Throws: `StoreError`.
  public convenience init(
    path: String, createsIfMissing: Bool = true, waitSeconds: Double = 10
  ) throws(StoreError) {
    try self.init(
      path: path, createsIfMissing: createsIfMissing, waitSeconds: waitSeconds,
      migrator: Schema.migrator)
  }

  init(
    path: String, createsIfMissing: Bool = true, waitSeconds: Double = 10,
    migrator: DatabaseMigrator
  ) throws(StoreError) {
    self.path = path
    artifacts = ArtifactFolders(store: path)
    if !FileManager.default.fileExists(atPath: path) {
      guard createsIfMissing else { throw .missing(path: path) }
      try createFolder(artifacts.root)
    }
    let opener = StoreOpener(path: path, waitSeconds: waitSeconds, migrator: migrator)
    queue = try opener.open()
  }

  /// Adds a run or replaces the record of the same id.
  /// - Throws: `StoreError`.
  public func save(_ run: RunRecord) throws(StoreError) {
    try checkIdentifier(run.id)
    try write { database in
      try database.cachedStatement(
        sql: """
          INSERT INTO runs (id, created, name, status, dataSource, parent, record)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (id) DO UPDATE SET created = excluded.created, name = excluded.name,
            status = excluded.status, dataSource = excluded.dataSource,
            parent = excluded.parent, record = excluded.record
          """
      ).execute(arguments: [
        run.id, run.created.timeIntervalSinceReferenceDate, run.name, run.status.rawValue,
        run.dataSource, run.parent, try CanonicalJSON.string(run),
      ])
      try database.execute(sql: "DELETE FROM tags WHERE run = ?", arguments: [run.id])
      for tag in Set(run.tags) {
        try database.execute(
          sql: "INSERT INTO tags (run, tag) VALUES (?, ?)", arguments: [run.id, tag])
      }
    }
  }

  /// Adds an epoch to a run's series, replacing one of the same number.
  /// - Throws: `StoreError`; `.notFound` where there is no such run.
  public func append(_ epoch: EpochRecord, to run: RunRecord.ID) throws(StoreError) {
    try write { database in
      try self.require(run, database)
      try database.cachedStatement(
        sql: """
          INSERT INTO epochs (run, epoch, record) VALUES (?, ?, ?)
          ON CONFLICT (run, epoch) DO UPDATE SET record = excluded.record
          """
      ).execute(arguments: [run, epoch.epoch, try CanonicalJSON.string(epoch)])
    }
  }

  /// Adds sampled steps to a run's series, replacing those of the same number.
  /// - Throws: `StoreError`; `.notFound` where there is no such run.
  public func append(_ steps: [StepRecord], to run: RunRecord.ID) throws(StoreError) {
    try write { database in
      try self.require(run, database)
      let statement = try database.cachedStatement(
        sql: """
          INSERT OR REPLACE INTO steps
            (run, step, epoch, loss, learningRate, gradientNorm, updateRatio)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """)
      for step in steps {
        try statement.execute(arguments: [
          run, step.step, step.epoch, StoredNumber(step.loss), StoredNumber(step.learningRate),
          StoredNumber(step.gradientNorm), StoredNumber(step.updateRatio),
        ])
      }
    }
  }

  /// Removes a run and its series; its artifacts are the caller's to remove.
  /// - Throws: `StoreError`; `.notFound` where there is none.
  public func delete(_ id: RunRecord.ID) throws(StoreError) {
    try write { database in
      try self.require(id, database)
      try database.execute(sql: "DELETE FROM runs WHERE id = ?", arguments: [id])
    }
  }

  /// Adds an improvement or replaces the one of the same id.
  /// - Throws: `StoreError`.
  public func save(_ improvement: ImprovementRecord) throws(StoreError) {
    try checkIdentifier(improvement.id)
    try write { database in
      try database.execute(
        sql: """
          INSERT INTO improvements (id, created, record) VALUES (?, ?, ?)
          ON CONFLICT (id) DO UPDATE SET created = excluded.created, record = excluded.record
          """,
        arguments: [
          improvement.id, improvement.created.timeIntervalSinceReferenceDate,
          try CanonicalJSON.string(improvement),
        ])
    }
  }

  /// One immediate transaction; the store is as before where it throws.
  private func write(_ body: (Database) throws -> Void) throws(StoreError) {
    do {
      try queue.write(body)
    } catch {
      throw StoreError(error, path: path)
    }
  }

  /// One consistent look at the store.
  func read<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
    do {
      return try queue.read(body)
    } catch {
      throw StoreError(error, path: path)
    }
  }
}
