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

  /// A study with what its trials need.
  struct Opened {
    let name: String
    let base: Configuration
    let data: Dataset
    let split: Split
    let runs: any DatabaseStore
  }

  func search(_ request: SearchRequest) throws -> SearchReport {
    let begun = ContinuousClock.now
    let opened = try open(request, Date())
    let ended = request.onlyOpens ? 0 : try run(opened, mostThreads: nil)
    return SearchReport(
      study: try StudyWorker.record(of: opened.name, in: DatabaseTrialStore(opened.runs)),
      ended: ended, seconds: begun.duration(to: .now) / .seconds(1))
  }

  /// Works on a study that is there.
  func join(_ request: JoinRequest) throws -> SearchReport {
    let begun = ContinuousClock.now
    guard let runs = try context.openExistingStore() as? any DatabaseStore else {
      throw SearchFailure.noStudies(store: context.storePath)
    }
    let store = DatabaseTrialStore(runs)
    let header = try store.study(request.study)
    guard let text = header.configuration else {
      throw SearchFailure.notTraining(study: request.study)
    }
    let base = try Configuration(text: text, file: "study \(request.study)")
    VerbSetting(context).prepareTorch(base.training)
    var named = base
    named.data.source = request.data ?? base.data.source
    let data = try named.openData(home: URL(fileURLWithPath: context.dataHome))
    guard data.fingerprint == header.dataFingerprint else {
      throw SearchFailure.otherStudy(name: request.study, what: "data")
    }
    let split = try base.split(data, seed: base.training.seed)
    let ended = try run(
      Opened(name: request.study, base: base, data: data, split: split, runs: runs),
      mostThreads: request.threads)
    return SearchReport(
      study: try StudyWorker.record(of: request.study, in: store), ended: ended,
      seconds: begun.duration(to: .now) / .seconds(1))
  }

  /// Opens data and study, and refuses before the first trial what a trial would be refused for.
  private func open(_ request: SearchRequest, _ start: Date) throws -> Opened {
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
    var budget = request.bounds
    budget.trials = request.trials
    budget.deadline = request.budgetSeconds.map { start.addingTimeInterval($0) }
    let store = DatabaseTrialStore(runs)
    let name = request.study ?? RunIdentity().id
    let stack = try stack(of: request, name, store) {
      try AssembledRun(configuration, data: data, split: split)
    }
    let study = try Study(
      name, space: space(of: request, base),
      objectives: [objective(of: request, first.record)], sampler: request.sampler.sampler,
      pruner: request.pruner.pruner, budget: budget, seed: configuration.training.seed,
      mode: request.batch.map { .deterministic(batch: $0) } ?? .asynchronous,
      trialLimit: request.trialSeconds.map { .seconds($0) }, stack: stack)
    try study.enqueue(request.points)
    try checkSpace(study.record.space, base)
    try open(study, base, data.fingerprint, in: store)
    return Opened(name: study.record.name, base: base, data: data, split: split, runs: runs)
  }

  /// Runs trials until the study has none for this process.
  private func run(_ opened: Opened, mostThreads: Int?) throws -> Int {
    let store = DatabaseTrialStore(opened.runs)
    let record = try StudyWorker.definition(of: store.study(opened.name))
    guard let sampler = SamplerName(rawValue: record.sampler)?.sampler,
      let pruner = PrunerName(rawValue: record.pruner ?? PrunerName.none.rawValue)
    else { throw SearchFailure.notTraining(study: opened.name) }
    let context = context
    let worker = try StudyWorker(
      opened.name, in: store, sampler: sampler, pruner: pruner.pruner,
      identity: .current("search"),
      onHang: { number in
        context.warn(SearchFailure.hanging(trial: number))
        // A trial that hangs cannot be ended but with its process.
        _exit(ExitStatus.tryAgainLater.rawValue)
      })
    let trials = SearchTrial(
      work: self, study: opened.name, base: opened.base, data: opened.data, split: opened.split,
      store: opened.runs, objective: record.objectives[0],
      usesLoss: record.objectives[0].name == SearchWork.lossName,
      mostThreads: record.mode == .asynchronous ? mostThreads : nil)
    let interruption = context.interruption
    return try worker.run(
      together: record.stack ?? 1, stopRequested: { interruption.isRequested },
      objective: { trials.run($0, tell: $1) })
  }

  private static let lossName = "validationLoss"

  private func space(of request: SearchRequest, _ base: Configuration) throws -> SearchSpace {
    try request.space ?? SearchSpace(request.tuned.map { $0.parameter(of: base) })
  }

  private func objective(of request: SearchRequest, _ record: RunRecord) -> ObjectiveRecord {
    if request.objective == .loss { return .minimize(SearchWork.lossName) }
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
      } else if found.mode != wanted.mode {
        "batch"
      } else if found.stack != wanted.stack {
        "stack"
      } else {
        try header.configuration.flatMap { text in
          Configuration.difference(try Configuration(text: text), base).first?.path
        }
      }
    if let changed { throw SearchFailure.otherStudy(name: wanted.name, what: changed) }
    try StudyWorker.reopen(study, in: store)
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
