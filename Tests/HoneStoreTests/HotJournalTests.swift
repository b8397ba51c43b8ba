import Foundation
import GRDB
import HoneRecords
import Testing

@testable import HoneStore

@Suite struct HotJournalTests {
  /// A store's file in the middle of a transaction with a rollback journal, as a killed process leaves it.
  private func interrupted(in folder: String) throws -> String {
    let whole = folder + "/whole.sqlite"
    try SQLiteStore(path: whole).save(Samples.run("a"))
    let left = folder + "/left.sqlite"
    let queue = try DatabaseQueue(path: whole)
    try queue.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA cache_size = 5")
      try database.execute(sql: "BEGIN IMMEDIATE; CREATE TABLE filler(content BLOB)")
      for _ in 0..<200 { try database.execute(sql: "INSERT INTO filler VALUES (randomblob(5000))") }
      // What does not fit into the cache is in the file already, and what it replaced in the journal.
      for suffix in ["", "-journal"] {
        try FileManager.default.copyItem(atPath: whole + suffix, toPath: left + suffix)
      }
      try database.execute(sql: "ROLLBACK")
    }
    return left
  }

  @Test("a store whose process was killed within a transaction is rolled back and opened")
  func rollsBack() throws {
    try withFolder { folder in
      let path = try interrupted(in: folder)
      #expect(FileManager.default.fileExists(atPath: path + "-journal"))
      #expect(try SQLiteStore(path: path).run("a") == Samples.run("a"))
      let tables = try DatabaseQueue(path: path).read { database in
        try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE name = 'filler'")
      }
      #expect(tables.isEmpty)
    }
  }
}
