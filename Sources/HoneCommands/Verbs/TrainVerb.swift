import ArgumentParser
import HoneConfiguration
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
          hone train digits --schedule oneCycle --plan
          hone train data.csv --target price --folds 5
          hone train cifar-10 --processes 2
        """,
        """
        예
          hone train digits
          hone train fashion-mnist --model cnn --epochs 5
          hone train data.csv --target price --set optimizer.learningRate=3e-4
          hone train --resume last
          hone train digits --schedule oneCycle --plan
          hone train data.csv --target price --folds 5
          hone train cifar-10 --processes 2
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

  @Option(
    name: .customLong("allow-change"), parsing: .singleValue,
    help: help(
      "With --resume: go on although this is no longer as the run had it; repeatable: "
        + "configuration, data, libtorch, hone, processor, device, pretrained.",
      "--resume와 함께: 실행이 시작된 뒤 이것이 바뀌었어도 이어서 합니다. 여러 번 쓸 수 있습니다: "
        + "configuration, data, libtorch, hone, processor, device, pretrained.",
      valueName: "what"))
  var allowedChanges: [ResumeChange] = []

  @Option(help: help("A name for the run.", "실행의 이름."))
  var name: String?

  @Option(
    name: .customLong("tag"), parsing: .singleValue,
    help: help("A label for the run; repeatable.", "실행의 꼬리표. 여러 번 쓸 수 있습니다."))
  var tags: [String] = []

  @Flag(
    help: help(
      "Show the model, the learning rate's course, time and memory, and stop before training.",
      "모델, 학습률의 변화, 예상 시간과 메모리를 보여 주고 학습하지 않습니다."))
  var plan = false

  @Option(
    help: help(
      "Cross-validate: train once for each of so many folds, and report mean and interval.",
      "교차 검증: 데이터를 이만큼의 겹으로 나누어 겹마다 한 번씩 학습하고 평균과 구간을 보고합니다."))
  var folds: Int?
  @Option(
    help: help(
      "Rounds of the cross-validation, each by another draw.", "교차 검증을 서로 다르게 나누어 되풀이할 횟수."))
  var rounds: Int?
  @Option(
    help: help(
      "Train in so many processes on this machine, each with its part of every batch.",
      "이 장비에서 이만큼의 프로세스로 학습합니다. 배치마다 나누어 맡습니다."))
  var processes: Int?
  @Option(
    help: help(
      "Train so many runs of different seeds on one split, and evaluate them as an ensemble.",
      "같은 분할에서 시드만 바꾸어 이만큼 학습하고 앙상블로 평가합니다."))
  var seeds: Int?

  @Option(
    parsing: .upToNextOption,
    help: help(
      "Learn the answers of these runs besides the labels; see training.distillation.",
      "정답과 함께 이 실행들의 답을 배웁니다. training.distillation을 참고하십시오.", valueName: "RUN"))
  var distill: [String] = []
  @Option(help: help("What logits are divided by, with --distill.", "--distill에서 로짓을 나눌 온도."))
  var distillTemperature: Double?
  @Option(
    help: help(
      "The share of the teachers in the loss, with --distill.", "--distill에서 교사가 차지하는 손실의 비율."))
  var distillMixing: Double?

  @Option(
    help: help(
      "Wall-clock time of training, such as 90s or 15m; the run ends in order when it is used up.",
      "학습에 쓸 시간. 예: 90s, 15m. 다 쓰면 정리하고 끝냅니다.", valueName: "time"))
  var budget: TimeSpan?

  @Option(
    help: help(
      "Write the run for TensorBoard as it goes: tensorboard --logdir DIR shows it.",
      "학습하면서 TensorBoard용 기록을 남깁니다. tensorboard --logdir DIR로 봅니다.", valueName: "DIR"))
  var tensorboard: String?

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    let place = try place()
    var configuration = try recipe.resolved(data: data, target: target)
    if let folds { configuration.data.folds = folds }
    try complete(&configuration)
    try refuseFolds()
    let source = resume == nil ? try TensorVerb.data(data, configuration) : data
    var request = TrainRequest(
      data: source, configuration: configuration, resume: resume, name: name, tags: tags)
    request.allowedChanges = Set(allowedChanges)
    request.place = place
    if plan { return try await show(request) }
    if let seeds { return try await trainSeeds(request, count: seeds) }
    if place == nil, let processes, processes > 1 { return try launch(processes) }
    if resume == nil, configuration.data.fold == nil, let count = configuration.data.folds {
      return try await validate(request, folds: count, rounds: rounds ?? 1)
    }
    try await TensorVerb.run(global) { [request] engine, context in
      if place != nil, CommandEnvironment.current?.variables["HONE_LAUNCHED"] != nil {
        context.interruption.watchStandardInput()
      }
      let record = try await engine.train(request, in: context)
      if let place, place.rank > 0 {
        // The first process speaks for all.
      } else if context.json {
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

  /// Shows what the run would be.
  private func show(_ request: TrainRequest) async throws {
    if request.resume != nil {
      throw CommandFailure.usage(
        Localized(
          "--plan is for a new run; a run to resume has its plan already. Leave out one of the two.",
          korean: "--plan은 새 실행에 씁니다. 이어서 할 실행의 계획은 이미 정해져 있으니 둘 중 하나를 빼십시오."))
    }
    try await TensorVerb.run(global) { engine, context in
      let plan = try await engine.plan(request, in: context)
      if context.json { try context.emit(PlanOutput(plan)) } else { PlanSummary(plan).say(context) }
    }
  }
}
