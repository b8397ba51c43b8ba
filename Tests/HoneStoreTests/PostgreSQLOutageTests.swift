import Foundation
import HoneRecords
import Synchronization
import Testing

@testable import HoneStore

/// What happens to programs whose server goes away: a server of these tests' own, stopped for real.
@Suite(
  .enabled(if: PostgreSQLServer.shared != nil, "PostgreSQL is not installed"), .serialized)
struct PostgreSQLOutageTests {
  @Test(
    "a server that restarts in the middle of a run costs nothing", arguments: ["restart", "crash"])
  func restart(how: String) throws {
    let server = try #require(PostgreSQLServer())
    let address = server.freshAddress()
    let store = try PostgreSQLStore(address: address, outageSeconds: 60)
    try store.save(Samples.run("a", status: .running))
    let written = Mutex(0)
    let isOver = Mutex(false)
    let group = DispatchGroup()
    DispatchQueue.global().async(group: group) {
      for number in 1...100_000 where !isOver.withLock({ $0 }) {
        #expect(throws: Never.self) {
          try store.append([Samples.step(number)], to: "a")
          try store.append([RunEvent(time: Date(), kind: .note, text: "\(number)")], to: "a")
        }
        written.withLock { $0 = number }
      }
    }
    for _ in 0..<2 {
      wait { written.withLock { $0 } > 20 }
      let before = written.withLock { $0 }
      #expect(server.command(how))
      if how == "crash" { #expect(server.command("start")) }
      wait { written.withLock { $0 } > before + 20 }
    }
    isOver.withLock { $0 = true }
    group.wait()
    let count = written.withLock { $0 }
    #expect(try store.evidence("a").steps.map(\.step) == Array(1...count))
    #expect(try store.events(of: "a").map(\.text) == (1...count).map(String.init))
  }

  @Test("a server that stays away for longer than the wait is reported, and the store recovers")
  func outage() throws {
    let server = try #require(PostgreSQLServer())
    let store = try PostgreSQLStore(address: server.freshAddress(), outageSeconds: 0.2)
    try store.save(Samples.run("a"))
    #expect(server.command("stop"))
    let error = #expect(throws: StoreError.self) { try store.append(Samples.epoch(1), to: "a") }
    guard case .unreachable = error else {
      Issue.record("got \(String(describing: error))")
      return
    }
    #expect(server.command("start"))
    try store.append(Samples.epoch(1), to: "a")
    #expect(try store.evidence("a").epochs.count == 1)
  }

  /// Waits for what another thread is about to do, at most half a minute.
  private func wait(until isTrue: () -> Bool) {
    for _ in 0..<6000 where !isTrue() { Thread.sleep(forTimeInterval: 0.005) }
    #expect(isTrue())
  }
}
