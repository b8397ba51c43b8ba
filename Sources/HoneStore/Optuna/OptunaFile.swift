public import Foundation
import GRDB
public import HoneRecords
import HoneText

/// Studies in a SQLite file as Optuna keeps them (schema version 12, Optuna 3.2 to 5.0).
///
/// ```swift
/// let studies = try OptunaFile(path: "optuna.db").studies()
/// ```
public struct OptunaFile: Sendable {
  /// The file's path.
  public let path: String
  let time: OptunaTime

  /// A file, which need not be there yet.
  /// - Parameter timeZone: the zone of the file's clock, which it does not name.
  public init(path: String, timeZone: TimeZone = .current) {
    self.path = path
    time = OptunaTime(timeZone)
  }

  /// Whether a file is a database of SQLite's.
  public static func isDatabase(_ path: String) -> Bool {
    guard let handle = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? handle.close() }
    return (try? handle.read(upToCount: 16)) == Data("SQLite format 3\u{0}".utf8)
  }

  /// All studies of the file, by name.
  /// - Throws: `StoreError.notOptuna` for a file of something else or of an older Optuna.
  public func studies() throws(StoreError) -> [OptunaStudy] {
    guard FileManager.default.fileExists(atPath: path) else { throw .missing(path: path) }
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      return try queue.read { database in
        let session = SQLiteSession(database: database)
        try check(session)
        return try OptunaReader(session: session, time: time).studies()
      }
    } catch {
      throw StoreError(error, path: path)
    }
  }

  /// Adds a study to the file, making the file and its tables where they are not there.
  /// - Throws: `StoreError.studyExists` where the file has a study of the name; `.notOptuna` for a file
  ///   of something else; the file is as before.
  public func add(_ study: OptunaStudy) throws(StoreError) {
    let isNew = !FileManager.default.fileExists(atPath: path)
    do {
      var configuration = Configuration()
      configuration.busyMode = .timeout(10)
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.write { database in
        let session = SQLiteSession(database: database)
        if isNew { try makeTables(session) } else { try check(session) }
        try OptunaWriter(session: session, time: time).write(study)
      }
    } catch {
      if isNew { try? FileManager.default.removeItem(atPath: path) }
      throw StoreError(error, path: path)
    }
  }

  private func makeTables(_ session: SQLiteSession) throws {
    for statement in OptunaSchema.statements { try session.execute(statement) }
    try session.execute(
      "INSERT INTO alembic_version VALUES (?)", [.text(OptunaSchema.migration)])
    try session.execute(
      "INSERT INTO version_info VALUES (1, ?, ?)",
      [.integer(OptunaSchema.version), .text(OptunaSchema.release)])
  }

  /// Refuses what is not Optuna's, or has the tables of an older one.
  private func check(_ session: SQLiteSession) throws {
    guard try session.hasTable("version_info"), try session.hasTable("trials") else {
      throw StoreError.notOptuna(
        path: path,
        reason: Localized(
          "it has no tables of Optuna's.", korean: "Optuna의 표가 없습니다."))
    }
    for (table, column) in OptunaSchema.needed {
      let columns = try session.rows("SELECT name FROM pragma_table_info(?)", [.text(table)])
      guard try columns.contains(where: { try $0.text(0) == column }) else {
        throw StoreError.notOptuna(
          path: path,
          reason: Localized(
            "it is of an older Optuna (no \(table).\(column)). Bring it up to date with `optuna storage "
              + "upgrade --storage sqlite:///FILE`.",
            korean: "더 오래된 Optuna의 파일입니다(\(table).\(column) 없음). `optuna storage upgrade "
              + "--storage sqlite:///FILE`로 갱신하십시오."))
      }
    }
  }
}
