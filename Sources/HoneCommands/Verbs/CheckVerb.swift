import ArgumentParser
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
        """,
        """
        예
          hone check photos/
          hone check data.csv --target price --config hone.yaml --json
          hone check photos/ --run last
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

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    let configuration = try recipe.resolved(data: data, target: target)
    let request = CheckRequest(
      data: try TensorVerb.data(data, configuration), configuration: configuration,
      run: reference)
    try await TensorVerb.run(global) { engine, context in
      let report = try await engine.check(request, in: context)
      if context.json {
        try context.emit(CheckOutput(report, language: context.language))
      } else {
        CheckSummary(report).say(context)
      }
      try TensorVerb.exitIfInterrupted(context)
      if report.gates.contains(where: { !$0.passed }) {
        throw ExitCode(ExitStatus.unsuccessful.rawValue)
      }
    }
  }
}
