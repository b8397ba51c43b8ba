import HoneRecords
import Synchronization

// A study that a store shares among workers.
extension Study {
  /// Takes over a trial that a store gave to this worker, with a suggestion where it has no point;
  /// nil where there is none any more.
  func adopt(_ claim: TrialClaim) -> Trial? {
    state.withLock { state in
      var trial = claim.trial
      state.place(trial)
      state.saved[trial.number] = claim.saved
      if trial.parameters.isEmpty || trial.isEnqueued {
        guard suggest(for: &trial, &state) else { return nil }
      }
      state.record.trials[trial.number] = trial
      return Trial(
        number: trial.number, seed: state.record.seed, study: self, proposal: trial.parameters,
        history: nil)
    }
  }

  private func suggest(for trial: inout TrialRecord, _ state: inout StudyState) -> Bool {
    if let prefix = state.prefix(of: trial.number) {
      trial.seen = prefix
      state.history.running = points(of: prefix..<trial.number, &state)
    } else {
      let others = state.open.filter {
        $0 != trial.number && !state.record.trials[$0].parameters.isEmpty
      }
      trial.seen = state.record.order.count
      state.history.running = others.map { state.record.trials[$0] }
      trial.pending = others
      trial.notePaused(in: state.history.running)
    }
    guard let point = point(of: trial, state) else { return false }
    trial.parameters = point
    return true
  }

  /// The points of trials of a batch, which their workers may still be computing: every worker finds
  /// the same.
  private func points(of numbers: Range<Int>, _ state: inout StudyState) -> [TrialRecord] {
    var known: [TrialRecord] = []
    for number in numbers {
      var trial = state.record.trials[number]
      if trial.parameters.isEmpty || trial.isEnqueued {
        state.history.running = known
        guard let point = point(of: trial, state) else { continue }
        trial.parameters = point
        state.record.trials[number].parameters = point
      }
      known.append(trial)
    }
    return known
  }

  private func point(
    of trial: TrialRecord, _ state: StudyState
  ) -> [String: HyperparameterValue]? {
    let key = TrialKey(seed: state.record.seed, number: trial.number)
    guard let suggested = sampler.suggest(for: key, given: state.history) else { return nil }
    return trial.isEnqueued
      ? filled(trial.parameters, suggested, state.record, key) : suggested
  }
}
