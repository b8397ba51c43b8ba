import ArgumentParser
import Foundation
import HoneNumerics
import HoneRecords
import HoneSearch
import HoneStore
import HoneText

/// What `hone studies export` writes.
enum StudyExportFormat: String, CaseIterable, ExpressibleByArgument {
  case json, csv
}

/// `hone studies export`: a study for other stores and other programs.
struct StudiesExportVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "export",
      abstract: localized(
        "Write a study for other stores and other programs.",
        "연구를 다른 저장소나 다른 도구를 위해 내보냅니다."),
      discussion: localized(
        """
        json      all of the study, for `hone studies import`; standard output without -o
        csv       a line for each trial; standard output without -o
        --optuna  adds the study to a SQLite file of Optuna's, made where it is not there

        EXAMPLES
          hone studies export first --format csv -o first.csv
          hone studies export first --optuna optuna.db
          optuna-dashboard sqlite:///optuna.db
        """,
        """
        json      연구 전체. `hone studies import`로 가져옵니다. -o가 없으면 표준 출력
        csv       시행마다 한 줄. -o가 없으면 표준 출력
        --optuna  연구를 Optuna의 SQLite 파일에 추가합니다. 파일이 없으면 만듭니다

        예
          hone studies export first --format csv -o first.csv
          hone studies export first --optuna optuna.db
          optuna-dashboard sqlite:///optuna.db
        """))
  }

  /// The JSON of `hone studies export`.
  private struct Output: Encodable {
    let study: String
    let trials: Int
    let file: String
  }

  @Argument(help: studyHelp()) var name: String
  @Option(help: help("json or csv.", "json 또는 csv.")) var format = StudyExportFormat.json
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: help("The file.", "파일.", valueName: "file"))
  var output: String?
  @Option(
    help: help("A SQLite file of Optuna's.", "Optuna의 SQLite 파일.", valueName: "file.db"))
  var optuna: String?
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard optuna == nil || output == nil else {
      throw ValidationError(
        localized("Use -o or --optuna, not both.", "-o와 --optuna 가운데 하나만 쓰십시오."))
    }
  }

  mutating func run() throws {
    let context = global.context()
    let record = try StudyWorker.record(of: name, in: context.studies())
    let file: String
    if let optuna {
      file = CommandEnvironment.current?.absolute(optuna) ?? optuna
      try OptunaFile(path: file).add(record.optuna)
    } else {
      let text =
        format == .csv ? record.csv : try CanonicalJSON.string(record, isPretty: true) + "\n"
      guard let output else {
        context.console.printLine(String(text.dropLast()))
        return
      }
      file = CommandEnvironment.current?.absolute(output) ?? output
      guard !FileManager.default.fileExists(atPath: file) else {
        throw CommandFailure.exists(output)
      }
      try AtomicFile.write(text, to: file)
    }
    if context.json {
      try context.emit(Output(study: name, trials: record.trials.count, file: file))
    } else {
      context.say("\(name) → \(optuna ?? output ?? "")")
    }
  }
}
