import Foundation
import HoneCommands
import HoneRecords
import HoneStore
import HoneText
import Synchronization

/// What a command line did, run in this process with everything around it made up.
struct CommandRun {
  let status: Int32
  let output: String
  let errors: String
  let started: [Started]

  /// A program that the command went on as.
  struct Started: Equatable {
    let program: String
    let arguments: [String]
    let variables: [String: String]
  }

  /// The one JSON object on standard output.
  func json() throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any] ?? [:]
  }
}

/// The made-up world.
struct World {
  var variables: [String: String] = ["LANG": "en_US.UTF-8", "HOME": "/nowhere"]
  var executable = "/nowhere/bin/hone"
  var folder = FileManager.default.temporaryDirectory.path
  var terminal = Terminal.none
  var engine: (any Engine)?
  var store: (any RunStore)?
  /// A folder that lives as long as this world.
  var keeping: TemporaryFolder?

  func run(_ arguments: String...) async -> CommandRun { await run(arguments) }

  func run(_ arguments: [String]) async -> CommandRun {
    let output = Collector()
    let errors = Collector()
    let started = StartedPrograms()
    let store = store
    let environment = CommandEnvironment(
      variables: variables, executable: executable, workingDirectory: folder,
      console: Console(output: output.add, error: errors.add), terminal: terminal, engine: engine,
      openStore: { path, _ in
        guard let store else { throw StoreError.missing(path: path) }
        return store
      },
      become: { program, arguments, variables in
        started.add(.init(program: program, arguments: arguments, variables: variables))
      })
    let status = await CommandLineTool.run(arguments, in: environment)
    return CommandRun(
      status: status, output: output.text, errors: errors.text, started: started.all)
  }
}

/// The programs that a command went on as.
final class StartedPrograms: Sendable {
  private let content = Mutex<[CommandRun.Started]>([])
  var all: [CommandRun.Started] { content.withLock { $0 } }
  func add(_ program: CommandRun.Started) { content.withLock { $0.append(program) } }
}

/// Text that several threads may add to.
final class Collector: Sendable {
  private let content = Mutex("")
  var text: String { content.withLock { $0 } }
  func add(_ text: String) { content.withLock { $0 += text } }
}
