public import HoneRecords

/// What a suggestion may depend on: the finished trials in the order in which they finished, and the
/// points of those that run.
public struct SearchHistory: Sendable {
  /// What is searched.
  public let space: SearchSpace
  /// What is sought.
  public let objectives: [ObjectiveRecord]
  /// The finished trials in the order in which they finished.
  public private(set) var finished: [TrialRecord] = []
  /// The trials that have a point and no outcome yet: those that run, and those that rest, with what they
  /// had told until then.
  public var running: [TrialRecord]
  private(set) var table: TrialTable

  /// A history.
  /// - Parameters:
  ///   - finished: in the order in which they finished.
  ///   - running: those that have a point and no outcome yet.
  public init(
    space: SearchSpace, objectives: [ObjectiveRecord], finished: [TrialRecord] = [],
    running: [TrialRecord] = []
  ) {
    self.space = space
    self.objectives = objectives
    self.running = running
    table = TrialTable(space: space, objectives: objectives)
    for trial in finished { append(trial) }
  }

  /// Adds a trial that has finished; values of an earlier version of the space are re-mapped.
  public mutating func append(_ trial: TrialRecord) {
    let trial = space.version > 1 ? space.remapped(trial) : trial
    finished.append(trial)
    table.append(trial)
  }

  /// The finished trials, those that rest, and those that run counted as bad ones where that is wanted.
  func table(countsRunning: Bool) -> TrialTable {
    guard running.contains(where: { countsRunning || $0.state == .paused }) else { return table }
    var copy = table
    for trial in running {
      if trial.state == .paused {
        copy.append(space.version > 1 ? space.remapped(trial) : trial)
      } else if countsRunning {
        copy.append(running: trial)
      }
    }
    return copy
  }

  /// Parameters that are present under the same conditions, by index, parents first.
  var groups: [[Int]] {
    var groups: [(conditions: [Condition], members: [Int])] = []
    for (index, parameter) in space.parameters.enumerated() {
      if let group = groups.firstIndex(where: { $0.conditions == parameter.conditions }) {
        groups[group].members.append(index)
      } else {
        groups.append((parameter.conditions, [index]))
      }
    }
    return groups.map(\.members)
  }
}
