/// Which database speaks, for the few words that differ.
///
/// Statements are written once, with `?` for arguments and in what SQLite and PostgreSQL share:
/// `ON CONFLICT … DO UPDATE`, `RETURNING`, `COALESCE`. Column names are read by position, never by
/// name, because PostgreSQL folds their case.
package enum SQLDialect: Sendable {
  case sqlite
  case postgresql

  /// The table that lists the changes made to the schema.
  ///
  /// SQLite's is the one that the first version
  /// used, so that it too refuses the stores of later ones.
  var migrationTable: String {
    switch self {
    case .sqlite: "grdb_migrations"
    case .postgresql: "hone_migrations"
    }
  }

  /// A statement that makes tables, written with SQLite's words for types, in the database's own.
  ///
  /// PostgreSQL compares text byte by byte, as SQLite does, whatever the database's language.
  package func schema(_ sql: String) -> String {
    switch self {
    case .sqlite: return sql
    case .postgresql:
      return sql.replacing(" WITHOUT ROWID", with: "").replacing("INTEGER", with: "BIGINT")
        .replacing("REAL", with: "DOUBLE PRECISION").replacing("BLOB", with: "BYTEA")
        .replacing("TEXT", with: "TEXT COLLATE \"C\"")
    }
  }

  /// A statement with `?` for its arguments, in the database's own form.
  func numbered(_ sql: String) -> String {
    guard self == .postgresql else { return sql }
    var result = ""
    var count = 0
    var isQuoted = false
    for character in sql {
      if character == "'" { isQuoted.toggle() }
      guard character == "?", !isQuoted else {
        result.append(character)
        continue
      }
      count += 1
      result += "$\(count)"
    }
    return result
  }

  /// What follows a `SELECT` that claims a row for the transaction; rows that others hold are passed
  /// over.
  ///
  /// SQLite has one writer at a time and needs nothing.
  package var claiming: String {
    switch self {
    case .sqlite: ""
    case .postgresql: " FOR UPDATE SKIP LOCKED"
    }
  }

  /// What follows a `SELECT` of one row that the transaction is about to change.
  package var locking: String {
    switch self {
    case .sqlite: ""
    case .postgresql: " FOR UPDATE"
    }
  }
}
