import Foundation
import HoneAssembly
public import HoneCommands
import HoneConfiguration
import HoneData
import HoneNumerics
import HoneRecords
import HoneTensor
import HoneText
import HoneTrain

extension LibtorchEngine {
  /// Writes what a model makes of samples to a file.
  /// - Throws: what data, configuration, weights, disk or libtorch refuse, as errors that explain
  ///   themselves.
  public func features(
    _ request: FeaturesRequest, in context: CommandContext
  ) async throws -> FeaturesReport {
    try await EngineThread.run {
      let setting = VerbSetting(context)
      try requireFolder(of: request.file)
      let (extractor, data, split) =
        try request.run.map { try ofRun($0, request, setting) }
        ?? ofConfiguration(request, setting)
      if let pretrained = extractor.pretrained { context.say(pretrained.explanation) }
      let indices = samples(request, data, split)
      let content = FeatureExtractor.Content(rawValue: request.content.rawValue) ?? .features
      let file = try extractor.extract(content, of: data, indices: indices)
      try file.write(to: request.file)
      return FeaturesReport(
        file: request.file, content: request.content, samples: indices.count,
        arrays: file.tensors.mapValues(\.shape), pretrained: extractor.pretrained)
    }
  }

  /// Refuses an output that cannot be written before minutes of work are lost on it.
  private func requireFolder(of file: String) throws(FileError) {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
    guard FileManager.default.isWritableFile(atPath: folder) else {
      throw .cannotCreate(path: file, reason: "no folder \(folder) that may be written to")
    }
  }

  private typealias Source = (FeatureExtractor, Dataset, Split)

  private func ofConfiguration(
    _ request: FeaturesRequest, _ setting: VerbSetting
  ) throws -> Source {
    var configuration = request.configuration
    configuration.data.source = request.data
    setting.prepareTorch(configuration.training)
    if let threads = configuration.training.threads { Torch.threads = threads }
    let data = try configuration.openData(home: setting.dataHome)
    setting.say(notesOf: data)
    let split = try configuration.split(data, seed: configuration.training.seed)
    return (try FeatureExtractor(configuration, data: data, split: split), data, split)
  }

  private func ofRun(
    _ reference: String, _ request: FeaturesRequest, _ setting: VerbSetting
  ) throws -> Source {
    let (run, stored) = try setting.storedModel(reference)
    let data =
      try request.data.map {
        try DataSource.open(
          $0, home: setting.dataHome, options: stored.file.preprocessor.reading)
      } ?? stored.configuration.openData(home: setting.dataHome)
    guard request.data != nil || data.fingerprint == run.dataFingerprint else {
      throw EngineError.splitLost(run: run.id, source: run.dataSource)
    }
    let split = try stored.configuration.split(data, seed: run.seed)
    return (FeatureExtractor(stored), data, split)
  }

  private func samples(_ request: FeaturesRequest, _ data: Dataset, _ split: Split) -> [Int] {
    let indices =
      switch request.split {
      case .train: split.train
      case .validation: split.validation
      case .test: split.test
      case nil: Array(0..<data.count)
      }
    return Array(indices.prefix(request.limit ?? indices.count))
  }
}
