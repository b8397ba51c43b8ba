public import ArgumentParser
import Foundation
import HoneStore
public import HoneText

/// What every verb understands.
struct GlobalOptions: ParsableArguments {
  @Option(help: help("The language of messages: en or ko.", "메시지의 언어: en 또는 ko."))
  var lang: Language?

  @Flag(
    help: help(
      "Print one JSON object on standard output and all else on standard error.",
      "표준 출력에는 JSON 객체 하나만, 나머지는 표준 오류로 출력합니다."))
  var json = false

  @Option(
    help: help(
      "The store: a file or postgresql://… (default: HONE_STORE, or .hone/hone.sqlite).",
      "저장소: 파일 또는 postgresql://… (기본값: HONE_STORE 또는 .hone/hone.sqlite).",
      valueName: "store"))
  var store: String?
}

extension Language: ExpressibleByArgument {}

extension GlobalOptions {
  /// A word of a command line as it may be recorded: an address of a database without its password.
  private static func withoutPassword(_ word: String) -> String {
    let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
    if parts.count == 2, parts[0].hasPrefix("--") {
      return "\(parts[0])=\(PostgreSQLStore.displayName(of: parts[1]))"
    }
    return PostgreSQLStore.displayName(of: word)
  }

  /// The context of a verb that was called with these options.
  func context() -> CommandContext {
    guard let environment = CommandEnvironment.current else {
      fatalError("A verb runs inside CommandLineTool.run, which says what the environment is.")
    }
    let named = store ?? environment.variables["HONE_STORE"].flatMap { $0.isEmpty ? nil : $0 }
    let path = named ?? ".hone/hone.sqlite"
    let isAddress = path.contains("://")
    let storePath = isAddress ? path : environment.absolute(path)
    var context = CommandContext(
      language: lang ?? environment.language, json: json, console: environment.console,
      terminal: environment.terminal, storePath: storePath, dataHome: environment.dataHome,
      plotly: environment.plotly,
      command: ["hone"] + environment.arguments.map(GlobalOptions.withoutPassword),
      interruption: Interruption(),
      openStore: { createsIfMissing in
        try environment.openStore(storePath, createsIfMissing)
      })
    context.findingPages = environment.findingPages
    return context
  }
}
