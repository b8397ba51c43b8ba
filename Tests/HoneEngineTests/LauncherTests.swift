import Foundation
import HoneRecords
import HoneStore
import Testing

/// A launcher that starts two processes here, where it is installed.
struct InstalledLauncher: CustomTestStringConvertible, Sendable {
  let testDescription: String
  /// What comes before the command and its words.
  let line: String

  /// Ports that nothing else of these tests uses.
  static let torchrun = InstalledLauncher(
    testDescription: "torchrun",
    line: "torchrun --nproc-per-node 2 --master-addr 127.0.0.1 --master-port 29781 --no-python")
  /// The variables let Open MPI run as root and beside other work; MPICH does not look at them.
  static let mpirun = InstalledLauncher(
    testDescription: "mpirun",
    line: """
      OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 \
      OMPI_MCA_rmaps_base_oversubscribe=1 mpirun -n 2
      """)
  static let srun = InstalledLauncher(
    testDescription: "srun", line: "srun --ntasks 2 --overcommit")

  /// Whether the program is there and starts processes: `srun` is of no use without its daemon.
  var isUsable: Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let trial = testDescription == "srun" ? "timeout 20 srun true" : "command -v \(testDescription)"
    process.arguments = ["sh", "-c", trial]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}

@Suite("Processes that launchers of other programs start", .tags(.slow), .serialized)
struct LauncherTests {
  private func expectOneRun(by launcher: InstalledLauncher) throws {
    let command = try BuiltCommand()
    let words = ParallelTests.run.joined(separator: " ")
    let ended = try command.script("\(launcher.line) $hone \(words)")
    #expect(ended.status == 0, "\(ended.output) \(ended.errors)")
    let run = try command.lastRun()
    #expect(run.processes == 2)
    #expect(try command.store().runs(matching: RunFilter()).count == 1)
    try ParallelTests.expectSameCourse(run, ParallelTests.alone())
  }

  @Test(
    "torchrun's train one run together",
    .enabled(if: InstalledLauncher.torchrun.isUsable, "torchrun is not installed"))
  func torchrun() throws { try expectOneRun(by: .torchrun) }

  @Test(
    "mpirun's train one run together",
    .enabled(if: InstalledLauncher.mpirun.isUsable, "mpirun is not installed"))
  func mpirun() throws { try expectOneRun(by: .mpirun) }

  @Test(
    "srun's train one run together",
    .enabled(if: InstalledLauncher.srun.isUsable, "srun is not installed, or has no daemon"))
  func srun() throws { try expectOneRun(by: .srun) }
}
