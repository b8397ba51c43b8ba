import HoneConfiguration
import HoneData
import HoneNumerics
import HoneRecords
import HoneText

/// The loaders of a run.
struct Loaders {
  let training: DataLoader
  let validation: DataLoader?
  let trainEvaluation: DataLoader?
  let test: DataLoader?

  init(
    _ configuration: Configuration, data: Dataset, split: Split, preprocessor: Preprocessor,
    seed: UInt64, trainEvaluationSamples: Int
  ) throws {
    let settings = configuration.data
    let batchSize = settings.batchSize.count(of: split.train.count)
    var (trainData, trainIndices) = (data, split.train)
    if settings.balance == .smote {
      guard data.input == .table else {
        throw configuration.problem(
          at: "data.balance",
          Localized(
            "smote makes up rows of tables; the data are of the kind '\(data.input.rawValue)'. Use "
              + "oversample.",
            korean: "smote는 표에만 쓸 수 있으나 데이터 종류가 '\(data.input.rawValue)'입니다. oversample을 "
              + "사용하십시오."))
      }
      (trainData, trainIndices) = data.withSyntheticRows(balancing: split.train, seed: seed)
    }
    let order: SampleOrder =
      switch settings.balance {
      case .oversample: .balanced
      case .weightedSampler: .weighted
      case .undersample: .undersampled
      case .none, .classWeights, .effectiveNumbers, .smote: .shuffled
      }
    let counts = data.classCounts(of: trainIndices.filter { $0 < data.count }).filter { $0 > 0 }
    let drawn =
      order == .undersampled ? (counts.min() ?? 0) * counts.count : trainIndices.count
    let augmentation = try configuration.liveAugmentation(for: data)
    let training = LoaderOptions(
      batchSize: batchSize, order: order,
      // Batch statistics of a lone last sample have no spread.
      dropLast: drawn % batchSize == 1 && drawn > 1,
      threads: settings.threads, seed: seed, augmentation: augmentation.images,
      textAugmentation: augmentation.texts, epochs: configuration.training.epochs,
      onError: configuration.failurePolicy(training: true))
    let evaluation = LoaderOptions(
      batchSize: max(settings.batchSize.count(of: 256), 256), threads: settings.threads, seed: seed,
      onError: configuration.failurePolicy(training: false))
    func evaluating(_ indices: [Int]) throws -> DataLoader? {
      indices.isEmpty
        ? nil
        : try DataLoader(data, indices: indices, preprocessor: preprocessor, options: evaluation)
    }
    self.training = try DataLoader(
      trainData, indices: trainIndices, preprocessor: preprocessor, options: training,
      generators: try configuration.textGenerators())
    validation = try evaluating(split.validation)
    test = try evaluating(split.test)
    var stream = RandomStream(seed: seed, "training samples evaluated")
    let chosen = stream.permutation(split.train.count).prefix(trainEvaluationSamples)
    trainEvaluation = try evaluating(chosen.sorted().map { split.train[$0] })
  }
}
