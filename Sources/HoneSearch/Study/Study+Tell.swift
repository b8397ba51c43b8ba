import Foundation
public import HoneRecords
import HoneText
import Synchronization

extension Study {
  /// Ends a trial with a value for each objective.
  ///
  /// A pruned trial keeps its reports instead, and one that is not a finite number fails.
  /// - Throws: `SearchError` where the trial has ended already or the number of values is wrong.
  public func tell(_ trial: Trial, _ values: [Double]) throws(SearchError) {
    let now = Date()
    let result = state.withLock { state -> SearchError? in
      guard state.record.trials[trial.number].state == .running else {
        return .notRunning(trial: trial.number)
      }
      if let verdict = state.verdicts.removeValue(forKey: trial.number) {
        settle(trial.number, &state, now) {
          $0.state = verdict.state
          $0.failure = verdict.failure
          $0.note = verdict.note
        }
        return nil
      }
      guard values.count == state.record.objectives.count else {
        let expected = state.record.objectives.count
        settle(trial.number, &state, now) {
          $0.state = .failed
          $0.failure = .noValue
        }
        return .wrongValueCount(trial: trial.number, expected: expected, got: values.count)
      }
      let isFinite = values.allSatisfy(\.isFinite)
      settle(trial.number, &state, now) {
        $0.state = isFinite ? .completed : .failed
        $0.failure = isFinite ? nil : .diverged
        $0.note =
          isFinite
          ? nil : "The objective returned \(values.map { "\($0)" }.joined(separator: ", "))."
        if isFinite { $0.values = values }
      }
      return nil
    }
    changed.broadcast()
    if let result { throw result }
  }

  /// Ends a trial that failed.
  /// - Throws: `SearchError.notRunning` where the trial has ended already.
  public func tell(
    _ trial: Trial, failed failure: TrialFailure, _ note: String
  ) throws(SearchError) {
    giveUp(failure, note, of: trial.number)
    try tell(trial, [])
  }

  private func settle(
    _ number: Int, _ state: inout StudyState, _ now: Date, _ change: (inout TrialRecord) -> Void
  ) {
    change(&state.record.trials[number])
    if !state.record.trials[number].state.isFinished {
      state.running.removeAll { $0 == number }
      return
    }
    state.record.trials[number].ended = now
    state.saved[number] = nil
    state.finish(number)
  }

  func constrain(_ values: [Double], of number: Int) {
    state.withLock { $0.record.trials[number].constraints = values }
  }

  func giveUp(_ failure: TrialFailure, _ note: String, of number: Int) {
    state.withLock { state in
      var verdict = TrialRecord(number: number, state: .failed)
      verdict.failure = failure
      verdict.note = note
      state.verdicts[number] = verdict
    }
  }

  func report(_ report: TrialReport, of number: Int, isLast: Bool) -> TrialVerdict {
    let now = Date()
    let (recorder, beginsEpoch) = state.withLock { state in
      guard state.record.trials[number].state == .running else {
        return (nil, nil) as ((@Sendable (Int, Bool) -> Bool)?, (@Sendable () -> Bool)?)
      }
      state.record.trials[number].reports.append(report)
      state.epochs += 1
      return (state.recorder, state.beginsEpoch)
    }
    if let recorder, !recorder(number, true) { return .stop }
    let verdict = verdict(number, now, isLast: isLast)
    guard verdict == .proceed else { return verdict }
    if let recorder, pruner != nil, !recorder(number, false) { return .stop }
    guard !isLast, let beginsEpoch, !beginsEpoch() else { return .proceed }
    state.withLock { $0.verdicts[number] = Study.usedUp(number) }
    return .stop
  }

  private static func usedUp(_ number: Int) -> TrialRecord {
    var outcome = TrialRecord(number: number, state: .pruned)
    outcome.note = "The study's epochs were used."
    return outcome
  }

  private func verdict(_ number: Int, _ now: Date, isLast: Bool) -> TrialVerdict {
    state.withLock { state in
      guard state.record.trials[number].state == .running else { return .stop }
      if let pending = state.verdicts[number] { return pending.state == .paused ? .pause : .stop }
      if let reason = ends(number, state, now) {
        state.verdicts[number] = reason
        return .stop
      }
      guard let pruner, !isLast else { return .proceed }
      let verdict = pruner.decide(view(number, state))
      state.record.trials[number].rungs = verdict.rungs
      var outcome = TrialRecord(number: number, state: .pruned)
      switch verdict.decision {
      case .proceed: return .proceed
      case .stop(let reason):
        outcome.note = reason.english
        state.verdicts[number] = outcome
        return .stop
      case .pause:
        outcome.state = .paused
        state.verdicts[number] = outcome
        return .pause
      }
    }
  }

  /// What ends a running trial besides the pruner: budgets and its time limit.
  private func ends(_ number: Int, _ state: StudyState, _ now: Date) -> TrialRecord? {
    var outcome = TrialRecord(number: number, state: .pruned)
    if let trialLimit, let started = state.record.trials[number].started,
      now.timeIntervalSince(started) > trialLimit / .seconds(1)
    {
      outcome.state = .failed
      outcome.failure = .timeout
      outcome.note = "It took longer than \(trialLimit)."
      return outcome
    }
    if state.record.end == .stopped {
      outcome.note = "The study was stopped."
      return outcome
    }
    if let deadline = state.record.budget.deadline, now >= deadline {
      outcome.note = "The study's deadline passed."
      return outcome
    }
    if state.record.mode == .asynchronous, !state.isShared,
      let epochs = state.record.budget.epochs, state.epochs >= epochs
    {
      return Study.usedUp(number)
    }
    return nil
  }

  /// What the pruner sees; in a deterministic study only trials of earlier batches besides its own.
  private func view(_ number: Int, _ state: StudyState) -> PruneView {
    let trial = state.record.trials[number]
    var trials = state.record.trials
    if let prefix = state.prefix(of: number) { trials = Array(trials[..<prefix]) + [trial] }
    return PruneView(
      study: state.record.name, objectives: state.record.objectives, trial: trial, trials: trials)
  }
}
