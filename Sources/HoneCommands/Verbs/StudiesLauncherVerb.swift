import ArgumentParser
import Foundation
import HoneStore
import HoneText

/// `hone studies launcher`: prints the script that puts workers of a study on other machines.
struct StudiesLauncherVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "launcher",
      abstract: localized(
        "Print a script that starts workers of a study elsewhere.",
        "다른 곳에서 연구의 작업 프로세스를 시작하는 스크립트를 출력합니다."),
      discussion: localized(
        """
        EXAMPLES
          hone studies launcher first --kind slurm-array --tasks 16 | sbatch
          hone studies launcher first --kind srun --tasks 4 --workers 8 | sbatch
          hone studies launcher first --kind ssh --hosts node1,node2 --workers 8 | sh
        """,
        """
        예
          hone studies launcher first --kind slurm-array --tasks 16 | sbatch
          hone studies launcher first --kind srun --tasks 4 --workers 8 | sbatch
          hone studies launcher first --kind ssh --hosts node1,node2 --workers 8 | sh
        """))
  }

  @Argument(help: help("A study's name.", "연구의 이름.", valueName: "STUDY")) var name: String

  @Option(
    help: help(
      "What starts the workers: slurm-array, srun or ssh.",
      "작업 프로세스를 시작할 방법: slurm-array, srun, ssh."))
  var kind = WorkerScript.Kind.slurmArray

  @Option(help: help("Tasks of the job.", "작업(task)의 수."))
  var tasks = 4

  @Option(help: help("Worker processes of each task.", "작업마다 둘 작업 프로세스의 수."))
  var workers = 1

  @Option(help: help("The machines, for ssh.", "ssh로 연결할 장비.", valueName: "list"))
  var hosts: String?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard tasks > 0, workers > 0 else {
      throw ValidationError(
        localized(
          "--tasks and --workers must be at least 1.", "--tasks와 --workers는 1 이상이어야 합니다."))
    }
    guard kind == .ssh ? hosts?.isEmpty == false : hosts == nil else {
      throw ValidationError(
        localized("--kind ssh needs --hosts, and no other does.", "--hosts는 --kind ssh에만 씁니다."))
    }
  }

  mutating func run() throws {
    let context = global.context()
    _ = try context.studies().study(name)
    let isServer = PostgreSQLStore.isAddress(context.storePath)
    guard isServer || kind == .srun else {
      throw CommandFailure.usage(
        Localized(
          "\(context.storePath) is a file of this machine. Workers of several machines need a study in "
            + "PostgreSQL: begin it with --storage postgresql://….",
          korean: "\(context.storePath)은(는) 이 장비의 파일입니다. 여러 장비의 작업 프로세스가 함께하려면 연구가 "
            + "PostgreSQL에 있어야 합니다. --storage postgresql://…로 시작하십시오."))
    }
    let environment = CommandEnvironment.current
    let script = WorkerScript(
      kind: kind, study: name, store: PostgreSQLStore.displayName(of: context.storePath),
      isServer: isServer, folder: environment?.workingDirectory ?? ".",
      program: environment?.front ?? "hone", tasks: tasks, workers: workers,
      hosts: (hosts ?? "").split(separator: ",").map(String.init))
    context.console.printLine(script.text)
  }
}

extension WorkerScript.Kind: ExpressibleByArgument {}

extension CommandEnvironment {
  /// The path of the `hone` command, from it or from its engine.
  fileprivate var front: String {
    guard (executable as NSString).lastPathComponent == "hone-engine" else { return executable }
    return (executable as NSString).deletingLastPathComponent + "/hone"
  }
}
