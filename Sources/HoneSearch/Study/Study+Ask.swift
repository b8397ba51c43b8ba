import Foundation
import HoneRecords
import Synchronization

/// What a worker is told when it asks for work.
public enum NextTrial: Sendable {
  /// A trial to run.
  case trial(Trial)
  /// Nothing until another trial has ended.
  case wait
  /// The study is over.
  case end(StudyEnd)
}

extension Study {
  /// The next trial: one that goes on, a point of the queue, or a suggestion.
  public func ask() -> NextTrial {
    let now = Date()
    return state.withLock { state in
      if !state.lost.isEmpty { return .trial(resume(state.lost.removeFirst(), &state, now)) }
      let number = state.nextNumber
      if let prefix = state.prefix(of: number), state.record.order.count < prefix { return .wait }
      if let end = state.end(now: now) { return close(end, &state) }
      if let pruner, pruner.canPause,
        let paused = pruner.promotion(state.record.trials, objectives: state.record.objectives)
      {
        return .trial(resume(paused, &state, now))
      }
      if let most = state.record.budget.trials, number >= most { return close(.trials, &state) }
      return start(number, &state, now)
    }
  }

  /// A study whose trials may still end is not over: another may reach the target, or be paused.
  private func close(_ end: StudyEnd, _ state: inout StudyState) -> NextTrial {
    let mayPause = pruner?.canPause ?? false
    if end == .trials, mayPause, !state.running.isEmpty { return .wait }
    state.record.end = end
    return .end(end)
  }

  private func resume(_ number: Int, _ state: inout StudyState, _ now: Date) -> Trial {
    state.record.trials[number].state = .running
    state.record.trials[number].started = now
    state.running.append(number)
    return Trial(
      number: number, seed: state.record.seed, study: self,
      proposal: state.record.trials[number].parameters, history: nil)
  }

  private func start(_ number: Int, _ state: inout StudyState, _ now: Date) -> NextTrial {
    var trial = TrialRecord(number: number, seen: state.record.order.count)
    trial.started = now
    state.history.running = pending(state, number)
    trial.notePaused(in: state.history.running)
    let key = TrialKey(seed: state.record.seed, number: number)
    var proposal: [String: HyperparameterValue] = [:]
    if state.record.queue.isEmpty {
      guard let suggested = sampler.suggest(for: key, given: state.history) else {
        // A lost worker's cell may come back; else every cell is taken.
        if state.running.isEmpty { return close(.exhausted, &state) }
        return .wait
      }
      proposal = suggested
    } else {
      let point = state.record.queue.removeFirst()
      trial.isEnqueued = true
      proposal = RandomSampler.point(key, state.history.space)
      if let suggested = sampler.suggest(for: key, given: state.history) { proposal = suggested }
      proposal = filled(point, proposal, state.record, key)
    }
    if state.record.isDeclared { trial.parameters = proposal }
    state.record.trials.append(trial)
    state.running.append(number)
    return .trial(
      Trial(
        number: number, seed: state.record.seed, study: self, proposal: proposal,
        history: state.record.isDeclared ? nil : Study.wide(state)))
  }

  /// The trials that have a point and no outcome that the suggestion may use.
  private func pending(_ state: StudyState, _ number: Int) -> [TrialRecord] {
    guard state.record.isDeclared else { return [] }
    if let prefix = state.prefix(of: number) {
      return Array(state.record.trials[prefix..<number])
    }
    var numbers = state.running
    if pruner?.canPause ?? false {
      numbers += state.record.trials.filter { $0.state == .paused }.map(\.number)
    }
    return numbers.sorted().map { state.record.trials[$0] }
  }

  /// What a point of the queue leaves open, from the suggestion; conditions decide anew.
  func filled(
    _ point: [String: HyperparameterValue], _ proposal: [String: HyperparameterValue],
    _ record: StudyRecord, _ key: TrialKey
  ) -> [String: HyperparameterValue] {
    var values = proposal.merging(point) { $1 }
    guard record.isDeclared else { return values }
    for parameter in record.space.parameters where values[parameter.name] == nil {
      values[parameter.name] = RandomSampler.value(parameter, key)
    }
    return record.space.active(values)
  }

  /// The history over all parameters that any trial has asked for.
  static func wide(_ state: StudyState) -> SearchHistory? {
    let names = state.history.finished.reduce(into: Set<String>()) {
      $0.formUnion($1.parameters.keys)
    }
    guard names.count > state.history.space.parameters.count,
      let space = try? SearchSpace(names.sorted().compactMap { state.found[$0] })
    else { return state.history }
    return SearchHistory(
      space: space, objectives: state.record.objectives, finished: state.history.finished)
  }

  func value(
    _ parameter: SearchParameter, of trial: Trial, proposal: [String: HyperparameterValue],
    history: SearchHistory?
  ) throws(SearchError) -> HyperparameterValue {
    let name = parameter.name
    let (known, isDeclared, old) = state.withLock {
      ($0.record.trials[trial.number].parameters[name], $0.record.isDeclared, $0.found[name])
    }
    if let known { return known }
    if isDeclared {
      throw .unknownParameter(name, nearest: nil)
    }
    try parameter.validate()
    if let old, !old.distribution.isCompatible(with: parameter.distribution) {
      throw .incompatibleChange(parameter: name)
    }
    let value: HyperparameterValue
    if let proposed = proposal[name].flatMap({ parameter.distribution.normalized($0) }) {
      value = proposed
    } else if let history {
      value = sampler.suggest(parameter, for: trial.key, given: history)
    } else {
      value = RandomSampler.value(parameter, trial.key)
    }
    state.withLock { state in
      state.found[name] = parameter
      state.record.trials[trial.number].parameters[name] = value
    }
    return value
  }
}

extension TrialPruner {
  /// Whether the pruner may pause trials.
  var canPause: Bool {
    (self as? HalvingPruner)?.pauses ?? (self as? HyperbandPruner)?.pauses ?? false
  }
}
