import ArgumentParser
import Foundation
import HoneConfiguration
import HoneRecords
import HoneText

/// `hone improve`: the autopilot.
struct ImproveVerb: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "improve",
      abstract: localized(
        "Train a baseline, diagnose it, try remedies as experiments, keep what is proven.",
        "기준 모델을 학습하고 진단한 뒤, 개선책을 실험해 입증된 것만 남깁니다."),
      discussion: localized(
        """
        EXAMPLES
          hone improve photos/ --budget 15m
          hone improve data.csv --target price --seeds 8
          hone improve digits --target 'accuracy>=0.99'
          hone improve photos/ --pretrained resnet18=resnet18.safetensors
          hone improve --resume last
        """,
        """
        예
          hone improve photos/ --budget 15m
          hone improve data.csv --target price --seeds 8
          hone improve digits --target 'accuracy>=0.99'
          hone improve photos/ --pretrained resnet18=resnet18.safetensors
          hone improve --resume last
        """))
  }

  @Argument(
    help: help(
      "A built-in name, a folder or a file.", "내장 데이터 이름, 폴더 또는 파일.", valueName: "DATA"))
  var data: String?

  @OptionGroup var recipe: RecipeOptions

  @Option(
    help: help(
      "The time to spend: 90s, 15m, 2h.", "쓸 시간: 90s, 15m, 2h.", valueName: "time"))
  var budget = TimeSpan(seconds: 900)

  @Option(help: help("Paired seeds per experiment.", "실험마다 짝지을 시드의 수."))
  var seeds = 5

  @Option(
    name: .customLong("target"), parsing: .singleValue,
    help: help(
      "A goal such as accuracy>=0.98, or the column to predict; repeatable.",
      "accuracy>=0.98 같은 목표, 또는 예측할 열. 여러 번 쓸 수 있습니다."))
  var targets: [String] = []

  @Option(
    help: help(
      "A ready model and its file of weights, to be tried on images, such as "
        + "squeezeNet1_1=weights.safetensors.",
      "이미지에 시도할 준비된 모델과 가중치 파일. 예: squeezeNet1_1=weights.safetensors.", valueName: "model=file"))
  var pretrained: String?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: help("Where the report goes.", "보고서를 쓸 곳.", valueName: "file.html"))
  var output: String?

  @Option(
    help: help(
      "Go on with an interrupted improvement: its id, or last. Its finished experiments are not run "
        + "again.",
      "중단된 개선을 이어서 합니다. 식별자 또는 last. 마친 실험은 다시 실행하지 않습니다.", valueName: "ID"))
  var resume: String?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard seeds >= 2 else {
      throw ValidationError(
        localized(
          "--seeds: at least 2, to tell effect from chance.", "--seeds: 우연과 구별하려면 2 이상이어야 합니다."))
    }
  }

  mutating func run() async throws {
    if let resume {
      var request = ImproveRequest(
        data: "", configuration: Configuration(), budgetSeconds: budget.seconds, seeds: seeds)
      request.resume = resume
      return try await answer(request)
    }
    let goals = targets.compactMap(MetricGoal.init)
    let columns = targets.filter { MetricGoal($0) == nil }
    guard goals.count <= 1, columns.count <= 1 else {
      throw CommandFailure.usage(
        Localized(
          "--target: at most one goal and one column.", korean: "--target: 목표와 열은 하나씩만 쓸 수 있습니다."))
    }
    let configuration = try recipe.resolved(data: data, target: columns.first)
    var request = ImproveRequest(
      data: try TensorVerb.data(data, configuration), configuration: configuration,
      budgetSeconds: budget.seconds, seeds: seeds, goal: goals.first,
      report: output.map { CommandEnvironment.current?.absolute($0) ?? $0 })
    request.backbone = try backbone()
    try await answer(request)
  }

  /// What `--pretrained` names.
  private func backbone() throws -> ImproveRequest.Backbone? {
    guard let pretrained else { return nil }
    let parts = pretrained.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else {
      throw CommandFailure.usage(
        Localized(
          "--pretrained \(pretrained): expected is a ready model and a file, such as "
            + "squeezeNet1_1=weights.safetensors.",
          korean:
            "--pretrained \(pretrained): squeezeNet1_1=weights.safetensors처럼 준비된 모델과 파일을 쓰십시오."))
    }
    let file = CommandEnvironment.current?.absolute(parts[1]) ?? parts[1]
    guard FileManager.default.isReadableFile(atPath: file) else {
      throw CommandFailure.usage(
        Localized(
          "--pretrained: the file '\(parts[1])' cannot be read.",
          korean: "--pretrained: 파일 '\(parts[1])'을(를) 읽을 수 없습니다."))
    }
    // A name that there is no model of is refused before anything is trained.
    _ = try Configuration().setting("model.name", to: parts[0])
    return ImproveRequest.Backbone(model: parts[0], file: file)
  }

  private func answer(_ request: ImproveRequest) async throws {
    try await TensorVerb.run(global) { engine, context in
      let record = try await engine.improve(request, in: context)
      try ImproveSummary(record).answer(context)
    }
  }
}
