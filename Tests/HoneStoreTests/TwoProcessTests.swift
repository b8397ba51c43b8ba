import Foundation
import HoneRecords
import HoneStore
import Testing

/// Processes of their own that write to one store at the same time.
struct TwoProcessTests {
  private func writeTogether(_ address: String) async throws {
    try openStore(address).save(Samples.run("shared"))
    await withTaskGroup(of: Void.self) { group in
      for first in [0, 1000] {
        group.addTask {
          await #expect(processExitsWith: .success) {
            [address = address as String, first = first as Int] in
            let store = try openStore(address)
            try store.save(Samples.run("own-\(first)"))
            for number in 1...100 {
              try store.append([Samples.step(first + number)], to: "shared")
              try store.append(Samples.epoch(number), to: "own-\(first)")
              try store.update("shared") { $0.tags.append("\(first + number)") }
            }
          }
        }
      }
    }
    let store = try openStore(address)
    let shared = try store.evidence("shared")
    #expect(shared.steps.map(\.step) == Array(1...100) + Array(1001...1100))
    #expect(shared.run.tags.count == Samples.run("shared").tags.count + 200)
    for first in [0, 1000] { #expect(try store.evidence("own-\(first)").epochs.count == 100) }
  }

  @Test("two processes write to one file at once and lose nothing")
  func sqlite() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "hone-store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await writeTogether(folder.path + "/hone.sqlite")
  }

  @Test(
    "two processes write to one server at once and lose nothing",
    .enabled(if: PostgreSQLServer.shared != nil, "PostgreSQL is not installed"))
  func postgresql() async throws {
    let server = try #require(PostgreSQLServer.shared)
    try await writeTogether(server.freshAddress())
  }
}
