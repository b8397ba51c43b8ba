public import ArgumentParser
import HoneConfiguration
import HoneText

extension EvaluateRequest.Split: ExpressibleByArgument {}
extension EvaluateRequest.Weighting: ExpressibleByArgument {}

/// `hone evaluate`: a run's model in numbers, or several models together.
struct EvaluateVerb: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "evaluate",
      abstract: localized(
        "Metrics, confusion matrix, classes, calibration and worst examples of a run or an ensemble.",
        "실행이나 앙상블의 평가 지표, 혼동 행렬, 클래스별 표, 보정, 가장 틀린 예를 봅니다."),
      discussion: localized(
        """
        EXAMPLES
          hone evaluate last
          hone evaluate 20261121 --split validation --json
          hone evaluate last --tta horizontalFlip
          hone evaluate --ensemble first second third --weights greedy
          hone evaluate last@all
        """,
        """
        예
          hone evaluate last
          hone evaluate 20261121 --split validation --json
          hone evaluate last --tta horizontalFlip
          hone evaluate --ensemble first second third --weights greedy
          hone evaluate last@all
        """))
  }

  @Argument(
    help: help(
      "A run: id, part of it, name or last; RUN@EPOCH for weights that it kept, RUN@all for all of them.",
      "실행: id, id의 앞부분, 이름 또는 last. RUN@EPOCH은 남겨 둔 에폭의 가중치, RUN@all은 그 전부.",
      valueName: "RUN"))
  var reference: String?

  @Option(help: help("Which part of the data.", "데이터의 어느 부분인지."))
  var split: EvaluateRequest.Split = .test

  @Option(help: help("Other data than the run's own.", "실행의 데이터 대신 쓸 데이터.", valueName: "DATA"))
  var data: String?

  @Flag(
    help: help(
      "Also the curvature of the loss: Hessian eigenvalues, trace, each layer's largest eigenvalue.",
      "손실의 곡률도 봅니다: 헤세 행렬의 고윳값, 대각합, 층마다 가장 큰 고윳값."))
  var curvature = false

  @Option(
    parsing: .upToNextOption,
    help: help(
      "Runs that answer together, RUN among them where it is named; a series of seeds or folds by its id.",
      "함께 답할 실행들. RUN을 지정하면 그것도 포함합니다. 시드나 겹의 묶음은 그 id로 지정합니다.", valueName: "RUN"))
  var ensemble: [String] = []

  @Option(
    help: help(
      "The shares of an ensemble: uniform, or greedy as the validation split chooses.",
      "앙상블의 비중: uniform은 같게, greedy는 검증 데이터로 고릅니다."))
  var weights: EvaluateRequest.Weighting = .uniform

  @Flag(
    inversion: .prefixedNo,
    help: help(
      "Calibrate probabilities on the validation split; ensembles are, unless told not to.",
      "검증 데이터로 확률을 보정합니다. 앙상블은 따로 끄지 않으면 보정합니다."))
  var calibrate: Bool?

  @Option(
    help: help(
      "Average over views of each image: horizontalFlip, flips, shifts:2, fiveCrop:24, tenCrop:24.",
      "이미지마다 여러 모습의 답을 평균합니다: horizontalFlip, flips, shifts:2, fiveCrop:24, tenCrop:24.",
      valueName: "views"))
  var tta: ViewsOption?

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    if let data { _ = try TensorVerb.data(data, .init()) }
    guard let first = reference ?? ensemble.first else {
      throw CommandFailure.usage(
        Localized(
          "Name a run: its id, part of it, its name or last.",
          korean: "실행을 지정하십시오. id, id의 앞부분, 이름 또는 last를 쓸 수 있습니다."))
    }
    var request = EvaluateRequest(run: first, split: split, data: data, curvature: curvature)
    request.ensemble = reference == nil ? Array(ensemble.dropFirst()) : ensemble
    request.weighting = weights
    request.views = tta?.views
    request.calibrates = calibrate ?? request.wantsEnsemble
    if curvature, request.wantsEnsemble {
      throw CommandFailure.usage(
        Localized(
          "--curvature is that of one model. Leave it out, or name one run.",
          korean: "--curvature는 모델 하나에만 쓸 수 있습니다. 빼거나 실행을 하나만 지정하십시오."))
    }
    try await TensorVerb.run(global) { [request] engine, context in
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
