import Foundation
import HoneRecords
import HoneStore
import HoneTrain

/// Writes a run's events for TensorBoard as they happen, into `FOLDER/RUN`.
///
/// A run that goes on after an interruption makes a further file, and TensorBoard joins them. What was
/// written is on the disk about once a second, at the end of each epoch and before each checkpoint.
final class TensorBoardObserver: TrainingObserver {
  private let folder: String
  private var file: RunEventFile?
  private var lastFlush = ContinuousClock.now

  /// An observer of one run.
  /// - Parameter folder: what TensorBoard is pointed at; `{run}` in it stands for the run's id.
  init(folder: String) { self.folder = folder }

  func receive(_ event: TrainingEvent) throws {
    switch event {
    case .began(let record):
      let place =
        folder.contains("{run}")
        ? folder.replacing("{run}", with: record.id) : "\(folder)/\(record.id)"
      file = try RunEventFile(folder: place)
      try file?.begin(record)
    case .step(let step):
      try file?.add(step)
      if ContinuousClock.now - lastFlush > .seconds(1) { try flush() }
    case .epoch(let epoch):
      try file?.add(epoch)
    case .ended(let record):
      try file?.end(record)
    case .epochBegan, .progress, .checkpoint, .note:
      break
    }
  }

  func flush() throws {
    try file?.flush()
    lastFlush = .now
  }
}
