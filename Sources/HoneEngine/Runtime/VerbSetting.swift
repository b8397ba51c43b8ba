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
