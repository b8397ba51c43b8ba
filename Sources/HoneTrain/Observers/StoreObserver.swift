import Foundation
public import HoneRecords
import HoneText

/// Writes a run to a store as it goes: the record when it begins and ends, epochs as they end, sampled
/// steps and notes about once a second from a thread of its own, and so epochs that take a few
/// milliseconds: a transaction for each of them took as long as they do.
///
/// A process that is killed loses at most the steps of its last second, and the epochs of its last second
/// where they are so short; a run that goes on from a checkpoint loses none, because all are written before
/// one is taken.
public final class StoreObserver: TrainingObserver {
  private let store: any RunStore
  private var writer: RunWriter?
  /// When an epoch was last written at once.
  private var lastEpoch: ContinuousClock.Instant?
  /// Epochs closer together wait for the writer.
  private static let shortEpoch = Duration.milliseconds(250)

  /// An observer that writes to a store.
  public init(_ store: any RunStore) { self.store = store }

  /// Writes what the event says.
  public func receive(_ event: TrainingEvent) throws {
    switch event {
    case .began(let record):
      try store.saveProgress(record)
      writer = RunWriter(store, run: record.id)
      try log(.began, "epoch \(record.epochs + 1)")
    case .step(let step):
      try writer?.log(step)
    case .epoch(let epoch):
      try writer?.log(epoch)
      guard lastEpoch.map({ .now - $0 > Self.shortEpoch }) ?? true else { break }
      try flush()
      lastEpoch = .now
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
