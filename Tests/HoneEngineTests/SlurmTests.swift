import Foundation
import HoneRecords
import HoneSearch
import HoneStore
import Testing

/// A server that a script of `Scripts` runs for as long as this value lives.
private final class ScriptServer {
  /// The folder of its files.
  let folder: String
  private let input: FileHandle
  private let process: Process

  /// Starts it; nil where the script says that it cannot be had here.
  init?(_ script: String) {
    // The path of a socket has at most 107 bytes.
    folder = "/tmp/hone-\(script.prefix(5))-\(getpid())-\(UUID().uuidString.prefix(8))"
    process = Process()
    process.executableURL =
      URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Scripts/\(script)").standardizedFileURL
    process.arguments = [folder]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    self.input = input.fileHandleForWriting
    guard (try? process.run()) != nil else { return nil }
    var line = ""
    while let byte = try? output.fileHandleForReading.read(upToCount: 1)?.first, byte != 10 {
      line.append(Character(UnicodeScalar(byte)))
    }
    if line != "ready" { return nil }
  }

  deinit {
    try? input.close()
    process.waitUntilExit()
  }
}

/// The launchers of workers in a real Slurm of one node, which these tests start.
@Suite(.serialized) struct SlurmTests {
  private func study(_ command: BuiltCommand, _ store: String) throws {
    let ended = try command.hone(
      "search", "digits", "--model", "mlp", "--epochs", "1", "--threads", "1", "--tune",
      "learningRate", "--study", "s", "--trials", "1", "--storage", store, "--json")
    #expect(ended.status == 0, "\(ended.errors)")
    try trials(store).reopen(study: "s", maximumTrials: 5)
  }

  private func trials(_ store: String) throws -> DatabaseTrialStore {
    DatabaseTrialStore(try #require(openStore(store) as? any DatabaseStore))
  }

  private func submit(
    _ command: BuiltCommand, _ store: String, _ slurm: ScriptServer, _ options: String
  ) throws {
    let ended = try command.script(
      """
      export SLURM_CONF=\(slurm.folder)/slurm.conf
      "$hone" studies launcher s --store '\(store)' \(options) > job.sh || exit 1
      timeout 100 sbatch --wait job.sh
      status=$?
      cat hone-s-*.log
      exit $status
      """)
    #expect(ended.status == 0, "\(ended.output) \(ended.errors)")
    let record = try StudyWorker.record(of: "s", in: trials(store))
    #expect(record.trials.map(\.number) == Array(0..<5))
    #expect(record.completed.count == 5)
  }

  @Test("tasks of one job work on a study in a file") func srun() throws {
    guard let slurm = ScriptServer("slurm-node") else {
      print("SlurmTests: skipped, Slurm cannot be started here.")
      return
    }
    let command = try BuiltCommand()
    let store = command.folder.appending(path: ".hone/hone.sqlite").path
    try study(command, store)
    try submit(command, store, slurm, "--kind srun --tasks 2")
  }

  @Test("jobs of an array work on a study in PostgreSQL") func array() throws {
    guard let slurm = ScriptServer("slurm-node"), let server = ScriptServer("postgresql-server")
    else {
      print("SlurmTests: skipped, Slurm or PostgreSQL cannot be started here.")
      return
    }
    let command = try BuiltCommand()
    let store = "postgresql://hone@/hone?host=\(server.folder)"
    try study(command, store)
    try submit(command, store, slurm, "--kind slurm-array --tasks 2")
  }
}
