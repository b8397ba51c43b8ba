import HoneRecords

// What a suggestion sees of trials without an outcome. A trial that rests says by its reports how good its
// point is; one that runs only where it is, for its reports come whenever they come.
extension TrialRecord {
  /// The trial as one that runs.
  var running: TrialRecord {
    var copy = self
    copy.state = .running
    return copy
  }

  /// The trial as a suggestion saw it.
  /// - Parameter reports: how many it had told where it rested; 0 where it ran.
  func asSeen(after reports: Int) -> TrialRecord {
    var copy = running
    guard reports > 0 else { return copy }
    copy.state = .paused
    copy.reports = Array(self.reports.prefix(reports))
    return copy
  }

  /// Notes what this trial's suggestion sees of others, where some of them rest.
  mutating func notePaused(in others: [TrialRecord]) {
    guard others.contains(where: { $0.state == .paused }) else { return }
    pending = others.map(\.number)
    pendingReports = others.map { $0.state == .paused ? $0.reports.count : 0 }
  }
}
