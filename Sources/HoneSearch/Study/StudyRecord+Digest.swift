import HoneNumerics
import HoneRecords

extension StudyRecord {
  /// The study without its name and what depends on when, where and by whom it was done: equal for
  /// equal searches.
  public var timeless: StudyRecord {
    var copy = self
    copy.name = ""
    copy.order = []
    copy.queue = []
    copy.end = nil
    copy.budget.deadline = nil
    for index in copy.trials.indices {
      copy.trials[index].attempt = 1
      copy.trials[index].pending = nil
      copy.trials[index].pendingReports = nil
      copy.trials[index].note = nil
      copy.trials[index].run = nil
      copy.trials[index].started = nil
      copy.trials[index].ended = nil
    }
    return copy
  }

  /// The SHA-256 of the timeless study: a deterministic search has the same whatever the number of its
  /// workers.
  /// - Throws: `EncodingError`, which values of a study do not cause.
  public func digest() throws -> String {
    var hash = SHA256()
    hash.update(Array(try CanonicalJSON.string(timeless).utf8))
    return hash.hexDigest
  }
}
