import Foundation
import HoneRecords

/// Everything about a study that changes, as one value behind the study's lock.
struct StudyState: Sendable {
  var record: StudyRecord
  /// What suggestions see.
  var history: SearchHistory
  /// The parameters of a study whose trials find them.
  var found: [String: SearchParameter] = [:]
  var running: [Int] = []
  /// Numbers of trials whose worker was lost and that wait for another.
  var lost: [Int] = []
  var saved: [Int: Data] = [:]
  var verdicts: [Int: TrialRecord] = [:]
  var epochs = 0
  /// The finished trials since the last new best, and the best loss.
  var sinceBest = 0
  /// Whether a store says which trials suggestions may see.
  var isShared = false
  /// Keeps what a trial has told, at once or, where that may wait, with what it tells next; false where
  /// the trial is another's by now.
  var recorder: (@Sendable (_ number: Int, _ mayWait: Bool) -> Bool)?
  /// Begins another epoch; false where the budget has none left.
  var beginsEpoch: (@Sendable () -> Bool)?
  /// Of a study that a store shares: the trials that have not finished there, by number.
  var open: [Int] = []
  var best = Double.infinity

  init(_ record: StudyRecord) {
    var record = record
    let order = record.order
    record.order = []
    for index in record.trials.indices {
      record.trials[index].parameters = record.space.normalized(record.trials[index].parameters)
    }
    self.record = record
    history = SearchHistory(
      space: record.isDeclared ? record.space : SearchSpace(), objectives: record.objectives)
    if !record.isDeclared {
      for parameter in record.space.parameters { found[parameter.name] = parameter }
    }
    for number in order { show(number) }
    for trial in record.trials {
      epochs += trial.reports.count
      // Whoever had it is gone with the process that the record came from.
      if trial.state == .running { lost.append(trial.number) }
    }
    for number in lost {
      self.record.trials[number].state = .waiting
      self.record.trials[number].attempt += 1
    }
  }

  /// The number of the next new trial.
  var nextNumber: Int { record.trials.count }

  /// How many of the trials before a number its suggestion may use; nil for all that have finished.
  func prefix(of number: Int) -> Int? {
    guard case .deterministic(let batch) = record.mode else { return nil }
    return number / batch * batch
  }

  /// Lets suggestions see a finished trial.
  mutating func show(_ number: Int) {
    record.order.append(number)
    let trial = record.trials[number]
    extendSpace(by: trial)
    history.append(trial)
    let isGood = trial.state == .completed && trial.violation == 0
    if record.objectives.count == 1, isGood, let value = trial.values.first,
      record.objectives[0].direction.loss(value) < best
    {
      best = record.objectives[0].direction.loss(value)
      sinceBest = 0
    } else {
      sinceBest += 1
    }
  }

  /// In a study whose trials find the space, together are modelled the parameters that every trial
  /// so far has had.
  private mutating func extendSpace(by trial: TrialRecord) {
    guard !record.isDeclared else { return }
    let isUseful = trial.state == .completed || trial.state == .pruned
    guard isUseful else { return }
    let useful = history.finished.contains { $0.state == .completed || $0.state == .pruned }
    let known = Set(history.space.parameters.map(\.name))
    let common = useful ? known.intersection(trial.parameters.keys) : Set(trial.parameters.keys)
    let parameters = common.sorted().compactMap { found[$0] }
    guard common != known || parameters != history.space.parameters,
      let space = try? SearchSpace(parameters)
    else { return }
    history = SearchHistory(
      space: space, objectives: record.objectives, finished: history.finished)
  }

  /// Takes over a trial as a store has it.
  mutating func place(_ trial: TrialRecord) {
    while record.trials.count <= trial.number {
      record.trials.append(TrialRecord(number: record.trials.count, state: .waiting))
    }
    record.trials[trial.number] = trial
  }

  /// Takes over what a store has told; the trials in hand stay as they are here until they have finished
  /// there, which one does where another worker was given it.
  mutating func take(_ news: StudyNews, except held: Set<Int>) {
    for trial in news.finished { place(trial) }
    for trial in news.open where !held.contains(trial.number) { place(trial) }
    open = news.open.map(\.number)
    switch record.mode {
    case .asynchronous: for trial in news.finished { show(trial.number) }
    case .deterministic(let batch): showBatches(of: batch)
    }
  }

  /// Shows the batches all of whose trials have finished, by number.
  private mutating func showBatches(of batch: Int) {
    while record.order.count + batch <= record.trials.count {
      let next = record.order.count..<(record.order.count + batch)
      guard next.allSatisfy({ record.trials[$0].state.isFinished }) else { return }
      for number in next { show(number) }
    }
  }

  /// Adds a finished trial to what suggestions may see, as the mode allows.
  mutating func finish(_ number: Int) {
    running.removeAll { $0 == number }
    if isShared { return }
    switch record.mode {
    case .asynchronous: show(number)
    case .deterministic(let batch): showBatches(of: batch)
    }
  }

  /// Why no trial may be started any more; nil where one may.
  func end(now: Date) -> StudyEnd? {
    if let end = record.end { return end }
    let budget = record.budget
    if let target = budget.target, let objective = record.objectives.first,
      record.objectives.count == 1, best <= objective.direction.loss(target)
    {
      return .target
    }
    if let deadline = budget.deadline, now >= deadline { return .deadline }
    if let patience = budget.patience, best < .infinity, sinceBest >= patience { return .patience }
    // Where a store shares the study it counts its epochs.
    let countsHere = !isShared || record.mode != .asynchronous
    if countsHere, let epochs = budget.epochs, seenEpochs >= epochs { return .epochs }
    return nil
  }

  /// The epochs used; in a deterministic study those of the trials that suggestions see.
  private var seenEpochs: Int {
    guard case .deterministic = record.mode else { return epochs }
    return record.order.reduce(0) { $0 + record.trials[$1].reports.count }
  }
}
