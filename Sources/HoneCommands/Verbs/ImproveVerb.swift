import ArgumentParser
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
          hone improve --resume last
        """,
        """
        예
          hone improve photos/ --budget 15m
          hone improve data.csv --target price --seeds 8
          hone improve digits --target 'accuracy>=0.99'
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
    let request = ImproveRequest(
      data: try TensorVerb.data(data, configuration), configuration: configuration,
      budgetSeconds: budget.seconds, seeds: seeds, goal: goals.first,
      report: output.map { CommandEnvironment.current?.absolute($0) ?? $0 })
    try await answer(request)
  }

  private func answer(_ request: ImproveRequest) async throws {
    try await TensorVerb.run(global) { engine, context in
      let record = try await engine.improve(request, in: context)
      try ImproveSummary(record).answer(context)
    }
  }
}
