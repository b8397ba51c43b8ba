import HoneRecords

/// Which generation each trial belongs to, recomputed from the history alone: a trial belongs to the
/// generation that was open among the finished trials that its suggestion saw.
struct GenerationReplay {
  /// The generation that is open after so many finished trials.
  private var openAfter: [Int] = [0]
  private var pool: [TrialRecord] = []

  /// Walks the finished trials and closes a generation whenever enough of its own have finished.
  /// - Parameters:
  ///   - counts: whether a trial can be a member of a generation.
  ///   - close: called with each full generation's members, in the order in which they finished.
  init(
    _ finished: [TrialRecord], size: Int, counts: (TrialRecord) -> Bool,
    close: ([TrialRecord]) -> Void
  ) {
    var open = 0
    for trial in finished {
      let born = openAfter[min(max(trial.seen, 0), openAfter.count - 1)]
      if counts(trial), born == open || trial.isEnqueued {
        pool.append(trial)
        if pool.count == size {
          close(pool)
          pool = []
          open += 1
        }
      }
      openAfter.append(open)
    }
  }
}
