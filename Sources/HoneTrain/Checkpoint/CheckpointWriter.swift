import Dispatch
import Foundation
import HoneRecords
import Synchronization

/// Writes checkpoints on a thread of its own, one after another, while training goes on.
///
/// What is written is a snapshot in host memory, so that nothing that training does can reach it.
final class CheckpointWriter: Sendable {
  /// A checkpoint that lies on the disk.
  struct Written: Sendable, Equatable {
    /// Epochs that had ended when it was taken.
    var epochs: Int
    /// Whether its newest epoch is the best.
    var isBest: Bool
    /// Processor seconds that writing took.
    var seconds: Double
    /// Its size on the disk.
    var bytes: Int
  }

  private struct State {
    var isBusy = false
    var written: [Written] = []
    var failure: (any Error)?
  }

  private let checkpointer: Checkpointer
  private let queue = DispatchQueue(label: "hone checkpoints", qos: .utility)
  private let state = Mutex(State())

  init(_ checkpointer: Checkpointer) { self.checkpointer = checkpointer }

  /// Whether one is being written.
  var isBusy: Bool { state.withLock { $0.isBusy } }

  /// Writes a checkpoint and returns at once.
  /// - Precondition: the writer is not busy.
  func start(_ checkpoint: Checkpoint) {
    state.withLock { $0.isBusy = true }
    queue.async { [self] in
      let result = Result { try write(checkpoint) }
      state.withLock { state in
        switch result {
        case .success(let written): state.written.append(written)
        case .failure(let error): state.failure = error
        }
        state.isBusy = false
      }
    }
  }

  /// The checkpoints that have been written since this was asked last.
  /// - Throws: why one could not be written, once.
  func takeWritten() throws -> [Written] {
    try state.withLock { state in
      if let failure = state.failure {
        state.failure = nil
        throw failure
      }
      defer { state.written = [] }
      return state.written
    }
  }

  /// Waits until nothing is being written.
  func wait() { queue.sync {} }

  /// Writes a checkpoint on the calling thread.
  func write(_ checkpoint: Checkpoint) throws -> Written {
    let start = Self.processorSeconds
    try checkpointer.write(checkpoint)
    let attributes = try? FileManager.default.attributesOfItem(atPath: checkpointer.newest)
    let progress = checkpoint.progress
    return Written(
      epochs: progress.history.count,
      isBest: progress.bestEpoch != nil && progress.bestEpoch == progress.history.last?.epoch,
      seconds: Self.processorSeconds - start, bytes: (attributes?[.size] as? Int) ?? 0)
  }

  /// What the calling thread has used of a processor, in seconds.
  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
