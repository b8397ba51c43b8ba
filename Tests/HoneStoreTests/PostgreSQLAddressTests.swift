import HoneText
import Testing

@testable import HoneStore

struct PostgreSQLAddressTests {
  @Test("messages show the address without its password")
  func passwords() throws {
    let address = try PostgreSQLAddress("postgres://me:p@ss:word@host:5432/runs?sslmode=require")
    #expect(address.connection == "postgresql://me:p@ss:word@host:5432/runs?sslmode=require")
    #expect(address.name == "postgresql://me@host:5432/runs?sslmode=require")
    #expect(address.schema == "hone")
    let other = try PostgreSQLAddress("postgresql:///runs?user=me&password=secret&host=/tmp")
    #expect(other.name == "postgresql:///runs?user=me&host=/tmp")
    #expect(other.connection.contains("password=secret"))
  }

  @Test("the schema is Hone's word and does not reach libpq")
  func schema() throws {
    let address = try PostgreSQLAddress("postgresql://host/runs?schema=team_2&connect_timeout=3")
    #expect(address.schema == "team_2")
    #expect(address.connection == "postgresql://host/runs?connect_timeout=3")
    #expect(address.name == "postgresql://host/runs?connect_timeout=3&schema=team_2")
  }

  @Test(
    "what is no address is refused by name",
    arguments: [
      "mysql://host/x", "postgresql://host/x?schema=a;drop", "postgresql://host/x?schema=",
      "postgresql://host/x?schema=pg_x", "postgresql://host/x?schema=1a",
    ])
  func refused(text: String) {
    let error = #expect(throws: StoreError.self) { try PostgreSQLAddress(text) }
    guard case .badAddress = error else {
      Issue.record("got \(String(describing: error))")
      return
    }
    #expect(error?.exitStatus == .usage)
  }

  @Test("without PostgreSQL's library the store says what to install")
  func libraryMissing() {
    #expect(throws: StoreError.libraryMissing("libnowhere.so.5")) {
      try LibPQ(names: ["libnowhere.so.5"])
    }
  }
}
