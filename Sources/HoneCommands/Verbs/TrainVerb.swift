import ArgumentParser
import HoneRecords
import HoneText

/// `hone train`: one run.
struct TrainVerb: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "train",
      abstract: localized(
        "Train once: split, preprocess, build, train, validate, test, record.",
        "한 번 학습합니다: 분할, 전처리, 모델 구성, 학습, 검증, 평가, 기록."),
      discussion: localized(
        """
        EXAMPLES
          hone train digits
          hone train fashion-mnist --model cnn --epochs 5
          hone train data.csv --target price --set optimizer.learningRate=3e-4
          hone train --resume last
        """,
        """
        예
          hone train digits
          hone train fashion-mnist --model cnn --epochs 5
          hone train data.csv --target price --set optimizer.learningRate=3e-4
          hone train --resume last
        """))
  }

  @Argument(
    help: help(
      "A built-in name, a folder or a file.", "내장 데이터 이름, 폴더 또는 파일.", valueName: "DATA"))
  var data: String?

  @OptionGroup var recipe: RecipeOptions

  @Option(help: help("The column to predict.", "예측할 열.", valueName: "column"))
  var target: String?

  @Option(help: help("Continue an interrupted run.", "중단된 실행을 이어서 합니다.", valueName: "RUN"))
  var resume: String?

  @Option(help: help("A name for the run.", "실행의 이름."))
  var name: String?

  @Option(
    name: .customLong("tag"), parsing: .singleValue,
    help: help("A label for the run; repeatable.", "실행의 꼬리표. 여러 번 쓸 수 있습니다."))
  var tags: [String] = []

  @Option(help: .hidden) var folds: Int?
  @Option(help: .hidden) var processes: Int?
  @Flag(help: .hidden) var plan = false

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    try TensorVerb.refuse([
      ("--folds", folds != nil), ("--processes", processes != nil), ("--plan", plan),
    ])
    let configuration = try recipe.resolved(data: data, target: target)
    let source = resume == nil ? try TensorVerb.data(data, configuration) : data
    let request = TrainRequest(
      data: source, configuration: configuration, resume: resume, name: name, tags: tags)
    try await TensorVerb.run(global) { engine, context in
      let record = try await engine.train(request, in: context)
      if context.json {
        try context.emit(TrainOutput(record))
      } else {
        RunSummary(record).say(context)
      }
      switch record.status {
      case .completed, .stoppedEarly, .running: return
      case .interrupted:
        try TensorVerb.exitIfInterrupted(context)
        throw ExitCode(ExitStatus.interrupted.rawValue)
      case .diverged, .failed: throw ExitCode(ExitStatus.unsuccessful.rawValue)
      }
    }
  }
}
