import Foundation
public import HoneRecords
import Synchronization

/// What came of running a study.
public struct StudyOutcome: Sendable, Equatable {
  /// Why no further trial was started.
  public let end: StudyEnd
  /// How many trials stand in each state.
  public let counts: [TrialState: Int]
}

extension Study {
  /// Runs trials of one value on some threads until the budget is used.
  ///
  /// An error of the objective fails its trial and not the study.
  /// - Throws: `SearchError.invalidBudget` where nothing bounds the study.
  @discardableResult
  public func run(
    workers: Int = 1, _ objective: @escaping @Sendable (Trial) throws -> Double
  ) throws(SearchError) -> StudyOutcome {
    try runAll(workers: workers) { [try objective($0)] }
  }

  /// Runs trials of several values on some threads until the budget is used.
  /// - Throws: `SearchError.invalidBudget` where nothing bounds the study.
  @discardableResult
  public func runAll(
    workers: Int = 1, _ objective: @escaping @Sendable (Trial) throws -> [Double]
  ) throws(SearchError) -> StudyOutcome {
    let budget = state.withLock { $0.record.budget }
    guard workers > 0, budget != StudyBudget() || sampler is GridSampler else {
      throw .invalidBudget
    }
    if workers == 1 {
      work(objective)
    } else {
      let group = DispatchGroup()
      for _ in 0..<workers {
        group.enter()
        Thread.detachNewThread { [self] in
          work(objective)
          group.leave()
        }
      }
      group.wait()
    }
    return outcome
  }

  private var outcome: StudyOutcome {
    state.withLock { state in
      var counts: [TrialState: Int] = [:]
      for trial in state.record.trials { counts[trial.state, default: 0] += 1 }
      return StudyOutcome(end: state.record.end ?? .stopped, counts: counts)
    }
  }

  /// One worker's life.
  private func work(_ objective: (Trial) throws -> [Double]) {
    while true {
      switch ask() {
      case .end:
        changed.broadcast()
        return
      case .wait:
        changed.lock()
        // A signal between asking and waiting is lost: look again after a moment.
        _ = changed.wait(until: Date().addingTimeInterval(0.002))
        changed.unlock()
      case .trial(let trial): attempt(trial, objective)
      }
    }
  }

  func attempt(_ trial: Trial, _ objective: (Trial) throws -> [Double]) {
    do {
      let values = try objective(trial)
      // A wrong number of values has failed the trial by itself.
      try? tell(trial, values)
    } catch let error as TrialFailed {
      try? tell(trial, failed: error.failure, error.note)
    } catch {
      try? tell(trial, failed: .userError, "\(error)")
    }
  }
}
