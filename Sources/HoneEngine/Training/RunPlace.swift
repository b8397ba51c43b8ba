import Foundation
import HoneRecords
import HoneStore
import HoneText
import HoneTrain

/// A run's place on the disk: its record in the store, its folder, and the lock on it.
struct RunPlace {
  let store: any RunStore
  let folder: URL
  let checkpointer: Checkpointer
  private let lock: RunLock

  /// Opens a run's folder, making it if need be.
  /// - Throws: `EngineError.busy` where another process trains the run, `StoreError`, `FileError`.
  init(
    of run: RunRecord.ID, store: any RunStore, setting: VerbSetting,
    interval: CheckpointInterval = .automatic
  ) throws {
    self.store = store
    folder = try setting.folders.makeFolder(of: run)
    guard let lock = try RunLock(folder: folder) else { throw EngineError.busy(run: run) }
    self.lock = lock
    checkpointer = Checkpointer(folder: folder.path, interval: interval)
  }

  /// Removes what a run that has ended left beside its model, where its process was killed between the
  /// two.
  static func tidy(_ run: RunRecord, store: any RunStore, setting: VerbSetting) throws {
    let model = try setting.modelFile(of: run.id)
    guard FileManager.default.fileExists(atPath: model.path) else { return }
    try RunPlace(of: run.id, store: store, setting: setting).checkpointer.removeAll()
  }

  /// The file of the kept weights.
  var model: URL { folder.appending(path: "model.safetensors") }
}

/// Writes a run to the store as it goes; its end is for `RunTraining` to write, when model and test
/// result are there.
///
/// What the store has refused once, after waiting for it, is not tried again.
final class RunObserver: TrainingObserver {
  private let base: StoreObserver
  private var failure: (any Error)?

  init(_ store: any RunStore) { base = StoreObserver(store) }

  func receive(_ event: TrainingEvent) throws {
    var event = event
    if case .ended(var record) = event {
      record.status = .running
      event = .ended(record)
    }
    try attempt { try base.receive(event) }
  }

  func flush() throws { try attempt { try base.flush() } }

  private func attempt(_ body: () throws -> Void) throws {
    if let failure { throw failure }
    do {
      try body()
    } catch {
      failure = error
      throw error
    }
  }
}
