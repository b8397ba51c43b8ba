import Foundation
import HoneRecords
import HoneStore
import HoneText
import HoneTrain

/// A run's place on the disk: its record in the store, its folder, and the lock on it.
final class RunPlace {
  let store: any RunStore
  let folder: URL
  let checkpointer: Checkpointer
  private let run: RunRecord.ID
  private let folders: ArtifactFolders
  private var lock: RunLock?

  /// A run's place, of which nothing is on the disk before it is claimed.
  /// - Throws: `StoreError` for an id that no folder can have.
  init(
    of run: RunRecord.ID, store: any RunStore, setting: VerbSetting,
    interval: CheckpointInterval = .automatic
  ) throws {
    self.run = run
    self.store = store
    folders = setting.folders
    folder = try folders.folder(of: run)
    checkpointer = Checkpointer(folder: folder.path, interval: interval)
  }

  /// Makes the run's folder if need be and keeps other processes from the run; does nothing where this
  /// has been done.
  ///
  /// A new run does so just after it has come into the store, so that a process that is killed at any
  /// instant leaves no folder that belongs to no run.
  /// - Throws: `EngineError.busy` where another process trains the run, `StoreError`, `FileError`.
  func claim() throws {
    guard lock == nil else { return }
    lock = try RunLock(folder: try folders.makeFolder(of: run))
    if lock == nil { throw EngineError.busy(run: run) }
  }

  /// Removes what a run that has ended left beside its model, where its process was killed between the
  /// two.
  static func tidy(_ run: RunRecord, store: any RunStore, setting: VerbSetting) throws {
    let model = try setting.modelFile(of: run.id)
    guard FileManager.default.fileExists(atPath: model.path) else { return }
    let place = try RunPlace(of: run.id, store: store, setting: setting)
    try place.claim()
    withExtendedLifetime(place) { place.checkpointer.removeAll() }
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
  private let place: RunPlace
  private var failure: (any Error)?

  init(_ place: RunPlace) {
    self.place = place
    base = StoreObserver(place.store)
  }

  func receive(_ event: TrainingEvent) throws {
    var told = event
    if case .ended(var record) = event {
      record.status = .running
      told = .ended(record)
    }
    try attempt { try base.receive(told) }
    if case .began = event { try place.claim() }
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
