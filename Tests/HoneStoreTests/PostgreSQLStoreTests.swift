import Foundation
import HoneRecords
import HoneText
import Testing

@testable import HoneStore

@Suite(
  .enabled(if: PostgreSQLServer.shared != nil, "PostgreSQL is not installed"))
struct PostgreSQLStoreTests {
  private func server() throws -> PostgreSQLServer { try #require(PostgreSQLServer.shared) }

  @Test("PostgreSQL is among the stores that keep the contract")
  func contract() {
    #expect(StoreKind.allCases.contains(.postgresql))
  }

  @Test("what was stored is there for another connection")
  func reopen() throws {
    let address = try server().freshAddress()
    try PostgreSQLStore(address: address).save(Samples.run("a"))
    #expect(try PostgreSQLStore(address: address).run("a") == Samples.run("a"))
  }

  @Test("a store that must exist is not made")
  func missing() throws {
    let address = try server().freshAddress()
    let error = #expect(throws: StoreError.self) {
      try PostgreSQLStore(address: address, createsIfMissing: false)
    }
    #expect(error?.exitStatus == .inputNotFound)
  }

  @Test("a wrong password is one clear message that does not tell the password")
  func wrongPassword() throws {
    let address = try server().freshAddress(user: "guarded:wr0ng")
    let error = #expect(throws: StoreError.self) { try PostgreSQLStore(address: address) }
    guard case .refused(let server, let reason) = error else {
      Issue.record("got \(String(describing: error))")
      return
    }
    #expect(!server.contains("wr0ng") && !reason.contains("wr0ng"))
    #expect(reason.contains("password"))
    #expect(error?.exitStatus == .configuration)
    let right = try self.server().freshAddress(user: "guarded:right")
    try PostgreSQLStore(address: right).save(Samples.run("a"))
  }

  @Test("a missing password is refused, not waited for")
  func noPassword() throws {
    let address = try server().freshAddress(user: "guarded")
    let error = #expect(throws: StoreError.self) { try PostgreSQLStore(address: address) }
    guard case .refused = error else {
      Issue.record("got \(String(describing: error))")
      return
    }
  }

  @Test("a database that is not there is named")
  func wrongDatabase() throws {
    let address = try server().freshAddress(database: "nowhere")
    let error = #expect(throws: StoreError.self) { try PostgreSQLStore(address: address) }
    guard case .noDatabase(_, let reason) = error else {
      Issue.record("got \(String(describing: error))")
      return
    }
    #expect(reason.contains("nowhere"))
  }

  @Test("a server that does not answer is named")
  func unreachable() {
    for address in ["postgresql://127.0.0.1:1/hone", "postgresql:///hone?host=/nowhere"] {
      let error = #expect(throws: StoreError.self) { try PostgreSQLStore(address: address) }
      guard case .unreachable = error else {
        Issue.record("got \(String(describing: error))")
        continue
      }
      #expect(error?.exitStatus == .serviceUnavailable)
    }
  }

  private static let later =
    Schema.migrations + [
      Migration("9-later") { try $0.changeTables("CREATE TABLE later (x REAL)") }
    ]

  @Test("a store of a later version is refused by the name of what is unknown")
  func newer() throws {
    let address = try server().freshAddress()
    _ = try PostgreSQLStore(address: address, migrations: PostgreSQLStoreTests.later)
    let name = try PostgreSQLAddress(address).name
    #expect(throws: StoreError.newerSchema(path: name, changes: ["9-later"])) {
      try PostgreSQLStore(address: address)
    }
  }

  @Test("a store of an older version is brought up to date, and its tables stay as they were")
  func older() throws {
    let address = try server().freshAddress()
    try PostgreSQLStore(address: address).save(Samples.run("a"))
    let updated = try PostgreSQLStore(address: address, migrations: PostgreSQLStoreTests.later)
    #expect(try updated.run("a") == Samples.run("a"))
    let last = try #require(Schema.migrations.last).name.replacing("-", with: "_")
    let copy = "\(try PostgreSQLAddress(address).schema)_\(last)"
    #expect(
      try updated.database.read { try $0.row("SELECT COUNT(*) FROM \(copy).runs")?.integer(0) } == 1
    )
  }

  @Test("tables of somebody else are left alone")
  func foreign() throws {
    let address = try server().freshAddress()
    let schema = try PostgreSQLAddress(address).schema
    let other = try PostgreSQLStore(address: try server().freshAddress())
    try other.database.write {
      try $0.execute("CREATE SCHEMA \(schema)")
      try $0.execute("CREATE TABLE \(schema).runs (x TEXT)")
    }
    #expect(throws: StoreError.foreign(path: try PostgreSQLAddress(address).name)) {
      try PostgreSQLStore(address: address)
    }
  }

  @Test("connections that make the tables at once all succeed")
  func concurrentOpening() throws {
    let address = try server().freshAddress()
    DispatchQueue.concurrentPerform(iterations: 6) { connection in
      #expect(throws: Never.self) {
        try PostgreSQLStore(address: address).save(Samples.run("run-\(connection)"))
      }
    }
    #expect(try PostgreSQLStore(address: address).listings(matching: RunFilter()).count == 6)
  }

  @Test("a run that another transaction holds for longer than the wait is reported as locked")
  func locked() throws {
    let address = try server().freshAddress()
    let store = try PostgreSQLStore(address: address, waitSeconds: 0.1)
    try store.save(Samples.run("a"))
    let holder = try PostgreSQLStore(address: address)
    try holder.database.write { session in
      try session.execute("UPDATE runs SET name = 'held' WHERE id = 'a'")
      #expect(throws: StoreError.locked(path: store.database.name)) {
        try store.save(Samples.run("a"))
      }
      #expect(throws: Never.self) { try store.listings(matching: RunFilter()) }
    }
    try store.save(Samples.run("a"))
  }
}
