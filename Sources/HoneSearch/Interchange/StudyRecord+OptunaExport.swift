public import HoneRecords

/// The keys under which Hone leaves in Optuna's notes what Optuna has no place for.
enum OptunaNote {
  /// On a study: all of it but its trials.
  static let study = "hone:study"
  /// On a trial: the training run that it was.
  static let run = "hone:run"
  /// On a trial: why it failed.
  static let failure = "hone:failure"
  /// On a trial: what the failure said.
  static let note = "hone:note"
  /// Optuna's own, on a study: the objectives' names.
  static let metrics = "study:metric_names"
  /// Optuna's own, on a trial: the constraints' values.
  static let constraints = "constraints"
  /// Optuna's own, on a waiting trial: the point that it is to try.
  static let point = "fixed_params"
}

extension StudyRecord {
  /// The study as Optuna keeps it, so that its dashboard and its functions open it.
  ///
  /// What Optuna has no place for stands in the notes, from where Hone reads it back: the space with
  /// its conditions, sampler, seed, and each trial's run and reason for failing. A paused trial counts
  /// as running. Reports of several objectives are left out, which Optuna does not know.
  public var optuna: OptunaStudy {
    var result = OptunaStudy(name: name, directions: objectives.map(\.direction))
    var definition = self
    definition.trials = []
    definition.order = []
    definition.queue = []
    result.userAttributes[OptunaNote.study] = try? CanonicalJSON.string(definition)
    result.systemAttributes[OptunaNote.metrics] = try? CanonicalJSON.string(
      objectives.map(\.name))
    let ranges = optunaRanges
    result.trials = trials.map { optunaTrial($0, ranges) }
    return result
  }

  /// One range for each parameter that holds what all trials tried.
  private var optunaRanges: [String: Distribution] {
    var tried: [String: [HyperparameterValue]] = [:]
    for trial in trials {
      for (name, value) in trial.parameters { tried[name, default: []].append(value) }
    }
    var ranges: [String: Distribution] = [:]
    for (name, values) in tried {
      let known = space.parameter(name)?.distribution
      // A parameter that the space has lost since: what it was tried with is all that is known.
      ranges[name] = known?.widened(to: values) ?? Distribution.choice([]).widened(to: values)
    }
    return ranges
  }

  private func optunaTrial(
    _ trial: TrialRecord, _ ranges: [String: Distribution]
  ) -> OptunaTrial {
    let state: OptunaTrial.State =
      switch trial.state {
      case .completed: .complete
      case .pruned: .pruned
      case .failed: .fail
      case .waiting: .waiting
      case .running, .paused: .running
      }
    var result = OptunaTrial(number: trial.number, state: state)
    if state == .waiting {
      result.systemAttributes[OptunaNote.point] = try? CanonicalJSON.string(trial.parameters)
    } else {
      result.parameters = trial.parameters.keys.sorted().compactMap { name in
        guard let range = ranges[name], let value = trial.parameters[name],
          let number = range.optunaNumber(value)
        else { return nil }
        return OptunaTrial.Parameter(name: name, value: number, distribution: range.optunaJSON)
      }
      result.started = trial.started
    }
    if trial.state == .completed { result.values = trial.values }
    if trial.state.isFinished { result.ended = trial.ended ?? trial.started }
    if objectives.count == 1 { result.reports = trial.reports }
    if !trial.constraints.isEmpty {
      result.systemAttributes[OptunaNote.constraints] = try? CanonicalJSON.string(trial.constraints)
    }
    let notes = [
      (OptunaNote.run, trial.run), (OptunaNote.failure, trial.failure?.rawValue),
      (OptunaNote.note, trial.note),
    ]
    for case (let key, let text?) in notes {
      result.userAttributes[key] = try? CanonicalJSON.string(text)
    }
    return result
  }
}
