import Foundation
import HoneRecords
import Synchronization

extension Trial {
  /// Notes the training run that the trial is.
  public func note(run: String) { study.change(number) { $0.run = run } }

  /// Forgets what an earlier attempt told, for a trial that cannot go on where that ended.
  public func startOver() {
    study.change(number) { trial in
      trial.reports = []
      trial.rungs = []
    }
  }

  /// Gives the trial back: it waits for another worker, or for the study to go on.
  ///
  /// Whatever its objective returns afterwards is not used.
  public func release() {
    study.state.withLock { $0.verdicts[number] = TrialRecord(number: number, state: .waiting) }
  }
}

extension Study {
  fileprivate func change(_ number: Int, _ change: (inout TrialRecord) -> Void) {
    state.withLock { change(&$0.record.trials[number]) }
  }
}
