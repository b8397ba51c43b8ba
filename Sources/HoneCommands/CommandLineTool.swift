import ArgumentParser
import Foundation
import HoneText

/// Runs a command line from its words to its exit status: both executables are this and an engine.
///
/// ```swift
/// exit(await CommandLineTool.run(in: .process(engine: nil)))
/// ```
public enum CommandLineTool {
  /// Runs the process's own command line.
  public static func run(in environment: CommandEnvironment) async -> Int32 {
    await run(Array(CommandLine.arguments.dropFirst()), in: environment)
  }

  /// Runs a command line, given without the program's name, and returns the exit status.
  ///
  /// Whatever happens has been said on the environment's console by then.
  public static func run(
    _ arguments: [String], in environment: CommandEnvironment
  ) async -> Int32 {
    var environment = environment
    environment.arguments = arguments
    environment.language = language(arguments, environment.variables)
    return await CommandEnvironment.$current.withValue(environment) {
      do {
        var command = try HoneCommand.parseAsRoot(arguments)
        if var asynchronous = command as? any AsyncParsableCommand {
          try await asynchronous.run()
        } else {
          try command.run()
        }
        return ExitStatus.done.rawValue
      } catch {
        return report(error, in: environment)
      }
    }
  }

  /// The language that the command line names, or else the locale's.
  private static func language(
    _ arguments: [String], _ variables: [String: String]
  ) -> Language {
    for (index, word) in arguments.enumerated() {
      if word == "--" { break }
      if word == "--lang", index + 1 < arguments.count,
        let language = Language(rawValue: arguments[index + 1])
      {
        return language
      }
      if word.hasPrefix("--lang="), let language = Language(rawValue: String(word.dropFirst(7))) {
        return language
      }
    }
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"]
    return Language(locale: names.lazy.compactMap { variables[$0] }.first { !$0.isEmpty })
  }

  private static func report(_ error: any Error, in environment: CommandEnvironment) -> Int32 {
    let console = environment.console
    if let exit = error as? ExitCode { return exit.rawValue }
    if let known = reportable(error) {
      console.printErrorLine("hone: " + known.explanation.text(environment.language))
      return known.exitStatus.rawValue
    }
    let status = HoneCommand.exitCode(for: error)
    if status == .success || status.rawValue == ExitStatus.usage.rawValue {
      let text = HoneCommand.fullMessage(for: error, columns: environment.terminal.width)
      if status == .success { console.printLine(text) } else { console.printErrorLine(text) }
      return status.rawValue
    }
    let unexpected = Localized(
      "something failed that Hone does not know how to explain: \(error)",
      korean: "설명할 수 없는 오류가 났습니다: \(error)")
    console.printErrorLine("hone: " + unexpected.text(environment.language))
    return ExitStatus.internalError.rawValue
  }

  private static func reportable(_ error: any Error) -> (any ReportableError)? {
    if let known = error as? any ReportableError { return known }
    return (error as? CocoaError).map(FileFailure.init)
  }
}
