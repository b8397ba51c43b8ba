import Foundation
import GRDB
import HoneRecords
import HoneText
import Testing

@testable import HoneStore

struct SQLiteStoreTests {
  @Test("opening makes the folder, and what was stored is there when opened again")
  func reopen() throws {
    try withFolder { folder in
      let path = folder + "/deep/.hone/hone.sqlite"
      try SQLiteStore(path: path).save(Samples.run("a"))
      #expect(try SQLiteStore(path: path).run("a") == Samples.run("a"))
    }
  }

  @Test("a store that must exist is not made")
  func missing() throws {
    try withFolder { folder in
      let path = folder + "/.hone/hone.sqlite"
      #expect(throws: StoreError.missing(path: path)) {
        try SQLiteStore(path: path, createsIfMissing: false)
      }
      #expect(!FileManager.default.fileExists(atPath: folder + "/.hone"))
    }
  }

  @Test("a file where the folder should be cannot hold a store")
  func fileInTheWay() throws {
    try withFolder { folder in
      try Data().write(to: URL(filePath: folder + "/.hone"))
      let error = #expect(throws: StoreError.self) {
        try SQLiteStore(path: folder + "/.hone/hone.sqlite")
      }
      #expect(error?.exitStatus == .cannotCreateOutput)
    }
  }

  @Test("a file that is no database is refused as damaged")
  func notADatabase() throws {
    try withFolder { folder in
      let path = folder + "/hone.sqlite"
      let bytes = Data(repeating: 7, count: 5000)
      try bytes.write(to: URL(filePath: path))
      let error = #expect(throws: StoreError.self) { try SQLiteStore(path: path) }
      #expect(error?.exitStatus == .badData)
      #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
    }
  }

  @Test("another program's database is refused and left alone")
  func foreign() throws {
    try withFolder { folder in
      let path = folder + "/other.sqlite"
      try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE theirs (x)") }
      let before = try Data(contentsOf: URL(filePath: path))
      #expect(throws: StoreError.foreign(path: path)) { try SQLiteStore(path: path) }
      #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }
  }

  private static let later =
    Schema.migrations + [
      Migration("9-later") { try $0.changeTables("CREATE TABLE later (x REAL)") }
    ]

  @Test("a store of a later version is refused by the name of what is unknown")
  func newer() throws {
    try withFolder { folder in
      let path = folder + "/hone.sqlite"
      _ = try SQLiteStore(path: path, migrations: SQLiteStoreTests.later)
      #expect(throws: StoreError.newerSchema(path: path, changes: ["9-later"])) {
        try SQLiteStore(path: path)
      }
    }
  }

  @Test("a store of an older version is brought up to date, and a copy stays as it was")
  func older() throws {
    try withFolder { folder in
      let path = folder + "/hone.sqlite"
      try SQLiteStore(path: path).save(Samples.run("a"))
      let updated = try SQLiteStore(path: path, migrations: SQLiteStoreTests.later)
      #expect(try updated.run("a") == Samples.run("a"))
      #expect(
        try SQLiteStore(path: path + "." + #require(Schema.migrations.last).name).run("a")
          == Samples.run("a"))
    }
  }

  @Test("a record that cannot be read is refused by its id, and others are not")
  func unreadable() throws {
    try withFolder { folder in
      let path = folder + "/hone.sqlite"
      let store = try SQLiteStore(path: path)
      try store.save(Samples.run("a"))
      try store.save(Samples.run("b"))
      try DatabaseQueue(path: path).write {
        try $0.execute(sql: #"UPDATE runs SET record = '{"id":"a"}' WHERE id = 'a'"#)
      }
      let error = #expect(throws: StoreError.self) { try store.run("a") }
      guard case .unreadable(path, "a", _) = error else {
        Issue.record("got \(String(describing: error))")
        return
      }
      #expect(try store.run("b").id == "b")
      try store.delete("a")
    }
  }

  @Test("a store that another connection holds is reported as locked")
  func locked() throws {
    try withFolder { folder in
      let path = folder + "/hone.sqlite"
      let store = try SQLiteStore(path: path, waitSeconds: 0.05)
      let holder = try DatabaseQueue(path: path)
      // An immediate transaction: it holds the right to write.
      try holder.write { _ in
        #expect(throws: StoreError.locked(path: path)) { try store.save(Samples.run("a")) }
        #expect(throws: Never.self) { try store.runs(matching: RunFilter()) }
      }
      try store.save(Samples.run("a"))
    }
  }

  @Test("connections that open and write a new file at once lose nothing")
  func concurrentConnections() throws {
    try withFolder { folder in
      let path = folder + "/.hone/hone.sqlite"
      DispatchQueue.concurrentPerform(iterations: 6) { connection in
        #expect(throws: Never.self) {
          let store = try SQLiteStore(path: path)
          let id = "run-\(connection)"
          try store.save(Samples.run(id))
          for number in 1...10 {
            try store.append(Samples.epoch(number), to: id)
            try store.append((1...5).map { Samples.step(number * 10 + $0) }, to: id)
          }
        }
      }
      let store = try SQLiteStore(path: path)
      #expect(try store.runs(matching: RunFilter()).count == 6)
      for connection in 0..<6 {
        let evidence = try store.evidence("run-\(connection)")
        #expect(evidence.epochs.count == 10)
        #expect(evidence.steps.count == 50)
      }
    }
  }

  @Test("every field of a step has its column")
  func stepColumns() throws {
    let json = try CanonicalJSON.encode(Samples.step(1))
    let fields = try CanonicalJSON.decode([String: Double].self, from: json).keys
    // The step itself numbers the points.
    #expect(fields.count - 1 == PointBlock([Samples.step(1)]).columns.count)
  }
}
