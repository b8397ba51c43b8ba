import ArgumentParser
import HoneConfiguration
import HoneRecords
import HoneSearch
import HoneStore
import HoneText

/// `hone recipe`: from the first loss to a winner on fresh seeds, in steps that pass or fail.
struct RecipeVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "recipe",
      abstract: localized(
        "Train by the six-step recipe: steps with numbers that pass or fail, stored and resumable.",
        "여섯 단계 레시피로 학습합니다. 단계마다 수치와 통과 여부를 남기며 이어서 할 수 있습니다."),
      discussion: localized(
        """
        1 initial loss      about that of knowing nothing, weight decay off
        2 a small sample    learned to 100 %
        3 learning rate     one at which the loss falls within 100 steps
        4 coarse            many trials of 1 to 5 epochs over a wide space
        5 refine            longer trials where the good ones lie, past a border where the best lies
        6 curves            the diagnosis reads the winner's curves
        and the winner again on fresh seeds, tested on what no step has seen

        EXAMPLES
          hone recipe digits --name first
          hone recipe photos/ --tune learningRate,dropout --epochs 30 --budget 2h --name photos
          hone recipe show first
        """,
        """
        1 초기 손실     가중치 감쇠를 끄고, 아무것도 모르는 모델의 손실과 비슷한지
        2 작은 표본     100%까지 외우는지
        3 학습률       손실이 100스텝 안에 줄어드는 값
        4 거친 탐색     넓은 공간에서 1~5에폭 시행을 많이
        5 정밀 탐색     좋은 시행이 모인 곳에서 더 길게, 최선이 경계에 있으면 그 너머까지
        6 곡선        우승 시행의 곡선을 진단
        그리고 우승 설정을 새 시드로 다시 학습해 어느 단계도 보지 못한 데이터로 시험

        예
          hone recipe digits --name first
          hone recipe photos/ --tune learningRate,dropout --epochs 30 --budget 2h --name photos
          hone recipe show first
        """),
      subcommands: [RecipeRunVerb.self, RecipeListVerb.self, RecipeShowVerb.self],
      defaultSubcommand: RecipeRunVerb.self)
  }
}

/// `hone recipe DATA`: takes the steps.
struct RecipeRunVerb: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "run",
      abstract: localized("Take the steps, or go on.", "단계를 실행하거나 이어서 합니다."))
  }

  @Argument(
    help: help(
      "A built-in name, a folder or a file.", "내장 데이터 이름, 폴더 또는 파일.", valueName: "DATA"))
  var data: String?

  @OptionGroup var recipe: RecipeOptions

  @Option(help: help("The column to predict.", "예측할 열.", valueName: "column"))
  var target: String?

  @Option(help: help("The recipe's name.", "레시피의 이름.", valueName: "name"))
  var name: String?

  @Option(
    help: help(
      "Parameters to search in their usual ranges (default: learningRate,weightDecay).",
      "보통의 범위에서 탐색할 것 (기본값: learningRate,weightDecay).", valueName: "list"))
  var tune: String?

  @Option(
    help: help(
      "A configuration in which any value may be a range.", "값 대신 범위를 쓸 수 있는 설정 파일.",
      valueName: "file"))
  var space: String?

  @Option(help: help("How points are chosen.", "시험할 점을 고르는 방법."))
  var sampler = SamplerName.auto

  @Option(help: help("How trials are ended early.", "시행을 일찍 끝내는 방법."))
  var pruner = PrunerName.none

  @Option(help: help("Samples to learn by heart.", "외울 표본의 수.")) var sample = 32
  @Option(help: help("Coarse trials.", "거친 시행의 수.")) var coarseTrials = 30
  @Option(help: help("Epochs of a coarse trial.", "거친 시행의 에폭 수.")) var coarseEpochs = 3
  @Option(help: help("Fine trials of a round.", "한 차례 정밀 시행의 수.")) var fineTrials = 20
  @Option(
    help: help(
      "Rounds of fine trials at most: a best point on a border asks for another.",
      "정밀 탐색의 최대 차례 수. 최선이 경계에 있으면 한 번 더 합니다."))
  var rounds = 2
  @Option(help: help("Fresh seeds for the winner.", "우승 설정을 확인할 새 시드의 수.")) var seeds = 3

  @Option(
    help: help(
      "The time that this call may spend: 15m, 2h; the same command goes on.",
      "이번 실행에 쓸 시간: 15m, 2h. 같은 명령으로 이어서 할 수 있습니다.", valueName: "time"))
  var budget: TimeSpan?

  @Flag(help: help("Go on after a failed step.", "단계가 실패해도 계속합니다.")) var keepGoing = false
  @Flag(
    help: help("Begin a recipe of the name anew.", "같은 이름의 레시피를 처음부터 다시 합니다."))
  var restart = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard tune == nil || space == nil else {
      throw ValidationError(
        localized("Use --tune or --space, not both.", "--tune과 --space 가운데 하나만 쓰십시오."))
    }
    guard coarseTrials >= 10, fineTrials >= 10 else {
      throw ValidationError(
        localized(
          "--coarse-trials and --fine-trials must be at least 10: a region needs ten trials.",
          "--coarse-trials와 --fine-trials는 10 이상이어야 합니다. 영역을 정하려면 시행이 10개 필요합니다."))
    }
    guard sample > 1, coarseEpochs > 0, rounds > 0, seeds > 0 else {
      throw ValidationError(
        localized(
          "--coarse-epochs, --rounds and --seeds must be at least 1, --sample at least 2.",
          "--coarse-epochs, --rounds, --seeds는 1 이상, --sample은 2 이상이어야 합니다."))
    }
  }

  mutating func run() async throws {
    let divided = try space.map { try SearchVerb.divided($0) }
    let configuration = try recipe.resolved(
      data: data, target: target, settings: divided?.settings ?? [:])
    var plan = RecipePlan()
    plan.sample = sample
    plan.coarseTrials = coarseTrials
    plan.coarseEpochs = coarseEpochs
    plan.fineTrials = fineTrials
    plan.fineEpochs = configuration.training.epochs
    plan.rounds = rounds
    plan.seeds = seeds
    var request = RecipeRequest(
      data: try TensorVerb.data(data, configuration), configuration: configuration,
      space: divided?.space, tuned: divided == nil ? try SearchVerb.tuned(tune) : [],
      sampler: sampler, pruner: pruner, plan: plan, name: name)
    request.budgetSeconds = budget?.seconds
    request.keepsGoing = keepGoing
    request.restarts = restart
    try await TensorVerb.run(global) { engine, context in
      try RecipeSummary(try await engine.recipe(request, in: context)).answer(context)
    }
  }
}

/// `hone recipe list`: the recipes of the store.
struct RecipeListVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list",
      abstract: localized("List recipes, newest first.", "레시피를 최신순으로 나열합니다."))
  }

  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let context = global.context()
    var records: [RecipeRecord] = []
    do {
      records = try context.recipes().recipes()
    } catch StoreError.missing {
      // No store, no recipes.
    }
    if context.json {
      try context.emit(["recipes": records.map { RecipeOutput($0, context) }])
      return
    }
    guard !records.isEmpty else {
      context.say(
        Localized(
          "No recipes. `hone recipe digits` makes one.",
          korean: "레시피가 없습니다. `hone recipe digits`로 만들 수 있습니다."))
      return
    }
    let heading = [
      Localized("recipe", korean: "레시피"), Localized("data", korean: "데이터"),
      Localized("taken", korean: "완료"), Localized("passed", korean: "통과"),
    ]
    var table = TextTable(heading.map(context.text), rightAligned: [2, 3])
    for record in records {
      table.append([
        record.name, record.dataSource, String(record.steps.count),
        String(record.steps.count(where: \.passed)),
      ])
    }
    context.say(table.lines.joined(separator: "\n"))
  }
}

/// `hone recipe show`: the steps of one recipe.
struct RecipeShowVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "show",
      abstract: localized("Show the steps of a recipe.", "레시피의 단계를 봅니다."))
  }

  @Argument(help: help("A recipe's name.", "레시피의 이름.", valueName: "NAME")) var name: String
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let context = global.context()
    let store = try context.recipes()
    guard let record = try store.recipe(name) else {
      throw CommandFailure.unknownName(
        name, noun: Localized("recipe", korean: "레시피"), verb: "recipe list",
        nearest: nearestMatch(to: name, among: try store.recipes().map(\.name)))
    }
    if context.json {
      try context.emit(RecipeOutput(record, context))
      return
    }
    for step in record.steps {
      RecipeSummary.say(step, of: RecipeStep.Name.allCases.count, context)
    }
    RecipeSummary(record).say(context)
  }
}

extension CommandContext {
  /// The recipes of a store that is there.
  /// - Throws: `StoreError`; `CommandFailure.notSupported` for a store that keeps none.
  func recipes() throws -> DatabaseRecipeStore {
    guard let store = try openExistingStore() as? any DatabaseStore else {
      throw CommandFailure.notSupported("recipe --store \(storePath)")
    }
    return DatabaseRecipeStore(store)
  }
}
