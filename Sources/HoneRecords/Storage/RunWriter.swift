import Dispatch
import Synchronization

/// Writes a run's series to a store from a thread of its own, so that a training step only adds to a
/// list in memory.
///
/// What was logged is in the store after `flush`, and otherwise at the latest `delaySeconds` and one
/// transaction later: that much is lost when the process is killed. A store that fails is tried again
/// with everything that it has not taken; nothing is dropped. The failure is thrown by `flush`, and by
/// `log` when more has piled up than `mostPending`.
public final class RunWriter: Sendable {
  private struct Pending {
    var steps: [StepRecord] = []
    var metrics: [String: [MetricPoint]] = [:]
    var events: [RunEvent] = []
    var epochs: [EpochRecord] = []
    var count = 0
    var isScheduled = false
    var failure: (any Error)?
  }

  /// As many records as a day of steps of a tenth of a second.
  public static let mostPending = 1_000_000

  private let store: any RunStore
  private let run: RunRecord.ID
  private let delaySeconds: Double
  private let mostPending: Int
  private let pending = Mutex(Pending())
  private let queue = DispatchQueue(label: "hone-run-writer", qos: .utility)

  /// A writer of one run.
  /// - Parameters:
  ///   - store: has the run already.
  ///   - run: the run's id.
  ///   - delaySeconds: how long records are gathered before they are written in one transaction.
  ///   - mostPending: how many records wait at most for a store that fails.
  public init(
    _ store: any RunStore, run: RunRecord.ID, delaySeconds: Double = 1,
    mostPending: Int = RunWriter.mostPending
  ) {
    self.store = store
    self.run = run
    self.delaySeconds = delaySeconds
    self.mostPending = mostPending
  }

  /// Adds a sampled step.
  /// - Throws: the store's error, where it has failed for as long as `mostPending` records.
  public func log(_ step: StepRecord) throws { try add { $0.steps.append(step) } }

  /// Adds a value of a metric of the program's own.
  /// - Throws: as for a step.
  public func log(_ name: String, _ point: MetricPoint) throws {
    try add { $0.metrics[name, default: []].append(point) }
  }

  /// Adds an event.
  /// - Throws: as for a step.
  public func log(_ event: RunEvent) throws { try add { $0.events.append(event) } }

  /// Adds an epoch that has ended.
  /// - Throws: as for a step.
  public func log(_ epoch: EpochRecord) throws { try add { $0.epochs.append(epoch) } }

  /// Waits until all that was logged so far is in the store.
  /// - Throws: the store's error; what it has not taken is kept for the next time.
  public func flush() throws {
    queue.sync { writePending() }
    if let failure = pending.withLock({ $0.failure }) { throw failure }
  }

  private func add(_ change: (inout Pending) -> Void) throws {
    let (failure, isFirst) = pending.withLock { pending in
      change(&pending)
      pending.count += 1
      let isFirst = !pending.isScheduled
      pending.isScheduled = true
      return (pending.count > mostPending ? pending.failure : nil, isFirst)
    }
    if isFirst { schedule() }
    if let failure { throw failure }
  }

  private func schedule() {
    queue.asyncAfter(deadline: .now() + delaySeconds) { [weak self] in
      self?.pending.withLock { $0.isScheduled = false }
      self?.writePending()
    }
  }

  /// Writes what waits, in the queue's thread.
  ///
  /// Writing again what a failure left in doubt does no harm:
  /// stores count steps, events and epochs once.
  private func writePending() {
    let taken = pending.withLock { pending in
      let taken = pending
      pending = Pending()
      pending.isScheduled = taken.isScheduled
      return taken
    }
    guard taken.count > 0 else { return }
    do {
      if !taken.steps.isEmpty { try store.append(taken.steps, to: run) }
      if !taken.metrics.isEmpty {
        try store.append(
          taken.metrics.map { MetricSeries(name: $0.key, points: $0.value) }, to: run)
      }
      if !taken.events.isEmpty { try store.append(taken.events, to: run) }
      // The last, so that whoever sees an epoch sees its steps.
      if !taken.epochs.isEmpty { try store.append(taken.epochs, to: run) }
    } catch {
      putBack(taken, error)
    }
  }

  private func putBack(_ taken: Pending, _ failure: any Error) {
    let isFirst = pending.withLock { pending in
      pending.steps.insert(contentsOf: taken.steps, at: 0)
      for (name, points) in taken.metrics {
        pending.metrics[name, default: []].insert(contentsOf: points, at: 0)
      }
      pending.events.insert(contentsOf: taken.events, at: 0)
      pending.epochs.insert(contentsOf: taken.epochs, at: 0)
      pending.count += taken.count
      pending.failure = failure
      let isFirst = !pending.isScheduled
      pending.isScheduled = true
      return isFirst
    }
    if isFirst { schedule() }
  }
}
