import Foundation
import HoneAssembly
import HoneCommands
import HoneConfiguration
import HoneData
import HoneRecords
import HoneSearch
import HoneStore
import HoneText

/// `hone search`: opens or makes the study, checks that every value of its space is understood, and
/// runs trials.
struct SearchWork {
  let context: CommandContext

  func search(_ request: SearchRequest) throws -> SearchReport {
    let start = Date()
    guard let runs = try context.openStore() as? any DatabaseStore else {
      throw SearchFailure.noStudies(store: context.storePath)
    }
    var configuration = request.configuration
    configuration.data.source = request.data
    try configuration.checkStandsAlone()
    let data = try configuration.openData(home: URL(fileURLWithPath: context.dataHome))
    VerbSetting(context).say(notesOf: data)
    let split = try configuration.split(data, seed: configuration.training.seed)
    guard !split.validation.isEmpty else { throw SearchFailure.noValidation }
    let first = try AssembledRun(configuration, data: data, split: split)
    let base = try Configuration(text: first.record.configuration)
    let store = DatabaseTrialStore(runs)
    let study = try Study(
      request.study ?? RunIdentity().id, space: space(of: request, base),
      objectives: [objective(of: request, first.record)], sampler: request.sampler.sampler,
      pruner: request.pruner.pruner, budget: StudyBudget(trials: request.trials),
      seed: configuration.training.seed)
    try study.enqueue(request.points)
    let name = study.record.name
    try checkSpace(study.record.space, base)
    try open(study, base, data.fingerprint, in: store)
    let worker = try StudyWorker(
      name, in: store, sampler: request.sampler.sampler, pruner: request.pruner.pruner,
      identity: .current("search"),
      deadline: request.budgetSeconds.map { start.addingTimeInterval($0) })
    let trials = SearchTrial(
      work: self, study: name, base: base, data: data, split: split, store: runs,
      objective: study.record.objectives[0], usesLoss: request.objective == .loss)
    let interruption = context.interruption
    let ended = try worker.run(
      stopRequested: { interruption.isRequested }, objective: { try trials.run($0) })
    return SearchReport(
      study: try StudyWorker.record(of: name, in: store), ended: ended,
      seconds: Date().timeIntervalSince(start))
  }

  private func space(of request: SearchRequest, _ base: Configuration) throws -> SearchSpace {
    try request.space ?? SearchSpace(request.tuned.map { $0.parameter(of: base) })
  }

  private func objective(of request: SearchRequest, _ record: RunRecord) -> ObjectiveRecord {
    if request.objective == .loss { return .minimize("validationLoss") }
    return record.metricIsBetterWhenLarger
      ? .maximize("validation.\(record.metric)") : .minimize("validation.\(record.metric)")
  }

  /// Makes the study, or goes on with the one of its name where that is the same search.
  private func open(
    _ study: Study, _ base: Configuration, _ fingerprint: String, in store: DatabaseTrialStore
  ) throws {
    let wanted = study.record
    guard try store.studies().contains(where: { $0.name == wanted.name }) else {
      try StudyWorker.create(
        study, in: store, configuration: base.canonicalJSON, dataFingerprint: fingerprint)
      context.say(
        Localized("Study \(wanted.name)", korean: "연구 \(wanted.name)"))
      return
    }
    let header = try store.study(wanted.name)
    let found = try StudyWorker.record(of: wanted.name, in: store)
    let changed: String? =
      if header.dataFingerprint != fingerprint {
        "data"
      } else if try CanonicalJSON.string(found.space) != CanonicalJSON.string(wanted.space) {
        "space"
      } else if found.objectives != wanted.objectives {
        "objective"
      } else if found.sampler != wanted.sampler {
        "sampler"
      } else if found.pruner != wanted.pruner {
        "pruner"
      } else {
        try header.configuration.flatMap { text in
          Configuration.difference(try Configuration(text: text), base).first?.path
        }
      }
    if let changed { throw SearchFailure.otherStudy(name: wanted.name, what: changed) }
    try store.reopen(study: wanted.name, maximumTrials: wanted.budget.trials)
    context.say(
      Localized(
        "Study \(wanted.name) goes on after \(found.order.count) trials.",
        korean: "연구 \(wanted.name)을(를) 시행 \(found.order.count)개 다음부터 이어서 합니다."))
  }

  /// Refuses before the first trial what the configuration would refuse in one of them.
  private func checkSpace(_ space: SearchSpace, _ base: Configuration) throws {
    let fixed = [
      "data.source", "data.target", "data.validation", "data.test", "data.folds", "data.fold",
      "data.group",
    ]
    for parameter in space.parameters {
      if let key = fixed.first(where: {
        parameter.name == $0 || parameter.name.hasPrefix($0 + ".")
      }) {
        throw SearchFailure.changesSplit(key)
      }
      var point: [String: ConfigurationValue] = [:]
      collectConditions(of: parameter, space, into: &point)
      for value in parameter.distribution.outermost {
        point[parameter.name] = value.configuration
        _ = try base.applying(point)
      }
    }
  }

  private func collectConditions(
    of parameter: SearchParameter, _ space: SearchSpace,
    into point: inout [String: ConfigurationValue]
  ) {
    for condition in parameter.conditions {
      point[condition.parameter] = condition.values.first?.configuration
      if let parent = space.parameter(condition.parameter) {
        collectConditions(of: parent, space, into: &point)
      }
    }
  }
}

extension Distribution {
  /// The ends of a range, or all choices.
  fileprivate var outermost: [HyperparameterValue] {
    switch self {
    case .float(let low, let high, _, _): [.number(low), .number(high)]
    case .integer(let low, let high, _, _): [.integer(low), .integer(high)]
    case .choice(let values): values
    case .fixed(let value): [value]
    }
  }
}
