import HoneRecords

extension Study {
  /// Computes every suggestion again from the trials that it could see.
  /// - Returns: how many suggestions were compared; points of the queue are none.
  /// - Throws: `SearchError.notReproduced` for the first that comes out differently.
  public static func verify(
    _ record: StudyRecord, sampler: any TrialSampler
  ) throws(SearchError) -> Int {
    var state = StudyState(record.beginning)
    var shown = 0
    var compared = 0
    // Of several workers, one may have a later number and have looked earlier.
    let trials = record.trials.sorted { ($0.seen, $0.number) < ($1.seen, $1.number) }
    for trial in trials {
      state.record.trials = record.trials
      while shown < trial.seen {
        guard shown < record.order.count else { throw .notReproduced(trial: trial.number) }
        state.show(record.order[shown])
        shown += 1
      }
      // A trial that ended before it had a point has nothing to compare.
      let hasPoint = !record.isDeclared || !trial.parameters.isEmpty
      guard !trial.isEnqueued, hasPoint else { continue }
      let key = TrialKey(seed: record.seed, number: trial.number)
      let visible = Set(record.order.prefix(trial.seen))
      if let pending = trial.pending {
        let reports = trial.pendingReports ?? pending.map { _ in 0 }
        state.history.running = zip(pending, reports).map { record.trials[$0].asSeen(after: $1) }
      } else {
        state.history.running =
          record.isDeclared
          ? record.trials[..<trial.number].filter { !visible.contains($0.number) }.map(\.running)
          : []
      }
      guard let values = sampler.suggest(for: key, given: state.history) else {
        throw .notReproduced(trial: trial.number)
      }
      compared += 1
      if record.isDeclared {
        guard values == record.space.normalized(trial.parameters) else {
          throw .notReproduced(trial: trial.number)
        }
        continue
      }
      guard let wide = wide(state) else { continue }
      for (name, value) in record.space.normalized(trial.parameters) {
        guard let parameter = state.found[name] else { continue }
        let again = values[name].flatMap { parameter.distribution.normalized($0) }
        guard value == again ?? sampler.suggest(parameter, for: key, given: wide) else {
          throw .notReproduced(trial: trial.number)
        }
      }
    }
    return compared
  }
}

extension StudyRecord {
  /// The study before its first trial.
  fileprivate var beginning: StudyRecord {
    var copy = self
    copy.trials = []
    copy.order = []
    copy.queue = []
    copy.end = nil
    return copy
  }
}
