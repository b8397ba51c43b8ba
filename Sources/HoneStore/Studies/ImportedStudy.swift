import Foundation
public import HoneRecords

/// A study that ran elsewhere, with its trials as they ended there.
public struct ImportedStudy: Sendable {
  /// What the store is to know of the study.
  public var header: StudyHeader
  /// The trials by number, without gaps.
  public var trials: [TrialRecord]
  /// The numbers of the finished trials in the order in which they finished.
  public var order: [Int]

  /// A study.
  /// - Precondition: the trials have the numbers 0, 1, 2 without gaps, and none of them runs.
  public init(header: StudyHeader, trials: [TrialRecord], order: [Int]) {
    guard trials.map(\.number) == Array(trials.indices),
      trials.allSatisfy({ $0.state != .running })
    else {
      fatalError(
        "A study to import has trials \(trials.map(\.number)); it needs 0, 1, 2, … without gaps, and "
          + "none that runs.")
    }
    self.header = header
    self.trials = trials
    self.order = order
  }

  /// Adds the study to a store, in one transaction.
  /// - Throws: `StoreError`; `.studyExists` where there is one of the name.
  public func add(to store: any DatabaseStore) throws(StoreError) {
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0 + 1) })
    try store.database.write { session in
      let count = try session.execute(
        """
        INSERT INTO studies (name, created, header, maximumTrials, nextNumber, sequence, ending)
        VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING
        """,
        [
          .text(header.name), .real(header.created.timeIntervalSinceReferenceDate),
          .text(try CanonicalJSON.string(header)),
          header.maximumTrials.map { SQLValue.integer($0) } ?? .null, .integer(trials.count),
          .integer(order.count), .text(header.end),
        ])
      if count == 0 {
        if session.isRepeated { return }
        throw StoreError.studyExists(header.name)
      }
      let rows: [[SQLValue]] = try trials.map { trial in
        [
          .text(header.name), .integer(trial.number), .text(trial.state.rawValue),
          .integer(trial.attempt), places[trial.number].map { SQLValue.integer($0) } ?? .null,
          .text(try CanonicalJSON.string(trial)),
        ]
      }
      try session.insert(
        "INSERT INTO trials (study, number, state, attempt, sequence, record)", rows)
    }
  }
}
