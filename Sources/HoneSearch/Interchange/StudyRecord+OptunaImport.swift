import Foundation
public import HoneRecords

extension StudyRecord {
  /// A study that Optuna ran.
  ///
  /// Its trials count as points that somebody named, so that `Study.verify` leaves them alone. A
  /// parameter's range is the smallest that holds those of all trials; choices of mixed kinds become
  /// texts. A trial that was running has no worker here and failed. Of a file that Hone wrote, space,
  /// sampler and the runs of the trials are as they were.
  /// - Throws: `SearchError.invalidSpecification` for a range that is not understood.
  public init(_ optuna: OptunaStudy) throws(SearchError) {
    let definition = optuna.userAttributes[OptunaNote.study].flatMap {
      try? CanonicalJSON.decode(StudyRecord.self, from: $0)
    }
    var found = FoundSpace()
    var trials: [TrialRecord] = []
    for trial in optuna.trials { trials.append(try found.record(trial, of: optuna)) }
    self.init(
      format: StudyRecord.currentFormat, name: optuna.name, space: SearchSpace(),
      isDeclared: false, objectives: StudyRecord.objectives(of: optuna), sampler: "auto",
      pruner: nil, seed: 0, budget: StudyBudget(), mode: .asynchronous, trials: [], order: [],
      queue: [])
    if let definition, definition.objectives.count == objectives.count {
      self = definition
      name = optuna.name
    } else {
      space = try found.space()
      // Where trials differ in what they have, later ones must be free to ask for it.
      let useful = trials.filter { $0.state == .completed || $0.state == .pruned }
      isDeclared =
        !useful.isEmpty
        && useful.allSatisfy { $0.parameters.count == space.parameters.count }
    }
    self.trials = trials.map { trial in
      var trial = trial
      trial.parameters = space.normalized(trial.parameters)
      return trial
    }
    order = trials.filter(\.state.isFinished).sorted {
      ($0.ended ?? .distantPast, $0.number) < ($1.ended ?? .distantPast, $1.number)
    }.map(\.number)
  }

  private static func objectives(of optuna: OptunaStudy) -> [ObjectiveRecord] {
    let names = optuna.systemAttributes[OptunaNote.metrics].flatMap {
      try? CanonicalJSON.decode([String].self, from: $0)
    }
    return optuna.directions.enumerated().map { index, direction in
      let usual = optuna.directions.count == 1 ? "value" : "value\(index)"
      let name = names.flatMap { index < $0.count ? $0[index] : nil } ?? usual
      return ObjectiveRecord(name: name, direction: direction)
    }
  }
}

/// The parameters that Optuna's trials had, in the order in which they were first asked for.
private struct FoundSpace {
  private var names: [String] = []
  private var ranges: [String: Distribution] = [:]
  private var known: [String: OptunaDistribution] = [:]

  func space() throws(SearchError) -> SearchSpace {
    var parameters: [SearchParameter] = []
    for name in names {
      if let range = ranges[name] { parameters.append(SearchParameter(name, range)) }
    }
    return parameters.isEmpty ? SearchSpace() : try SearchSpace(parameters)
  }

  mutating func record(
    _ trial: OptunaTrial, of study: OptunaStudy
  ) throws(SearchError) -> TrialRecord {
    var record = TrialRecord(number: trial.number, state: .completed)
    record.isEnqueued = true
    record.started = trial.started
    record.ended = trial.ended
    record.reports = trial.reports
    for parameter in trial.parameters {
      record.parameters[parameter.name] = try value(parameter)
    }
    record.constraints = FoundSpace.constraints(trial.systemAttributes)
    record.run = FoundSpace.text(trial.userAttributes[OptunaNote.run])
    record.note = FoundSpace.text(trial.userAttributes[OptunaNote.note])
    let failure = FoundSpace.text(trial.userAttributes[OptunaNote.failure])
    settle(&record, trial, failure.flatMap(TrialFailure.init))
    return record
  }

  private func settle(
    _ record: inout TrialRecord, _ trial: OptunaTrial, _ failure: TrialFailure?
  ) {
    switch trial.state {
    case .complete:
      record.values = trial.values
      guard !trial.values.allSatisfy(\.isFinite) || trial.values.isEmpty else { return }
      record.state = .failed
      record.failure = .diverged
      record.values = []
      record.note = "Its value was not finite."
    case .pruned: record.state = .pruned
    case .fail:
      record.state = .failed
      record.failure = failure ?? .userError
    case .running:
      record.state = .failed
      record.failure = .workerLost
      record.note = "It was running when the study was brought over."
      record.ended = record.ended ?? record.started
    case .waiting:
      record.state = .waiting
      let point = trial.systemAttributes[OptunaNote.point].flatMap {
        try? CanonicalJSON.decode([String: HyperparameterValue].self, from: $0)
      }
      record.parameters = point ?? [:]
    }
  }

  private mutating func value(
    _ parameter: OptunaTrial.Parameter
  ) throws(SearchError) -> HyperparameterValue {
    guard
      let range = known[parameter.distribution] ?? OptunaDistribution(json: parameter.distribution)
    else {
      throw .invalidSpecification(
        path: parameter.name, reason: "no range of Optuna's: \(parameter.distribution)")
    }
    known[parameter.distribution] = range
    if let old = ranges[parameter.name] {
      guard let merged = old == range.distribution ? old : old.merged(with: range.distribution)
      else {
        throw .incompatibleChange(parameter: parameter.name)
      }
      ranges[parameter.name] = merged
    } else {
      names.append(parameter.name)
      ranges[parameter.name] = range.distribution
    }
    guard let value = range.value(parameter.value) else {
      throw .invalidValue(parameter: parameter.name, value: "\(parameter.value)")
    }
    return value
  }

  /// The constraints' values, as Optuna before 5.0 wrote them in one list, or since then one by one.
  private static func constraints(_ notes: [String: String]) -> [Double] {
    if let text = notes[OptunaNote.constraints],
      let values = try? CanonicalJSON.decode([Double].self, from: text)
    {
      return values
    }
    let prefix = OptunaNote.constraints + ":"
    return notes.filter { $0.key.hasPrefix(prefix) }.sorted { $0.key < $1.key }.compactMap {
      try? CanonicalJSON.decode(Double.self, from: $0.value)
    }
  }

  private static func text(_ json: String?) -> String? {
    json.flatMap { try? CanonicalJSON.decode(String.self, from: $0) }
  }
}
