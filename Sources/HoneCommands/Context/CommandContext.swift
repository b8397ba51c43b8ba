import Foundation
public import HoneRecords
public import HoneText

/// What a verb may know of the world around it, settled before it starts.
public struct CommandContext: Sendable {
  /// The language for the user.
  public var language: Language
  /// Whether standard output carries one JSON object and nothing else.
  public var json: Bool
  /// Where to write.
  public var console: Console
  /// What the console can show.
  public var terminal: Terminal
  /// The store's file; artifacts lie in the folder around it.
  public var storePath: String
  /// The folder of built-in data sets.
  public var dataHome: String
  /// The plotting library that reports carry inside; nil where none is installed.
  public var plotly: String?
  /// The folder of the pages that teach the findings; nil where none is installed.
  public var findingPages: String?
  /// The command line, for records: `["hone", "train", …]`.
  public var command: [String]
  /// Requests to stop.
  public var interruption: Interruption
  private let storeOpener: @Sendable (Bool) throws -> any RunStore

  /// A context.
  public init(
    language: Language, json: Bool, console: Console, terminal: Terminal, storePath: String,
    dataHome: String, plotly: String?, command: [String], interruption: Interruption,
    openStore: @escaping @Sendable (_ createsIfMissing: Bool) throws -> any RunStore
  ) {
    self.language = language
    self.json = json
    self.console = console
    self.terminal = terminal
    self.storePath = storePath
    self.dataHome = dataHome
    self.plotly = plotly
    self.command = command
    self.interruption = interruption
    storeOpener = openStore
  }

  /// Opens the store at `storePath`, making it where there is none.
  public func openStore() throws -> any RunStore { try storeOpener(true) }

  /// Opens the store at `storePath`; throws where there is none.
  public func openExistingStore() throws -> any RunStore { try storeOpener(false) }

  /// Opens another store, which must be there.
  /// - Parameter path: a file's absolute path or the address of a database.
  func openOtherStore(_ path: String) throws -> any RunStore {
    guard let environment = CommandEnvironment.current else {
      fatalError("A verb runs inside CommandLineTool.run, which says what the environment is.")
    }
    return try environment.openStore(path, false)
  }

  /// The folder of checkpoints, pictures and reports.
  public var artifactFolder: String {
    (storePath as NSString).deletingLastPathComponent
  }

  /// The text of the plotting library, for reports; nil where none is installed.
  public func plotlySource() -> String? {
    plotly.flatMap { try? String(contentsOfFile: $0, encoding: .utf8) }
  }

  /// The sentence in the user's language.
  public func text(_ sentence: Localized) -> String { sentence.text(language) }

  /// Says something to a person: on standard output, or on standard error beside JSON.
  public func say(_ sentence: Localized) { say(sentence.text(language)) }

  /// Says something to a person: on standard output, or on standard error beside JSON.
  public func say(_ line: String) {
    if json { console.printErrorLine(line) } else { console.printLine(line) }
  }

  /// Warns: on standard error.
  public func warn(_ sentence: Localized) {
    console.printErrorLine("hone: \(sentence.text(language))")
  }

  /// Writes the answer as one JSON object on standard output.
  func emit(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    console.printLine(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  /// Writes an answer as one line of JSON on standard output.
  func emitLine(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    console.printLine(String(decoding: try encoder.encode(value), as: UTF8.self))
  }
}
