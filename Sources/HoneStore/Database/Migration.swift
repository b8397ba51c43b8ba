/// One named change of a store's tables; the list of them is only ever added to.
package struct Migration: Sendable {
  /// The name under which stores remember the change: `2-series`.
  package let name: String
  let apply: @Sendable (any SQLSession) throws -> Void

  package init(_ name: String, _ apply: @escaping @Sendable (any SQLSession) throws -> Void) {
    self.name = name
    self.apply = apply
  }
}

/// Brings a database's tables up to date.
struct Migrator: Sendable {
  let migrations: [Migration]

  /// The names of the changes that a database has had; none in an empty one.
  func applied(_ session: any SQLSession) throws -> Set<String> {
    let table = session.dialect.migrationTable
    guard try session.hasTable(table) else { return [] }
    return Set(try session.rows("SELECT identifier FROM \(table)").map { try $0.text(0) })
  }

  /// The last change that a database has had; nil in an empty one.
  /// - Throws: `StoreError.newerSchema` where it has had one that this version does not know,
  ///   `StoreError.foreign` where its tables are somebody else's.
  func last(_ session: any SQLSession, store: String) throws -> String? {
    let applied = try applied(session)
    let unknown = applied.subtracting(migrations.map(\.name))
    guard unknown.isEmpty else {
      throw StoreError.newerSchema(path: store, changes: unknown.sorted())
    }
    if applied.isEmpty, try session.hasTable("runs") { throw StoreError.foreign(path: store) }
    return migrations.last { applied.contains($0.name) }?.name
  }

  /// Whether all changes have been made.
  func isCurrent(_ session: any SQLSession) throws -> Bool {
    try applied(session).isSuperset(of: migrations.map(\.name))
  }

  /// Makes the changes that are missing, inside the session's transaction.
  func migrate(_ session: any SQLSession) throws {
    let table = session.dialect.migrationTable
    let applied = try applied(session)
    try session.execute(
      session.dialect.schema(
        "CREATE TABLE IF NOT EXISTS \(table) (identifier TEXT NOT NULL PRIMARY KEY)"))
    for migration in migrations where !applied.contains(migration.name) {
      try migration.apply(session)
      try session.execute("INSERT INTO \(table) (identifier) VALUES (?)", [.text(migration.name)])
    }
  }
}

extension SQLSession {
  /// Makes several statements that make or change tables, in SQLite's words for types.
  package func changeTables(_ statements: String) throws {
    for statement in dialect.schema(statements).split(separator: ";") {
      let sql = statement.trimmingPrefix(while: \.isWhitespace)
      if !sql.isEmpty { try execute(String(sql)) }
    }
  }

  /// Whether the store has a table.
  func hasTable(_ name: String) throws -> Bool {
    let sql =
      switch dialect {
      case .sqlite: "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
      case .postgresql:
        "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = ?"
      }
    return try row(sql, [.text(name)])?.integer(0) ?? 0 > 0
  }
}
