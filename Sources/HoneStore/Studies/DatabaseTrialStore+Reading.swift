public import HoneRecords

// What workers and readers look at.
extension DatabaseTrialStore {
  /// The finished trials after the first so many, in the order in which they finished.
  /// - Throws: `StoreError`.
  public func finished(
    in study: String, after count: Int
  ) throws(StoreError) -> [TrialRecord] {
    let rows = try database.single { session in
      TrialTables.Rows(
        finished: try TrialTables(session: session, study: study).finished(after: count))
    }
    return try news(rows, of: study).finished
  }

  /// The trials that have not finished, by number.
  /// - Throws: `StoreError`.
  public func unfinished(in study: String) throws(StoreError) -> [TrialRecord] {
    let rows = try database.single { session in
      TrialTables.Rows(open: try TrialTables(session: session, study: study).unfinished())
    }
    return try news(rows, of: study).open
  }

  /// The finished trials after the first so many and all that have not finished, in one look.
  /// - Throws: `StoreError`.
  public func news(in study: String, after count: Int) throws(StoreError) -> StudyNews {
    let rows = try database.single { session in
      try TrialTables(session: session, study: study).news(after: count)
    }
    return try news(rows, of: study)
  }

  /// What the rows of an ended transaction say: others write while their text is understood.
  func news(_ rows: TrialTables.Rows, of study: String) throws(StoreError) -> StudyNews {
    let record = { (text: String) in try TrialTables.record(text, of: study) }
    do {
      return StudyNews(
        finished: try rows.finished.map(record),
        open: try openTrials.records(rows.open, of: study, reading: record))
    } catch {
      throw StoreError(error, path: database.name)
    }
  }
}
