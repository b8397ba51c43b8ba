import Foundation

/// Batches that threads prepare ahead, handed out in order.
///
/// `@unchecked Sendable`: all mutable state is read and written under `condition`'s lock alone.
final class BatchQueue: @unchecked Sendable {
  private let condition = NSCondition()
  private let batches: [[Int]]
  private let limit: Int
  private var nextToPrepare: Int
  private var nextToDeliver: Int
  private var ready: [Int: Result<HostBatch?, any Error>] = [:]
  private var working: Int
  private var isClosed = false

  /// - Parameters:
  ///   - batches: the samples of each batch.
  ///   - first: the first batch to prepare.
  ///   - limit: how many batches may be prepared ahead.
  ///   - workers: how many threads will call `prepare`.
  init(batches: [[Int]], first: Int, limit: Int, workers: Int) {
    self.batches = batches
    working = workers
    self.limit = max(1, limit)
    nextToPrepare = first
    nextToDeliver = first
  }

  /// Prepares batches until none is left or the queue is closed; the body of each thread.
  func prepare(with assembler: BatchAssembler, epoch: Int?) {
    var assembler = assembler
    while let number = take() {
      let result = Result { try assembler.batch(batches[number], epoch: epoch, number: number) }
      condition.lock()
      if !isClosed { ready[number] = result }
      condition.broadcast()
      condition.unlock()
    }
    condition.lock()
    working -= 1
    condition.broadcast()
    condition.unlock()
  }

  private func take() -> Int? {
    condition.lock()
    defer { condition.unlock() }
    while !isClosed, nextToPrepare < batches.count, nextToPrepare >= nextToDeliver + limit {
      condition.wait()
    }
    guard !isClosed, nextToPrepare < batches.count else { return nil }
    nextToPrepare += 1
    return nextToPrepare - 1
  }

  /// The first batch that was not handed out.
  var position: Int {
    condition.lock()
    defer { condition.unlock() }
    return nextToDeliver
  }

  /// Threads that have not ended.
  var workers: Int {
    condition.lock()
    defer { condition.unlock() }
    return working
  }

  /// Batches that are prepared or in work and were not handed out.
  var waiting: Int {
    condition.lock()
    defer { condition.unlock() }
    return nextToPrepare - nextToDeliver
  }

  /// The next batch in order that has samples, waiting for it; nil after the last and after closing.
  func next() throws -> HostBatch? {
    condition.lock()
    defer { condition.unlock() }
    while !isClosed, nextToDeliver < batches.count {
      while !isClosed, ready[nextToDeliver] == nil { condition.wait() }
      guard let result = ready.removeValue(forKey: nextToDeliver) else { return nil }
      nextToDeliver += 1
      condition.broadcast()
      if let batch = try result.get() { return batch }
    }
    return nil
  }

  /// Lets all threads end after the batch they are at.
  func close() {
    condition.lock()
    isClosed = true
    ready = [:]
    condition.broadcast()
    condition.unlock()
  }

  /// Ends all threads.
  func closeAndWait() {
    close()
    condition.lock()
    while working > 0 { condition.wait() }
    condition.unlock()
  }
}
