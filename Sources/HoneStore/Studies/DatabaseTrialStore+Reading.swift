public import HoneRecords

// What workers and readers look at.
extension DatabaseTrialStore {
  /// The finished trials after the first so many, in the order in which they finished.
  /// - Throws: `StoreError`.
  public func finished(
    in study: String, after count: Int
  ) throws(StoreError) -> [TrialRecord] {
    try database.read { session in
      try TrialTables(session: session, study: study).finished(after: count)
    }
  }

  /// The trials that have not finished, by number.
  /// - Throws: `StoreError`.
  public func unfinished(in study: String) throws(StoreError) -> [TrialRecord] {
    try database.read { session in
      try TrialTables(session: session, study: study).unfinished(openTrials)
    }
  }

  /// The finished trials after the first so many and all that have not finished, in one look.
  /// - Throws: `StoreError`.
  public func news(in study: String, after count: Int) throws(StoreError) -> StudyNews {
    try database.read { session in
      let tables = TrialTables(session: session, study: study)
      return StudyNews(
        finished: try tables.finished(after: count), open: try tables.unfinished(openTrials))
    }
  }
}
