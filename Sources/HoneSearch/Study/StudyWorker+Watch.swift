import Foundation
import HoneRecords
import Synchronization

extension StudyWorker {
  /// A thread beside the trials: it renews the leases of those in hand, and ends one that hangs.
  final class Watch: Sendable {
    private static let longestPause = 0.05
    private let isOver = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    init(of worker: StudyWorker) {
      let pause = max(min(worker.leaseSeconds / 30, Watch.longestPause), 0.01)
      Thread.detachNewThread { [self] in
        var renewed = ContinuousClock.now
        while isOver.wait(timeout: .now() + pause) == .timedOut {
          worker.endHangingTrial()
          if ContinuousClock.now - renewed > .seconds(worker.leaseSeconds / 3) {
            renewed = .now
            worker.renewLease()
          }
        }
        ended.signal()
      }
    }

    func end() {
      isOver.signal()
      ended.wait()
    }
  }

  private func renewLease() {
    for trial in held.withLock({ Array($0.values) }) where !trial.isLost {
      let isOwn = try? store.renew(
        trial.number, attempt: trial.attempt, in: name, by: identity, leaseSeconds: leaseSeconds)
      if isOwn == false { held.withLock { $0[trial.number]?.isLost = true } }
    }
  }

  /// Ends a trial that has passed the study's limit and reports nothing, so that no report ends it.
  private func endHangingTrial() {
    guard let onHang, let limit = study.trialLimit else { return }
    let late = held.withLock { Array($0.values) }.filter { trial in
      !trial.isLost
        && ContinuousClock.now - trial.since > limit + min(limit, StudyWorker.longestGrace)
    }
    for trial in late {
      var record = study.trial(trial.number)
      record.state = .failed
      record.failure = .timeout
      record.note = "It took longer than \(limit) and did not end by itself."
      record.ended = Date()
      do {
        guard try store.finish(record, in: name, by: identity) else { continue }
      } catch {
        // Without the store nobody would know; the lease runs out when the process does not answer.
        continue
      }
      held.withLock { $0[trial.number]?.isLost = true }
      onHang(trial.number)
    }
  }
}
