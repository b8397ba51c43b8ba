public import HoneRecords

extension StudyRecord {
  /// The completed trial of the best value that keeps the constraints; of equals the first.
  /// - Throws: `SearchError` where there is none, or there are several objectives.
  public func best() throws(SearchError) -> TrialRecord {
    guard objectives.count == 1 else { throw .severalObjectives }
    guard let best = ranked.first else { throw .tooFewTrials(needed: 1, found: 0) }
    return best
  }

  /// The completed trials that keep the constraints, the best first; of one objective.
  public var ranked: [TrialRecord] {
    let direction = objectives[0].direction
    return completed.filter { $0.violation == 0 }.sorted {
      (direction.loss($0.values[0]), $0.number) < (direction.loss($1.values[0]), $1.number)
    }
  }

  /// The trials that completed, by number.
  public var completed: [TrialRecord] {
    trials.filter { $0.state == .completed && $0.values.count == objectives.count }
  }

  /// The trials that no other is better than in everything, by number.
  public var paretoFront: [TrialRecord] {
    let kept = completed.filter { $0.violation == 0 }
    let losses = kept.map { trial in zip(objectives, trial.values).map { $0.direction.loss($1) } }
    return (NondominatedRanking.fronts(losses).first ?? []).map { kept[$0] }
  }
}

extension Study {
  /// The best trial so far.
  /// - Throws: `SearchError` where none has completed, or there are several objectives.
  public var best: TrialRecord {
    get throws(SearchError) { try record.best() }
  }

  /// The trials that no other is better than in everything.
  public var paretoFront: [TrialRecord] { record.paretoFront }
}
