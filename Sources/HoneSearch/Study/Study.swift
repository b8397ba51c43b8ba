import Foundation
public import HoneRecords
import HoneText
import Synchronization

/// A search: a space or a function that asks for its parameters, what is sought, and all trials.
///
/// ```swift
/// let study = try Study(minimize: "loss", sampler: .tpe, budget: .trials(100))
/// try study.run { trial in
///   let x = try trial.float("x", in: -5...5)
///   return (x - 2) * (x - 2)
/// }
/// print(try study.best.parameters)
/// ```
///
/// Safe to use from any thread. A suggestion is a pure function of the study's seed, the trial's
/// number and the finished trials that it could see, so that any of them can be computed again.
public final class Study: Sendable {
  /// How suggestions are made.
  public let sampler: any TrialSampler
  /// How trials are ended early; nil for never.
  public let pruner: (any TrialPruner)?
  /// How long a trial may take before a report ends it.
  public let trialLimit: Duration?
  let state: Mutex<StudyState>
  let changed = NSCondition()

  /// A study.
  /// - Parameters:
  ///   - space: what is searched; empty where the trials ask for their parameters.
  ///   - objectives: what is sought; at least one.
  ///   - trialLimit: how long a trial may take before a report ends it.
  ///   - stack: how many trials of one make-up are computed together, at most, by objectives that can.
  /// - Throws: `SearchError` where sampler, pruner or budget do not fit.
  public init(
    _ name: String = "study", space: SearchSpace = SearchSpace(),
    objectives: [ObjectiveRecord], sampler: any TrialSampler = AutoSampler(),
    pruner: (any TrialPruner)? = nil, budget: StudyBudget = StudyBudget(), seed: UInt64 = 0,
    mode: StudyMode = .asynchronous, trialLimit: Duration? = nil, stack: Int? = nil
  ) throws(SearchError) {
    let record = StudyRecord(
      format: StudyRecord.currentFormat, name: name, space: space,
      isDeclared: !space.parameters.isEmpty, objectives: objectives, sampler: sampler.name,
      pruner: pruner?.name, seed: seed, budget: budget, mode: mode,
      trialSeconds: trialLimit.map { $0 / .seconds(1) }, stack: stack, trials: [], order: [],
      queue: [])
    try Study.check(record, sampler, pruner)
    self.sampler = sampler
    self.pruner = pruner
    self.trialLimit = trialLimit
    state = Mutex(StudyState(record))
  }

  /// A study of one value that is to be small.
  /// - Throws: `SearchError` where sampler, pruner or budget do not fit.
  public convenience init(
    minimize objective: String, space: SearchSpace = SearchSpace(),
    sampler: any TrialSampler = AutoSampler(), pruner: (any TrialPruner)? = nil,
    budget: StudyBudget = StudyBudget(), seed: UInt64 = 0
  ) throws(SearchError) {
    try self.init(
      space: space, objectives: [.minimize(objective)], sampler: sampler, pruner: pruner,
      budget: budget, seed: seed)
  }

  /// A study that goes on where a record ends; trials that ran are started anew.
  /// - Parameter trialLimit: how long a trial may take; the record's limit where nil.
  /// - Throws: `SearchError.newerStudy` for a record of a later version, and where sampler, pruner or
  ///   budget do not fit.
  public init(
    resuming record: StudyRecord, sampler: any TrialSampler, pruner: (any TrialPruner)? = nil,
    trialLimit: Duration? = nil
  ) throws(SearchError) {
    guard record.format <= StudyRecord.currentFormat else {
      throw .newerStudy(version: record.format)
    }
    try Study.check(record, sampler, pruner)
    self.sampler = sampler
    self.pruner = pruner
    self.trialLimit = trialLimit ?? record.trialSeconds.map { .seconds($0) }
    var record = record
    record.trialSeconds = self.trialLimit.map { $0 / .seconds(1) }
    record.sampler = sampler.name
    record.pruner = pruner?.name
    record.end = nil
    state = Mutex(StudyState(record))
  }

  private static func check(
    _ record: StudyRecord, _ sampler: any TrialSampler, _ pruner: (any TrialPruner)?
  ) throws(SearchError) {
    guard !record.objectives.isEmpty else {
      throw .wrongValueCount(trial: 0, expected: 1, got: 0)
    }
    let budget = record.budget
    let counts = [budget.trials, budget.epochs, budget.patience, record.stack].compactMap { $0 }
    guard counts.allSatisfy({ $0 > 0 }), !(budget.target?.isNaN ?? false) else {
      throw .invalidBudget
    }
    if case .deterministic(let batch) = record.mode {
      guard batch > 0 else { throw .invalidBudget }
      if (pruner as? HalvingPruner)?.pauses == true || (pruner as? HyperbandPruner)?.pauses == true
      {
        throw .invalidPruner(
          Localized(
            "A deterministic study cannot pause trials: which one goes on depends on who is first. "
              + "Use halving.",
            korean: "결정적 연구에서는 시행을 일시 중지할 수 없습니다. 먼저 끝난 쪽에 따라 결과가 달라집니다. halving을 쓰십시오."))
      }
    }
    try sampler.check(record.space, record.objectives)
  }

  /// All of the study as it stands.
  public var record: StudyRecord {
    state.withLock { state in
      var record = state.record
      if !record.isDeclared {
        let found = state.found.keys.sorted().compactMap { state.found[$0] }
        record.space = (try? SearchSpace(found)) ?? SearchSpace()
      }
      return record
    }
  }

  /// The trials by number.
  public var trials: [TrialRecord] { state.withLock { $0.record.trials } }

  /// Puts points before those of the sampler; what a point leaves open the sampler fills.
  /// - Throws: `SearchError` for a name or a value that the space does not have.
  public func enqueue(_ points: [[String: HyperparameterValue]]) throws(SearchError) {
    let space = state.withLock { $0.record.space }
    var checked: [[String: HyperparameterValue]] = []
    for point in points { checked.append(try space.checked(point)) }
    state.withLock { $0.record.queue += checked }
  }

  /// Starts no trial any more; those that run end at their next report.
  public func stop() {
    state.withLock { $0.record.end = .stopped }
    changed.broadcast()
  }

  /// Changes the space while the study goes on: bounds and choices may change, parameters come and
  /// go.
  ///
  /// Trials so far are re-mapped.
  /// - Throws: `SearchError.incompatibleChange` where a parameter changes its kind.
  public func change(space parameters: [SearchParameter]) throws(SearchError) {
    let old = state.withLock { $0.record.space }
    let space = try old.changed(to: parameters)
    try sampler.check(space, state.withLock { $0.record.objectives })
    state.withLock { state in
      state.record.space = space
      state.history = SearchHistory(
        space: space, objectives: state.record.objectives,
        finished: state.record.order.map { state.record.trials[$0] })
    }
  }

  func trial(_ number: Int) -> TrialRecord { state.withLock { $0.record.trials[number] } }

  func saved(_ number: Int) -> Data? { state.withLock { $0.saved[number] } }

  func save(_ data: Data, for number: Int) { state.withLock { $0.saved[number] = data } }
}
