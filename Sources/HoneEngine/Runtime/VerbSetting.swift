import Foundation
import HoneAssembly
import HoneCommands
import HoneConfiguration
import HoneData
import HoneRecords
import HoneStore
import HoneTensor
import HoneText

/// What every verb needs of its surroundings.
struct VerbSetting: Sendable {
  let context: CommandContext
  let folders: ArtifactFolders

  init(_ context: CommandContext) {
    self.context = context
    folders = ArtifactFolders(store: context.storePath)
  }

  /// The folder of built-in data sets.
  var dataHome: URL { URL(fileURLWithPath: context.dataHome) }

  /// Readies libtorch's devices and kernels for a configuration.
  func prepareTorch(_ configuration: TrainingConfiguration) {
    Accelerator.prepare(for: configuration.device)
    Torch.useDeterministicKernels(configuration.deterministic)
  }

  /// Says what a data source noted when it was opened.
  func say(notesOf data: Dataset) {
    for note in data.notes { context.say(note) }
  }

  /// Names the samples that a loader went on without.
  func say(failuresOf loader: DataLoader) {
    for failure in loader.failures.first {
      context.say(
        Localized(
          "Sample \(failure.index) was not used. \(failure.reason.english)",
          korean: "표본 \(failure.index)번을 사용하지 않았습니다. \(failure.reason.korean)"))
    }
    let rest = loader.failures.count - loader.failures.first.count
    if rest > 0 {
      context.say(
        Localized(
          "\(rest) more samples could not be read.", korean: "그 밖에 샘플 \(rest)개를 읽을 수 없었습니다."))
    }
  }

  /// Where a run's model is kept.
  func modelFile(of run: RunRecord.ID) throws -> URL {
    try folders.folder(of: run).appending(path: "model.safetensors")
  }

  /// A run and its model, ready to be evaluated on the calling thread.
  /// - Throws: `EngineError.noModel` where the run has none, `FileError` where it cannot be read.
  func storedModel(_ reference: String) throws -> (run: RunRecord, model: StoredModel) {
    let run = try context.openExistingStore().find(reference)
    let file = try run.checkpoint.map(folders.file(at:)) ?? modelFile(of: run.id)
    guard file.lastPathComponent == "model.safetensors", run.status.hasModel else {
      throw EngineError.noModel(run: run.id, status: run.status.rawValue)
    }
    let device: TrainingConfiguration.DeviceChoice = run.device == "cpu" ? .cpu : .cuda
    Torch.threads = run.threads
    Accelerator.prepare(for: device)
    return (run, try StoredModel(contentsOf: file.path))
  }
}

extension RunStatus {
  /// Whether a run that stands so has kept weights in a model's file.
  fileprivate var hasModel: Bool {
    switch self {
    case .completed, .stoppedEarly, .diverged: true
    case .running, .interrupted, .failed: false
    }
  }
}
