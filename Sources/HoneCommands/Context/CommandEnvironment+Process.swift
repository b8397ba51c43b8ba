import Foundation
import HoneStore

extension CommandEnvironment {
  /// The process's own environment.
  public static func process(engine: (any Engine)?) -> CommandEnvironment {
    let variables = ProcessInfo.processInfo.environment
    var environment = CommandEnvironment(
      variables: variables, executable: executablePath(),
      workingDirectory: FileManager.default.currentDirectoryPath, console: .standard,
      terminal: .current(environment: variables), engine: engine,
      openStore: { try HoneStore.openStore($0, createsIfMissing: $1) },
      become: { try become($0, arguments: $1, variables: $2) })
    environment.listensToSignals = true
    return environment
  }

  private static func executablePath() -> String {
    let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return link ?? Bundle.main.executablePath ?? CommandLine.arguments[0]
  }

  private static func become(
    _ program: String, arguments: [String], variables: [String: String]
  ) throws {
    for (name, value) in variables { setenv(name, value, 1) }
    var list = ([program] + arguments).map { strdup($0) }
    list.append(nil)
    execv(program, list)
    let reason = String(cString: strerror(errno))
    for pointer in list { free(pointer) }
    throw EngineUnavailable.notStartable(program: program, reason: reason)
  }
}
