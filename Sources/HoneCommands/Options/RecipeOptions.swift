import ArgumentParser
import HoneConfiguration
import HoneRecords
import HoneText

/// The configuration file and the flags that change it.
struct RecipeOptions: ParsableArguments {
  @Option(
    help: help("A configuration file (YAML or JSON).", "설정 파일 (YAML 또는 JSON).", valueName: "file"))
  var config: String?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: help(
      "Set one key of the configuration, such as optimizer.learningRate=3e-4; repeatable.",
      "설정의 키 하나를 바꿉니다. 예: optimizer.learningRate=3e-4. 여러 번 쓸 수 있습니다.",
      valueName: "key.path=value"))
  var settings: [String] = []

  @Option(
    help: help(
      "A ready model: mlp, cnn, resnet20, …; `hone models` lists all.",
      "준비된 모델: mlp, cnn, resnet20, …; 전체 목록은 `hone models`.", valueName: "name"))
  var model: String?

  @Option(parsing: .unconditional, help: help("Passes over the training split.", "훈련 데이터를 도는 횟수."))
  var epochs: Int?

  @Option(parsing: .unconditional, help: help("Samples per step.", "한 스텝의 샘플 수."))
  var batchSize: Int?

  @Option(parsing: .unconditional, help: help("The learning rate.", "학습률."))
  var learningRate: Double?

  @Option(
    help: help(
      "How weights are updated: sgd, adamW, muon, …; `hone optimizers` lists all.",
      "최적화 방법: sgd, adamW, muon, …; 전체 목록은 `hone optimizers`.", valueName: "name"))
  var optimizer: String?

  @Option(
    help: help(
      "How the learning rate changes: constant, cosine, oneCycle, …; `hone schedules` lists all.",
      "학습률 일정: constant, cosine, oneCycle, …; 전체 목록은 `hone schedules`.",
      valueName: "name"))
  var schedule: String?

  @Option(parsing: .unconditional, help: help("The seed of all randomness.", "모든 무작위의 시드."))
  var seed: Int?

  @Option(help: help("Where to compute: auto, cpu, cuda.", "계산 장치: auto, cpu, cuda."))
  var device: String?

  @Option(help: help("The arithmetic: auto, fp32, bf16.", "계산 정밀도: auto, fp32, bf16."))
  var precision: String?

  @Option(parsing: .unconditional, help: help("Threads of one operation.", "연산 하나의 스레드 수."))
  var threads: Int?

  @Flag(help: help("Use only kernels with a fixed order of sums.", "합의 순서가 고정된 연산만 씁니다."))
  var deterministic = false

  /// The configuration: the file, then the flags, then `--set`, all checked together.
  /// - Parameters:
  ///   - data: what the command line names as data.
  ///   - target: the column to predict, where the command line names one.
  ///   - fixed: what another file says beside ranges, by key path; flags go before it.
  func resolved(
    data: String?, target: String? = nil, settings fixed: [String: ConfigurationValue] = [:]
  ) throws -> Configuration {
    var document =
      try config.map { file throws in
        try ConfigurationDocument(file: file, at: CommandEnvironment.current?.absolute(file))
      } ?? ConfigurationDocument()
    // Components before their parameters.
    let paths = fixed.keys.sorted()
    let components = paths.filter { $0.hasSuffix(".kind") || $0.hasSuffix(".name") }
    for path in components + paths.filter({ !components.contains($0) }) {
      if let value = fixed[path] { document.set(path, to: value) }
    }
    if let data { document.set("data.source", to: .string(data)) }
    if let target { document.set("data.target", to: .string(target)) }
    if let model { document.set("model.name", to: .string(model)) }
    if let optimizer { document.set("optimizer.kind", to: .string(optimizer)) }
    if let schedule { document.set("schedule.kind", to: .string(schedule)) }
    if let learningRate { document.set("optimizer.learningRate", to: .number(learningRate)) }
    if let epochs { document.set("training.epochs", to: .integer(epochs)) }
    if let batchSize { document.set("data.batchSize", to: .integer(batchSize)) }
    if let seed { document.set("training.seed", to: .integer(seed)) }
    if let device { document.set("training.device", to: .string(device)) }
    if let precision { document.set("training.precision", to: .string(precision)) }
    if let threads { document.set("training.threads", to: .integer(threads)) }
    if deterministic { document.set("training.deterministic", to: true) }
    for setting in settings {
      guard let sign = setting.firstIndex(of: "="), sign != setting.startIndex else {
        throw CommandFailure.usage(
          Localized(
            "--set \(setting): expected key.path=value, such as training.epochs=30.",
            korean: "--set \(setting): training.epochs=30처럼 키=값으로 쓰십시오."))
      }
      try document.set(
        String(setting[..<sign]), toText: String(setting[setting.index(after: sign)...]))
    }
    return try document.resolved()
  }
}
