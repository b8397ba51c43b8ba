import Foundation
public import HoneRecords
import HoneText

/// Writes a run to a store as it goes: the record when it begins and ends, epochs as they end, sampled
/// steps and notes about once a second from a thread of its own.
///
/// A process that is killed loses at most the steps of its last second; a run that goes on from a
/// checkpoint loses none, because all are written before one is taken.
public final class StoreObserver: TrainingObserver {
  private let store: any RunStore
  private var run: RunRecord.ID?
  private var writer: RunWriter?

  /// An observer that writes to a store.
  public init(_ store: any RunStore) { self.store = store }

  /// Writes what the event says.
  public func receive(_ event: TrainingEvent) throws {
    switch event {
    case .began(let record):
      run = record.id
      try store.saveProgress(record)
      writer = RunWriter(store, run: record.id)
      try log(.began, "epoch \(record.epochs + 1)")
    case .step(let step):
      try writer?.log(step)
    case .epoch(let epoch):
      try flush()
      if let run { try store.append(epoch, to: run) }
    case .note(let note):
      try log(.note, note.english)
    case .ended(let record):
      try log(.ended, record.status.rawValue)
      try flush()
      try store.saveProgress(record)
    case .epochBegan, .progress, .checkpoint:
      break
    }
  }

  /// Writes what waits.
  public func flush() throws { try writer?.flush() }

  private func log(_ kind: RunEvent.Kind, _ text: String) throws {
    try writer?.log(RunEvent(time: Date(), kind: kind, text: text))
  }
}
