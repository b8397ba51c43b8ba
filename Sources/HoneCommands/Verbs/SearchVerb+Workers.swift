import ArgumentParser
import Foundation
import HoneConfiguration
import HoneRecords
import HoneSearch
import HoneStore
import HoneText

// A study that several processes work on.
extension SearchVerb {
  /// The variable by which a worker knows that a command looks after it and speaks for it.
  private static let workerVariable = "HONE_SEARCH_WORKER"

  /// Whether nothing is asked for that a study decides.
  var isPlain: Bool {
    let words: [String?] = [tune, space, study, target]
    return words.allSatisfy { $0 == nil } && trials == nil && budget == nil
      && sampler == .auto && pruner == .none && sharing.batch == nil
      && sharing.stack == nil && bounds.isEmpty
      && bounds.trialLimit == nil && recipe.changesNothing
  }

  /// Makes or opens the study here, and leaves its trials to processes.
  func search(_ request: SearchRequest, workers: Int) async throws {
    try await TensorVerb.run(global) { engine, context in
      let begun = ContinuousClock.now
      let opened = try await engine.search(request, in: context)
      // A request during the preparation ends all before it begins.
      guard !context.interruption.isRequested else {
        return try SearchSummary(opened).answer(context)
      }
      var arguments: [String] = []
      if request.configuration.training.threads == nil, request.batch == nil {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        arguments = ["--threads", String(max(1, cores / workers))]
      }
      try supervise(opened.study.name, workers, arguments, since: begun, context)
    }
  }

  /// Works on a study that is there, by processes; as one of them, in this one.
  func join(_ name: String) async throws {
    guard CommandEnvironment.current?.variables[Self.workerVariable] != nil else {
      let context = global.context()
      if CommandEnvironment.current?.listensToSignals == true { context.interruption.listen() }
      _ = try context.studies().study(name)
      return try supervise(
        name, sharing.workers, recipe.threads.map { ["--threads", String($0)] } ?? [],
        since: .now, context)
    }
    let request = JoinRequest(study: name, data: data, threads: recipe.threads)
    try await TensorVerb.run(global) { engine, context in
      if CommandEnvironment.current?.listensToSignals == true {
        context.interruption.watchStandardInput()
      }
      _ = try await engine.join(request, in: context)
      try TensorVerb.exitIfInterrupted(context)
    }
  }

  /// Runs worker processes to the end of the study, and answers for all of them.
  private func supervise(
    _ name: String, _ workers: Int, _ options: [String], since begun: ContinuousClock.Instant,
    _ context: CommandContext
  ) throws {
    guard let environment = CommandEnvironment.current else {
      fatalError("A verb runs inside CommandLineTool.run, which says what the environment is.")
    }
    var (program, variables) = (environment.executable, environment.variables)
    if environment.engine == nil {
      (program, variables) = try EngineLauncher(environment: environment).prepared()
    }
    variables[Self.workerVariable] = "1"
    // Not among the arguments, which everybody on the machine may read.
    variables["HONE_STORE"] = context.storePath
    let store = try context.studies()
    let before = try store.finished(in: name, after: 0).count
    let pool = WorkerPool(
      program: program,
      arguments: ["search"] + (data.map { [$0] } ?? [])
        + ["--join", name, "--lang", context.language.rawValue] + options
        + (context.json ? ["--json"] : []),
      variables: variables, count: workers, study: name, store: store, environment: environment)
    let status = try pool.run(context.interruption)
    let study = try StudyWorker.record(of: name, in: store)
    let report = SearchReport(
      study: study, ended: study.trials.count { $0.state.isFinished } - before,
      seconds: begun.duration(to: .now) / .seconds(1))
    try SearchSummary(report).answer(context, workers: status)
  }
}

extension RecipeOptions {
  /// Whether no option names anything but threads.
  fileprivate var changesNothing: Bool {
    let words: [String?] = [config, model, optimizer, schedule, device, precision]
    let numbers: [Int?] = [epochs, batchSize, seed]
    return words.allSatisfy { $0 == nil } && numbers.allSatisfy { $0 == nil }
      && learningRate == nil && settings.isEmpty && !deterministic
  }
}
