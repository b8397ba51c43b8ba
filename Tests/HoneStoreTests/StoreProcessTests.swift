import Foundation
import HoneRecords
import HoneStore
import HoneText
import Testing

/// What happens to a store when its process or its disk fails.
struct StoreProcessTests {
  @Test("a process killed while writing leaves every finished write and an intact store")
  func killed() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "hone-store-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/hone.sqlite"
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let store = try SQLiteStore(path: path)
      try store.save(Samples.run("a", status: .running))
      Thread.detachNewThread {
        while true { try? store.append([Samples.step(1_000_000)], to: "a") }
      }
      for number in 1...20 { try store.append(Samples.epoch(number), to: "a") }
      kill(getpid(), SIGKILL)
    }
    let evidence = try SQLiteStore(path: path, createsIfMissing: false).evidence("a")
    #expect(evidence.epochs.map(\.epoch) == Array(1...20))
    #expect(evidence.run.status == .running)
  }

  @Test(
    "a folder that cannot be written is refused by name",
    .enabled(if: Sandbox.isPossible, "needs unshare and a tmpfs"))
  func readOnly() throws {
    try withFolder { folder in
      try SQLiteStore(path: folder + "/hone.sqlite").save(Samples.run("a"))
      let output = try Sandbox.run(
        "StoreSandboxTests/readOnlyChild", store: folder, options: "size=4m", isReadOnly: true)
      #expect(output.status == 0, "\(output.text)")
      #expect(output.text.contains("1 test"), "\(output.text)")
    }
  }

  @Test(
    "a full disk is reported, and what was stored stays",
    .enabled(if: Sandbox.isPossible, "needs unshare and a tmpfs"))
  func diskFull() throws {
    try withFolder { folder in
      let output = try Sandbox.run(
        "StoreSandboxTests/diskFullChild", store: folder, options: "size=512k", isReadOnly: false)
      #expect(output.status == 0, "\(output.text)")
      #expect(output.text.contains("1 test"), "\(output.text)")
    }
  }
}

/// The halves of the tests above that run inside a sandbox, where HONE_SANDBOX names the small disk.
@Suite(
  .enabled(
    if: ProcessInfo.processInfo.environment["HONE_SANDBOX"] != nil,
    "runs inside the sandbox of StoreProcessTests only"))
struct StoreSandboxTests {
  private let disk = ProcessInfo.processInfo.environment["HONE_SANDBOX"] ?? ""

  @Test func readOnlyChild() {
    for path in [disk + "/hone.sqlite", disk + "/new/hone.sqlite"] {
      let error = #expect(throws: StoreError.self) { try SQLiteStore(path: path) }
      guard case .cannotCreate(let named, _) = error else {
        Issue.record("got \(String(describing: error))")
        continue
      }
      #expect(named.hasPrefix(disk))
    }
  }

  @Test func diskFullChild() throws {
    let path = disk + "/hone.sqlite"
    let store = try SQLiteStore(path: path)
    try store.save(Samples.run("a"))
    var written = 0
    let error = #expect(throws: StoreError.self) {
      for batch in 0..<1000 {
        try store.append((1...200).map { Samples.step(batch * 200 + $0) }, to: "a")
        written += 200
      }
    }
    #expect(error?.exitStatus == .inputOutput)
    #expect(try store.evidence("a").steps.count == written)
    #expect(try SQLiteStore(path: path).evidence("a").steps.count == written)
  }
}
