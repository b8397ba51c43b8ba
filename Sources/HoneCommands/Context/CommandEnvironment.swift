import Foundation
public import HoneRecords
public import HoneText

/// The world a command runs in: what the process was started with, or what a test says.
public struct CommandEnvironment: Sendable {
  /// The environment variables.
  public var variables: [String: String]
  /// The executable's path; what else belongs to Hone is looked for beside it.
  public var executable: String
  /// The folder that relative paths start from.
  public var workingDirectory: String
  /// Where to write.
  public var console: Console
  /// What the console can show.
  public var terminal: Terminal
  /// The tensor verbs; nil in the front command.
  public var engine: (any Engine)?
  /// Opens the store of a path, making it where there is none if so asked.
  public var openStore: @Sendable (_ path: String, _ createsIfMissing: Bool) throws -> any RunStore
  /// Continues as another program with its arguments and further environment variables.
  ///
  /// In a process it returns only to throw; in tests it returns.
  public var become: @Sendable (String, [String], [String: String]) throws -> Void
  /// Whether Ctrl-C and SIGTERM become requests that the engine looks up.
  public var listensToSignals = false
  /// The command line without the program's name; `CommandLineTool` fills it in.
  public var arguments: [String] = []
  /// The language of help and messages; `CommandLineTool` fills it in.
  public var language: Language = .english

  /// The environment of the command that runs in the present task.
  @TaskLocal static var current: CommandEnvironment?

  /// An environment.
  public init(
    variables: [String: String], executable: String, workingDirectory: String, console: Console,
    terminal: Terminal, engine: (any Engine)?,
    openStore: @escaping @Sendable (String, Bool) throws -> any RunStore,
    become: @escaping @Sendable (String, [String], [String: String]) throws -> Void
  ) {
    self.variables = variables
    self.executable = executable
    self.workingDirectory = workingDirectory
    self.console = console
    self.terminal = terminal
    self.engine = engine
    self.openStore = openStore
    self.become = become
  }

  /// The folder of Hone's downloads and links.
  var cacheFolder: String {
    if let cache = variables["XDG_CACHE_HOME"], !cache.isEmpty { return cache + "/hone" }
    return (variables["HOME"] ?? "/tmp") + "/.cache/hone"
  }

  /// The folder of built-in data sets.
  var dataHome: String {
    if let home = variables["HONE_DATA"], !home.isEmpty { return home }
    return cacheFolder + "/datasets"
  }

  /// The plotting library that reports carry inside, where one is installed.
  var plotly: String? {
    let folder = (executable as NSString).deletingLastPathComponent
    let places = [
      variables["HONE_PLOTLY"], folder + "/../share/hone/plotly.min.js",
      cacheFolder + "/share/plotly.min.js",
    ]
    return places.compactMap(\.self).first { FileManager.default.fileExists(atPath: $0) }
  }

  /// The folder of the pages that teach the findings: an installation's, or that of the checkout which the
  /// program was built in.
  var findingPages: String? {
    let folder = (executable as NSString).deletingLastPathComponent
    let places = [
      "/../share/doc/hone/findings", "/../../Documentation/Findings",
      "/../../../Documentation/Findings",
    ]
    return places.map { (folder + $0 as NSString).standardizingPath }.first {
      FileManager.default.fileExists(atPath: $0 + "/README.md")
    }
  }

  /// A path as the user gave it, made absolute.
  func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : workingDirectory + "/" + path
  }
}
