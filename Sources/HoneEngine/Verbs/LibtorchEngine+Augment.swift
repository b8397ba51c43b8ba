import HoneAssembly
public import HoneCommands
import HoneConfiguration
import HoneData
import HoneNumerics
import HoneRecords
import HoneText

extension LibtorchEngine {
  /// A contact sheet of what augmentation does to samples.
  /// - Throws: what data, configuration or disk refuse, as errors that explain themselves.
  public func augment(
    _ request: AugmentRequest, in context: CommandContext
  ) async throws -> AugmentReport {
    try await EngineThread.run {
      let setting = VerbSetting(context)
      var configuration = request.configuration
      configuration.data.source = request.data
      let data = try configuration.openData(home: setting.dataHome)
      setting.say(notesOf: data)
      let seed = configuration.training.seed
      let split = try configuration.split(data, seed: seed)
      let samples = try shown(request, data, split)
      if data.input == .text {
        return try augmentTexts(request, configuration, data, split, samples)
      }
      let loader = try DataLoader(
        data, indices: samples,
        preprocessor: try .fit(
          data, indices: Array(split.train.prefix(Self.fitted)),
          normalization: configuration.liveNormalization),
        options: LoaderOptions(
          batchSize: samples.count, threads: 0, seed: seed,
          augmentation: steps(configuration, data, context), epochs: configuration.training.epochs))
      let epochs = Array(request.epoch..<(request.epoch + request.variants))
      let sheet = try ContactSheet.variants(of: samples, in: epochs, from: loader)
      try AtomicFile.write([sheet], to: request.file)
      return try report(request, loader, samples, epochs, seed: seed)
    }
  }

  /// Samples that the scale of light is learned from: enough for a picture.
  private static let fitted = 2000

  /// The configuration's steps; where it has none, those that `hone improve` would try.
  private func steps(
    _ configuration: Configuration, _ data: Dataset, _ context: CommandContext
  ) -> [Augmentation] {
    guard configuration.augment.isEmpty, let side = data.sampleShape.last else {
      return configuration.augment
    }
    context.say(
      Localized(
        "The configuration has no augmentation; shown are a shift and a flip. Name steps with "
          + "--set 'augment=[…]'.",
        korean: "설정에 데이터 증강이 없어 이동과 좌우 반전을 보여 줍니다. --set 'augment=[…]'로 단계를 지정하십시오."))
    return [.randomCrop(padding: max(1, side / 8)), .horizontalFlip()]
  }

  func shown(_ request: AugmentRequest, _ data: Dataset, _ split: Split) throws -> [Int] {
    if let missing = request.samples.first(where: { $0 >= data.count }) {
      throw EngineError.noSuchSample(missing, count: data.count)
    }
    return request.samples.isEmpty ? Array(split.train.prefix(request.count)) : request.samples
  }

  private func report(
    _ request: AugmentRequest, _ loader: DataLoader, _ samples: [Int], _ epochs: [Int], seed: UInt64
  ) throws -> AugmentReport {
    let classes = loader.dataset.classes
    let rows = try samples.map { sample in
      let label = loader.dataset.labels.isEmpty ? nil : Int(loader.dataset.labels[sample])
      return AugmentReport.Sample(
        sample: sample, label: label.flatMap { classes.indices.contains($0) ? classes[$0] : nil },
        variants: try epochs.map { epoch in
          AugmentReport.Variant(
            epoch: epoch, operations: try loader.operations(of: sample, epoch: epoch))
        })
    }
    return AugmentReport(
      file: request.file, seed: seed, steps: loader.options.augmentation.map(\.name), samples: rows,
      mixing: epochs.compactMap { epoch in
        loader.mixing(ofBatch: 0, count: samples.count, epoch: epoch)
          .map { AugmentReport.Mixing(epoch: epoch, operation: $0) }
      })
  }
}
