import ArgumentParser
import Foundation
import HoneNumerics
import HoneRecords
import HoneReport
import HoneText

/// `hone check`: data and the first steps of the recipe.
struct CheckVerb: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "check",
      abstract: localized(
        "Inspect data and the first steps of the recipe, before any long run.",
        "오래 학습하기 전에 데이터와 첫 단계들을 점검합니다."),
      discussion: localized(
        """
        EXAMPLES
          hone check photos/
          hone check data.csv --target price --config hone.yaml --json
          hone check photos/ --run last
          hone check photos/ --report check.html
        """,
        """
        예
          hone check photos/
          hone check data.csv --target price --config hone.yaml --json
          hone check photos/ --run last
          hone check photos/ --report check.html
        """))
  }

  @Argument(
    help: help(
      "A built-in name, a folder or a file.", "내장 데이터 이름, 폴더 또는 파일.", valueName: "DATA"))
  var data: String?

  @OptionGroup var recipe: RecipeOptions

  @Option(help: help("The column to predict.", "예측할 열.", valueName: "column"))
  var target: String?

  @Option(
    name: .customLong("run"),
    help: help(
      "A run or cross-validation whose models judge labels they had not learned.",
      "학습하지 않은 레이블을 판단할 모델의 실행 또는 교차 검증.", valueName: "RUN"))
  var reference: String?

  @Option(
    name: [.customLong("report"), .customShort("o")],
    help: help(
      "An HTML file to write, with pictures of the samples that findings name.",
      "진단에 나온 표본의 그림을 담아 저장할 HTML 파일.", valueName: "file.html"))
  var report: String?

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    let configuration = try recipe.resolved(data: data, target: target)
    let request = CheckRequest(
      data: try TensorVerb.data(data, configuration), configuration: configuration,
      run: reference, wantsViews: report != nil)
    let file = report.map { CommandEnvironment.current?.absolute($0) ?? $0 }
    if let file { try CheckVerb.requireFolder(of: file) }
    try await TensorVerb.run(global) { engine, context in
      let report = try await engine.check(request, in: context)
      if let file { try DataReport(report).write(to: file, language: context.language) }
      if context.json {
        try context.emit(CheckOutput(report, language: context.language, file: file))
      } else {
        CheckSummary(report).say(context)
        if let file { context.say(Localized("Report: \(file)", korean: "보고서: \(file)")) }
      }
      try TensorVerb.exitIfInterrupted(context)
      if report.gates.contains(where: { !$0.passed }) {
        throw ExitCode(ExitStatus.unsuccessful.rawValue)
      }
    }
  }

  /// Refuses a file that cannot be written before minutes of work are lost on it.
  private static func requireFolder(of file: String) throws(FileError) {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
    guard FileManager.default.isWritableFile(atPath: folder) else {
      throw .cannotCreate(path: file, reason: "no folder \(folder) that may be written to")
    }
  }
}

extension DataReport {
  /// The page about a check.
  init(_ report: CheckReport) {
    self.init(
      data: report.data, task: report.task, findings: report.findings,
      steps: report.gates.map {
        Step(
          name: $0.id, passed: $0.passed, value: $0.value, expected: $0.expected,
          message: $0.message)
      },
      views: report.views)
  }
}
