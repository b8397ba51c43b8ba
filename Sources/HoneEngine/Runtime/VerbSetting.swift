import Foundation
import HoneAssembly
import HoneCommands
import HoneConfiguration
import HoneData
import HoneRecords
import HoneStore
import HoneTensor
import HoneText
import HoneTrain

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
  /// - Parameter reference: the run, or `RUN@EPOCH` for the weights of an epoch that was kept.
  /// - Throws: `EngineError.noModel` where the run has none, `EngineError.noSuchEpoch`, `FileError`
  ///   where it cannot be read.
  func storedModel(_ reference: String) throws -> (run: RunRecord, model: StoredModel) {
    let (name, epoch) = Self.parts(of: reference)
    let run = try context.openExistingStore().find(name)
    let file = try epoch.map { try keptFile(of: run, epoch: $0) } ?? bestFile(of: run)
    let device: TrainingConfiguration.DeviceChoice = run.device == "cpu" ? .cpu : .cuda
    Torch.threads = run.threads
    Accelerator.prepare(for: device)
    return (run, try StoredModel(contentsOf: file.path))
  }

  /// The run and the epoch that a reference names.
  static func parts(of reference: String) -> (run: String, epoch: Int?) {
    guard let sign = reference.lastIndex(of: "@"),
      let epoch = Int(reference[reference.index(after: sign)...])
    else { return (reference, nil) }
    return (String(reference[..<sign]), epoch)
  }

  /// The file of a run's best weights; an interrupted run has them too, once an epoch has ended.
  private func bestFile(of run: RunRecord) throws -> URL {
    var file = try run.checkpoint.map(folders.file(at:)) ?? modelFile(of: run.id)
    if file.lastPathComponent != "model.safetensors" { file = try modelFile(of: run.id) }
    guard run.status != .running, FileManager.default.fileExists(atPath: file.path) else {
      throw EngineError.noModel(run: run.id, status: run.status.rawValue)
    }
    return file
  }

  /// The file of the weights of an epoch that the run's configuration chose to keep.
  private func keptFile(of run: RunRecord, epoch: Int) throws -> URL {
    let folder = try folders.folder(of: run.id).path
    let kept = WeightKeeper.files(in: folder)
    guard let file = kept.first(where: { $0.epoch == epoch }) else {
      throw EngineError.noSuchEpoch(run: run.id, epoch, kept: kept.map(\.epoch))
    }
    return URL(fileURLWithPath: file.path)
  }
}
