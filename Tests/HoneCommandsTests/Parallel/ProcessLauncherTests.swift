import Foundation
import HoneStore
import HoneText
import Synchronization
import Testing

@testable import HoneCommands

@Suite struct ProcessLauncherTests {
  /// Runs a shell script as each of the processes.
  private func launch(
    _ script: String, count: Int = 2, grace: Double = 20,
    interruption: Interruption = Interruption()
  ) throws -> (status: Int32, errors: String, files: [String: String]) {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "hone-launcher-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let errors = Mutex("")
    let errorText = { @Sendable (text: String) in errors.withLock { $0 += text } }
    var environment = CommandEnvironment(
      variables: ["PATH": "/usr/bin:/bin", "FOLDER": folder.path], executable: "/bin/sh",
      workingDirectory: folder.path, console: Console(output: { _ in }, error: errorText),
      terminal: .none, engine: nil,
      openStore: { path, _ in throw StoreError.missing(path: path) }, become: { _, _, _ in })
    environment.arguments = ["-c", script]
    let launcher = ProcessLauncher(
      program: "/bin/sh", count: count, environment: environment, graceSeconds: grace,
      killSeconds: 0.3)
    let status = try launcher.run(interruption)
    var files: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      files[name] = try String(
        contentsOf: folder.appending(path: name), encoding: .utf8)
    }
    return (status, errors.withLock { $0 }, files)
  }

  @Test("each process is told its place; the first is given the socket of the meeting point")
  func places() throws {
    let ended = try launch(
      "echo $RANK $WORLD_SIZE $LOCAL_RANK $LOCAL_WORLD_SIZE $MASTER_ADDR $HONE_LISTENING_SOCKET "
        + "> $FOLDER/$RANK", count: 3)
    #expect(ended.status == 0)
    #expect(ended.files["0"] == "0 3 0 3 127.0.0.1 10\n")
    #expect(ended.files["2"] == "2 3 2 3 127.0.0.1\n")
  }

  @Test("the status is that of the first that failed") func failure() throws {
    let ended = try launch("if [ $RANK = 1 ]; then exit 65; fi; sleep 0.3; exit 75")
    #expect(ended.status == 65)
    #expect(ended.errors.isEmpty)
  }

  @Test("a process that is killed is named, and the others are ended where they stay") func killed()
    throws
  {
    let begun = Date()
    let ended = try launch(
      "if [ $RANK = 1 ]; then kill -9 $$; fi; trap '' TERM; sleep 20 & wait; sleep 20",
      grace: 0.2)
    #expect(ended.status == 75)
    #expect(ended.errors.contains("rank 1 of 2"))
    #expect(ended.errors.contains("signal 9"))
    #expect(ended.errors.contains("hone train --resume last"))
    #expect(Date().timeIntervalSince(begun) < 15)
  }

  @Test("a request to stop goes on to all of them", arguments: [SIGINT, SIGTERM])
  func interrupted(signal: Int32) throws {
    let interruption = Interruption()
    // Once the scripts have set their traps.
    Thread.detachNewThread {
      usleep(500_000)
      interruption.request(signal)
    }
    let ended = try launch(
      "trap 'exit 130' INT; trap 'exit 143' TERM; for i in 1 2 3 4 5 6 7 8 9; do sleep 1; done",
      interruption: interruption)
    #expect(ended.status == (signal == SIGINT ? 130 : 143))
  }

  @Test("standard input ends with the launcher, so that nobody is left behind") func leash() throws
  {
    // While the launcher is there, reading waits: the reader is still at it when it is looked for.
    let ended = try launch(
      "exec 3<&0; cat <&3 & sleep 0.2; kill -0 $! && echo waits > $FOLDER/$RANK; kill $!")
    #expect(ended.files["0"] == "waits\n")
  }
}
