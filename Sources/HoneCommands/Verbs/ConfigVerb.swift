import ArgumentParser
import Foundation
import HoneConfiguration
import HoneText

/// `hone config`: configuration files.
struct ConfigVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "config",
      abstract: localized(
        "Write, check and describe configuration files.", "설정 파일을 만들고 검사하고 설명합니다."),
      discussion: localized(
        """
        EXAMPLES
          hone config init photos/ -o hone.yaml
          hone config validate hone.yaml
          hone config schema > hone.schema.json
        """,
        """
        예
          hone config init photos/ -o hone.yaml
          hone config validate hone.yaml
          hone config schema > hone.schema.json
        """),
      subcommands: [ConfigInitVerb.self, ConfigValidateVerb.self, ConfigSchemaVerb.self])
  }
}

struct ConfigInitVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "init",
      abstract: localized(
        "Write a commented configuration to start from.", "설명을 단 시작용 설정 파일을 만듭니다."))
  }

  @Argument(
    help: help(
      "A built-in name, a folder or a file.", "내장 데이터 이름, 폴더 또는 파일.", valueName: "DATA"))
  var data: String?
  @OptionGroup var recipe: RecipeOptions
  @Option(help: help("The column to predict.", "예측할 열.", valueName: "column"))
  var target: String?
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: help("The file; standard output without it.", "파일. 쓰지 않으면 표준 출력.", valueName: "file.yaml")
  )
  var output: String?
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let context = global.context()
    let configuration = try recipe.resolved(data: data, target: target)
    if data != nil { _ = try TensorVerb.data(data, configuration) }
    let text = configuration.template(context.language)
    guard let output else {
      if context.json {
        try context.emit(configuration)
      } else {
        context.console.printLine(String(text.dropLast()))
      }
      return
    }
    let path = CommandEnvironment.current?.absolute(output) ?? output
    guard !FileManager.default.fileExists(atPath: path) else {
      throw CommandFailure.exists(output)
    }
    try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    if context.json {
      try context.emit(["file": output])
    } else {
      context.say(output)
    }
  }
}

struct ConfigValidateVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "validate",
      abstract: localized(
        "Check a configuration file; all problems are named.", "설정 파일을 검사하고 문제를 모두 알려 줍니다."))
  }

  @Argument(help: help("The file.", "파일.", valueName: "file")) var file: String
  @Flag(help: help("Print the file with every default filled in.", "모든 기본값을 채운 설정을 출력합니다."))
  var resolved = false
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let context = global.context()
    let configuration: Configuration
    do throws(ConfigurationError) {
      let path = CommandEnvironment.current?.absolute(file)
      configuration = try ConfigurationDocument(file: file, at: path).resolved()
    } catch {
      guard context.json, error.exitStatus == .configuration else { throw error }
      try context.emit(
        ValidationOutput(
          valid: false, problems: ValidationOutput.problems(error, context.language),
          configuration: nil))
      throw ExitCode(error.exitStatus.rawValue)
    }
    if context.json {
      try context.emit(ValidationOutput(valid: true, problems: [], configuration: configuration))
    } else if resolved {
      context.console.printLine(String(configuration.yaml.dropLast()))
    } else {
      context.say(Localized("\(file): in order.", korean: "\(file): 문제가 없습니다."))
    }
  }
}

/// The JSON of `hone config validate`.
struct ValidationOutput: Encodable {
  let valid: Bool
  let problems: [Problem]
  @OrNull var configuration: Configuration?

  struct Problem: Encodable {
    @OrNull var path: String?
    @OrNull var line: Int?
    @OrNull var column: Int?
    let message: String
  }

  init(valid: Bool, problems: [Problem], configuration: Configuration?) {
    self.valid = valid
    self.problems = problems
    _configuration = OrNull(wrappedValue: configuration)
  }

  static func problems(_ error: ConfigurationError, _ language: Language) -> [Problem] {
    switch error {
    case .invalid(let problems):
      return problems.map {
        Problem(
          path: $0.path, line: $0.position?.line,
          column: $0.position?.column,
          message: $0.explanation.text(language))
      }
    case .syntax(_, let position, _):
      return [
        Problem(
          path: nil, line: position?.line,
          column: position?.column,
          message: error.explanation.text(language))
      ]
    default:
      return [
        Problem(
          path: nil, line: nil,
          column: nil, message: error.explanation.text(language))
      ]
    }
  }
}

struct ConfigSchemaVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "schema",
      abstract: localized(
        "Print the JSON Schema of configuration files, for editors.",
        "편집기를 위한 설정 파일의 JSON 스키마를 출력합니다."))
  }

  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let context = global.context()
    try context.emit(ConfigurationSchema.value(context.language))
  }
}
