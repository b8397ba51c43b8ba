import Foundation

/// The batches of one epoch, in order.
///
/// Not to be shared between threads. Leaving it before the end is clean: its threads stop when it
/// is closed or let go.
public final class BatchIterator {
  private let batches: [[Int]]
  private let epoch: Int?
  private var place: Int
  /// Prepares batches on the caller's thread; nil where threads do.
  private var assembler: BatchAssembler?
  private let queue: BatchQueue?
  /// The part of each batch that is handed out; nil for all of it.
  private let share: LoaderShare?

  init(
    share: LoaderShare? = nil, batches: [[Int]], epoch: Int?, first: Int, threads: Int,
    prefetch: Int,
    assembler: BatchAssembler
  ) {
    self.batches = batches
    self.epoch = epoch
    self.share = share
    place = first
    guard threads > 0, first < batches.count else {
      self.assembler = assembler
      queue = nil
      return
    }
    let workers = min(threads, batches.count - first)
    let queue = BatchQueue(
      batches: batches, first: first, limit: max(prefetch, threads), workers: workers)
    self.queue = queue
    for _ in 0..<workers {
      let thread = Thread { queue.prepare(with: assembler, epoch: epoch) }
      thread.name = "hone-loader"
      thread.start()
    }
  }

  deinit { queue?.closeAndWait() }

  /// Batches of the epoch, those before the first asked for included.
  public var count: Int { batches.count }

  /// Where the epoch goes on: batches that were handed out, lost or left out because none of their samples
  /// can be read, those before the first asked for included.
  public var position: Int { queue?.position ?? place }

  /// The next batch; nil after the last.
  ///
  /// Waits where threads prepare it.
  /// - Throws: `DataError` naming the sample that cannot be read. The batch is then lost; the next
  ///   call goes on with the one after it.
  public func next() throws -> HostBatch? {
    let batch = try whole()
    guard let share else { return batch }
    return batch.map { $0.part(share.computedRows(of: $0.count)) }
  }

  private func whole() throws -> HostBatch? {
    if let queue { return try queue.next() }
    while place < batches.count {
      place += 1
      let batch = try assembler?.batch(batches[place - 1], epoch: epoch, number: place - 1)
      if let batch { return batch }
    }
    return nil
  }

  /// Stops the threads and waits until the batches that they are at are done; `next` then returns nil.
  public func close() {
    queue?.closeAndWait()
    place = batches.count
  }

  /// Threads that have not ended; for tests.
  var workers: Int { queue?.workers ?? 0 }
}
