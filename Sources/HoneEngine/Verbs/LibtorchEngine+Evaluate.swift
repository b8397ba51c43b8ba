import HoneAssembly
public import HoneCommands
import HoneConfiguration
import HoneData
import HoneMetrics
import HoneRecords
import HoneText
import HoneTrain

extension LibtorchEngine {
  /// A run's model on one split or on other data; nothing is changed.
  /// - Throws: what store, data, disk or libtorch refuse, as errors that explain themselves.
  public func evaluate(
    _ request: EvaluateRequest, in context: CommandContext
  ) async throws -> EvaluationReport {
    try await EngineThread.run {
      let setting = VerbSetting(context)
      if request.wantsEnsemble {
        let members = try setting.members([request.run] + request.ensemble)
        let (run, stored) = members[0]
        let (data, indices) = try samples(request, run, stored, setting)
        return try EnsembleEvaluation(
          request: request, setting: setting, members: members, data: data, indices: indices
        ).report()
      }
      let (run, stored) = try setting.storedModel(request.run)
      let epoch = stored.file.run.best?.epoch
      sayWhichModel(run, epoch, context)
      let (data, indices) = try samples(request, run, stored, setting)
      let result = try stored.evaluate(data, indices: indices, views: request.views)
      let metric = MetricName(rawValue: run.metric) ?? .defaultMetric(for: run.task.kind)
      return EvaluationReport(
        run: run,
        evaluation: result.record(
          split: request.data ?? request.split.rawValue, metric: metric, epoch: epoch,
          seed: run.seed),
        classes: result.rows(named: run.task.classes),
        calibrationError: result.classification?.calibration.error,
        worst: result.worst(10, in: data),
        curvature: request.curvature ? try stored.curvature(data, indices: indices) : nil)
    }
  }

  private func samples(
    _ request: EvaluateRequest, _ run: RunRecord, _ stored: StoredModel, _ setting: VerbSetting
  ) throws -> (Dataset, [Int]) {
    if request.views != nil, run.task.input != .image {
      throw EngineError.viewsNeedImages(run: run.id, input: run.task.input.rawValue)
    }
    if let source = request.data {
      let data = try DataSource.open(
        source, home: setting.dataHome, options: stored.file.preprocessor.reading)
      return (data, Array(0..<data.count))
    }
    let data = try stored.configuration.openData(home: setting.dataHome)
    guard data.fingerprint == run.dataFingerprint else {
      throw EngineError.splitLost(run: run.id, source: run.dataSource)
    }
    let split = try stored.configuration.split(data, seed: run.seed)
    let indices =
      switch request.split {
      case .train: split.train
      case .validation: split.validation
      case .test: split.test
      }
    guard !indices.isEmpty else {
      throw EngineError.emptySplit(run: run.id, split: request.split.rawValue)
    }
    return (data, indices)
  }

  private func sayWhichModel(_ run: RunRecord, _ epoch: Int?, _ context: CommandContext) {
    let number = epoch.map(String.init) ?? "-"
    let file = run.checkpoint ?? "-"
    context.say(
      Localized(
        "Weights of epoch \(number) of run \(run.id), \(file)",
        korean: "실행 \(run.id)의 에폭 \(number) 가중치, \(file)"))
  }
}
