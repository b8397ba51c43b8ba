import HoneRecords
import Synchronization

/// The open trials that were read last, with their text: a worker looks at all of them for each trial
/// that it starts, and few have changed since it looked before.
final class OpenTrials: Sendable {
  private struct Known {
    let text: String
    let trial: TrialRecord
  }

  private let known = Mutex<[String: [Int: Known]]>([:])

  /// The trials of the rows (number, record) of a study, which are all that are open.
  func records(
    _ rows: [(number: Int, text: String)], of study: String,
    reading: (String) throws -> TrialRecord
  ) throws -> [TrialRecord] {
    let before = known.withLock { $0[study] ?? [:] }
    var now: [Int: Known] = [:]
    let trials = try rows.map { row in
      if let same = before[row.number], same.text == row.text {
        now[row.number] = same
        return same.trial
      }
      let trial = try reading(row.text)
      now[row.number] = Known(text: row.text, trial: trial)
      return trial
    }
    known.withLock { $0[study] = now }
    return trials
  }
}
