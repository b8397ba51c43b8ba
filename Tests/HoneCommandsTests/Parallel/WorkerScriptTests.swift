import Foundation
import HoneRecords
import HoneSearch
import HoneStore
import Testing

@testable import HoneCommands

@Suite struct WorkerScriptTests {
  private func script(
    _ kind: WorkerScript.Kind, isServer: Bool = true, hosts: [String] = [], study: String = "first"
  ) -> String {
    WorkerScript(
      kind: kind, study: study, store: "postgresql://me@server/hone", isServer: isServer,
      folder: "/data/my runs", program: "/opt/hone/bin/hone", tasks: 16, workers: 2, hosts: hosts
    ).text
  }

  @Test("a job array has a worker to a job, told of the end two minutes before it") func array() {
    let text = script(.slurmArray)
    #expect(text.hasPrefix("#!/bin/bash\n#SBATCH --job-name=hone-first\n#SBATCH --array=0-15\n"))
    #expect(text.contains("#SBATCH --signal=TERM@120\n"))
    #expect(text.contains("export HONE_STORE=postgresql://me@server/hone\n"))
    #expect(text.contains("cd '/data/my runs' || exit 66\n"))
    #expect(text.hasSuffix("exec srun /opt/hone/bin/hone search --join first --workers 2\n"))
  }

  @Test("srun stays on one node where the study is in a file") func srun() {
    #expect(script(.srun).contains("#SBATCH --ntasks=16\n"))
    #expect(!script(.srun).contains("--nodes"))
    #expect(script(.srun, isServer: false).contains("#SBATCH --nodes=1\n"))
  }

  @Test(
    "every script is one that a shell reads, whatever the names",
    arguments: WorkerScript.Kind.allCases)
  func readable(kind: WorkerScript.Kind) throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/script"
    try script(kind, hosts: ["a", "b c"], study: "it's \"first\" $(x)").write(
      toFile: file, atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-n", file]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test("ssh starts what outlives the connection, with the words as they are") func ssh() throws {
    let folder = try TemporaryFolder()
    // What ssh would do on the other machine.
    let fake = folder.path + "/ssh"
    try "#!/bin/sh\necho \"host $1\"\nsh -c \"$2\"\n".write(
      toFile: fake, atomically: true, encoding: .utf8)
    let hone = folder.path + "/hone"
    try "#!/bin/sh\necho \"$HONE_STORE $*\" > '\(folder.path)/said'\n".write(
      toFile: hone, atomically: true, encoding: .utf8)
    for program in [fake, hone] {
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    }
    let text = WorkerScript(
      kind: .ssh, study: "my study", store: "postgresql://server/hone", isServer: true,
      folder: folder.path, program: hone, tasks: 1, workers: 8, hosts: ["node1"]
    ).text
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", text]
    process.environment = ["PATH": folder.path + ":/usr/bin:/bin"]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    var said = ""
    for _ in 0..<400 where said.isEmpty {
      usleep(5_000)
      said = (try? String(contentsOfFile: folder.path + "/said", encoding: .utf8)) ?? ""
    }
    #expect(said == "postgresql://server/hone search --join my study --workers 8\n")
  }

  @Test("a study in a file is no study for several machines, and one that is not there none at all")
  func refused() async throws {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore(path: folder.path + "/hone.sqlite")
    try StudyWorker.create(
      Study(
        "first", space: SearchSpace([.float("x", 0...1)]), objectives: [.minimize("v")],
        sampler: .random, budget: .trials(1)), in: DatabaseTrialStore(store))
    let world = World(store: store)
    let array = await world.run("studies", "launcher", "first", "--kind", "slurm-array")
    #expect(array.status == 64 && array.errors.contains("PostgreSQL"))
    let one = await world.run("studies", "launcher", "first", "--kind", "srun", "--tasks", "3")
    #expect(one.status == 0 && one.output.contains("--ntasks=3"))
    #expect(await world.run("studies", "launcher", "second", "--kind", "srun").status == 66)
    #expect(await world.run("studies", "launcher", "first", "--kind", "ssh").status == 64)
  }
}
