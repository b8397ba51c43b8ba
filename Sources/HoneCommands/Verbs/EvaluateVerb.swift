public import ArgumentParser
import HoneConfiguration
import HoneText

extension EvaluateRequest.Split: ExpressibleByArgument {}

/// `hone evaluate`: a run's model in numbers.
struct EvaluateVerb: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "evaluate",
      abstract: localized(
        "Metrics, confusion matrix, classes, calibration and worst examples of a run.",
        "실행의 평가 지표, 혼동 행렬, 클래스별 표, 보정, 가장 틀린 예를 봅니다."),
      discussion: localized(
        """
        EXAMPLES
          hone evaluate last
          hone evaluate 20261121 --split validation --json
          hone evaluate last --split train --curvature
        """,
        """
        예
          hone evaluate last
          hone evaluate 20261121 --split validation --json
          hone evaluate last --split train --curvature
        """))
  }

  @Argument(
    help: help(
      "A run: id, part of it, name or last.", "실행: id, id의 앞부분, 이름 또는 last.", valueName: "RUN"))
  var reference: String

  @Option(help: help("Which part of the data.", "데이터의 어느 부분인지."))
  var split: EvaluateRequest.Split = .test

  @Option(help: help("Other data than the run's own.", "실행의 데이터 대신 쓸 데이터.", valueName: "DATA"))
  var data: String?

  @Flag(
    help: help(
      "Also the curvature of the loss: Hessian eigenvalues, trace, each layer's largest eigenvalue.",
      "손실의 곡률도 봅니다: 헤세 행렬의 고윳값, 대각합, 층마다 가장 큰 고윳값."))
  var curvature = false

  @Option(parsing: .upToNextOption, help: .hidden) var ensemble: [String] = []

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    try TensorVerb.refuse([("--ensemble", !ensemble.isEmpty)])
    if let data { _ = try TensorVerb.data(data, .init()) }
    let request = EvaluateRequest(run: reference, split: split, data: data, curvature: curvature)
    try await TensorVerb.run(global) { engine, context in
      let report = try await engine.evaluate(request, in: context)
      if context.json {
        try context.emit(EvaluateOutput(report))
      } else {
        EvaluationSummary(report).say(context)
      }
      try TensorVerb.exitIfInterrupted(context)
    }
  }
}
