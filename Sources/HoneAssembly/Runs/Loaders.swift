import HoneConfiguration
import HoneData
import HoneNumerics

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
    let augmentation = try configuration.liveAugmentation(for: data)
    let training = LoaderOptions(
      batchSize: batchSize,
      order: settings.balance == .oversample ? .balanced : .shuffled,
      // Batch statistics of a lone last sample have no spread.
      dropLast: split.train.count % batchSize == 1 && split.train.count > 1,
      threads: settings.threads, seed: seed, augmentation: augmentation.images,
      textAugmentation: augmentation.texts, epochs: configuration.training.epochs)
    let evaluation = LoaderOptions(
      batchSize: max(settings.batchSize.count(of: 256), 256), threads: settings.threads, seed: seed)
    func evaluating(_ indices: [Int]) throws -> DataLoader? {
      indices.isEmpty
        ? nil
        : try DataLoader(data, indices: indices, preprocessor: preprocessor, options: evaluation)
    }
    self.training = try DataLoader(
      data, indices: split.train, preprocessor: preprocessor, options: training)
    validation = try evaluating(split.validation)
    test = try evaluating(split.test)
    var stream = RandomStream(seed: seed, "training samples evaluated")
    let chosen = stream.permutation(split.train.count).prefix(trainEvaluationSamples)
    trainEvaluation = try evaluating(chosen.sorted().map { split.train[$0] })
  }
}
