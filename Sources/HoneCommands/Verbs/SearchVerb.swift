public import ArgumentParser
import HoneConfiguration
import HoneRecords
public import HoneSearch
import HoneStore
import HoneText

/// `hone search`: hyperparameter search.
struct SearchVerb: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "search",
      abstract: localized("Search hyperparameters.", "하이퍼파라미터를 탐색합니다."),
      discussion: localized(
        """
        A study is kept in the store; the same command with its --study goes on with it.

        EXAMPLES
          hone search digits --tune learningRate,dropout --trials 30
          hone search photos/ --space space.yaml --pruner halving --budget 15m
          hone search digits --tune learningRate --trials 60 --study first
          hone search digits --tune learningRate --pruner asha --workers 4 --study many
          hone search --join many --storage postgresql://server/hone --workers 8
        """,
        """
        탐색 연구는 저장소에 남습니다. 같은 명령에 그 --study를 쓰면 이어서 합니다.

        예
          hone search digits --tune learningRate,dropout --trials 30
          hone search photos/ --space space.yaml --pruner halving --budget 15m
          hone search digits --tune learningRate --trials 60 --study first
          hone search digits --tune learningRate --pruner asha --workers 4 --study many
          hone search --join many --storage postgresql://server/hone --workers 8
        """))
  }

  /// The trials of a study for which neither trials nor time were named.
  private static let usualTrials = 30

  @Argument(
    help: help(
      "A built-in name, a folder or a file.", "내장 데이터 이름, 폴더 또는 파일.", valueName: "DATA"))
  var data: String?

  @OptionGroup var recipe: RecipeOptions

  @Option(help: help("The column to predict.", "예측할 열.", valueName: "column"))
  var target: String?

  @Option(
    help: help(
      "Parameters to search in their usual ranges: learningRate, weightDecay, dropout, batchSize, "
        + "momentum, labelSmoothing, activation, gradientClip (default: learningRate,weightDecay).",
      "보통의 범위에서 탐색할 것: learningRate, weightDecay, dropout, batchSize, momentum, "
        + "labelSmoothing, activation, gradientClip (기본값: learningRate,weightDecay).",
      valueName: "list"))
  var tune: String?

  @Option(
    help: help(
      "A configuration (YAML or JSON) in which any value may be {logUniform: [1e-4, 0.1]}, "
        + "{uniform: [a, b]}, {integer: [a, b]} or {choice: [...]}.",
      "값 대신 {logUniform: [1e-4, 0.1]}, {uniform: [a, b]}, {integer: [a, b]}, {choice: [...]}을 쓸 수 "
        + "있는 설정 파일 (YAML 또는 JSON).", valueName: "file"))
  var space: String?

  @Option(help: help("How points are chosen.", "시험할 점을 고르는 방법."))
  var sampler = SamplerName.auto

  @Option(help: help("How trials are ended early.", "시행을 일찍 끝내는 방법."))
  var pruner = PrunerName.none

  @Option(
    help: help(
      "What a trial is judged by on the validation split.", "검증 분할에서 시행을 판단하는 기준."))
  var objective = SearchRequest.Objective.loss

  @Option(
    help: help(
      "Trials of the study in all (default: 30 without --budget).",
      "연구 전체의 시행 수 (기본값: --budget이 없으면 30)."))
  var trials: Int?

  @Option(
    help: help(
      "The time to spend: 90s, 15m, 2h.", "쓸 시간: 90s, 15m, 2h.", valueName: "time"))
  var budget: TimeSpan?

  @Option(help: help("The study's name.", "연구의 이름.", valueName: "name"))
  var study: String?

  @OptionGroup var bounds: SearchBounds

  @OptionGroup var sharing: SearchSharing

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard tune == nil || space == nil else {
      throw ValidationError(
        localized("Use --tune or --space, not both.", "--tune과 --space 가운데 하나만 쓰십시오."))
    }
    guard trials ?? 1 > 0 else {
      throw ValidationError(
        localized("--trials must be at least 1.", "--trials는 1 이상이어야 합니다."))
    }
    guard sharing.join == nil || isPlain else {
      throw ValidationError(
        localized(
          "--join works on a study as it is: beside it only DATA, --workers, --threads, --storage and "
            + "--store have a meaning.",
          "--join은 있는 연구를 그대로 이어받습니다. DATA, --workers, --threads, --storage, --store만 함께 쓸 수 "
            + "있습니다."))
    }
  }

  mutating func run() async throws {
    if let storage = sharing.storage { global.store = storage }
    if let joined = sharing.join { return try await join(joined) }
    var request = try request()
    if sharing.workers > 1 || bounds.trialLimit != nil {
      request.onlyOpens = true
      return try await search(request, workers: sharing.workers)
    }
    try await TensorVerb.run(global) { [request] engine, context in
      try SearchSummary(try await engine.search(request, in: context)).answer(context)
    }
  }

  private func request() throws -> SearchRequest {
    let divided = try dividedSpace()
    let configuration = try recipe.resolved(
      data: data, target: target, settings: divided?.settings ?? [:])
    var request = SearchRequest(
      data: try TensorVerb.data(data, configuration), configuration: configuration,
      space: divided?.space, tuned: divided == nil ? try tuned() : [], sampler: sampler,
      pruner: pruner, objective: objective,
      trials: trials,
      budgetSeconds: budget?.seconds, study: study)
    if request.trials == nil, budget == nil, bounds.isEmpty {
      request.trials = SearchVerb.usualTrials
    }
    request.bounds = bounds.budget
    request.trialSeconds = bounds.trialLimit?.seconds
    request.batch = sharing.batch
    request.stack = sharing.stack ?? .off
    return request
  }

  private func dividedSpace() throws -> (
    space: SearchSpace, settings: [String: ConfigurationValue]
  )? {
    try space.map { try SearchVerb.divided($0) }
  }

  private func tuned() throws -> [TunedParameter] {
    try SearchVerb.tuned(tune)
  }
}

extension SamplerName: ExpressibleByArgument {}
extension PrunerName: ExpressibleByArgument {}
extension SearchRequest.Objective: ExpressibleByArgument {}
