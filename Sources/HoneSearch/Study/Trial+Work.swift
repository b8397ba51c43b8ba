import Foundation
import HoneRecords
import Synchronization

extension Trial {
  /// The training run that an earlier attempt noted; nil where there was none.
  public var run: String? { study.trial(number).run }

  /// The last step that was reported; nil before the first report.
  public var lastStep: Int? { study.trial(number).reports.last?.step }

  /// Why the study has ended the trial, for people; nil where it has not.
  public var endedBecause: String? {
    study.state.withLock { state in
      guard let verdict = state.verdicts[number], verdict.state.isFinished else { return nil }
      return "\(verdict.failure?.rawValue ?? verdict.state.rawValue): \(verdict.note ?? "")"
    }
  }

  /// Notes the training run that the trial is; a store keeps it at once, for whoever takes the trial
  /// on if this worker is lost.
  public func note(run: String) {
    study.change(number) { $0.run = run }
    let recorder = study.state.withLock { $0.recorder }
    _ = recorder?(number, false)
  }

  /// Takes back a pause, for a trial that came to its end nevertheless.
  public func ignorePause() {
    study.state.withLock { state in
      if state.verdicts[number]?.state == .paused { state.verdicts[number] = nil }
    }
  }

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
