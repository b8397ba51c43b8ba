import HoneAssembly
import HoneCommands
import HoneData
import HoneMetrics
import HoneRecords
import HoneText
import HoneTrain

/// Several models, or a calibrated one, evaluated together.
struct EnsembleEvaluation {
  let request: EvaluateRequest
  let setting: VerbSetting
  let members: [(run: RunRecord, model: StoredModel)]
  /// The samples to judge by.
  let data: Dataset
  let indices: [Int]

  /// Weights and temperature need this many samples to say anything.
  private static let fewestSamples = 10

  /// The report of the ensemble.
  /// - Throws: `EngineError` where a member was trained on the samples or answers something else.
  func report() throws -> EvaluationReport {
    let first = members[0]
    let splits = try check()
    let results = try members.map {
      try $0.model.evaluate(data, indices: indices, views: request.views)
    }
    let fitting = try fit(splits)
    let plain = Ensemble(weights: fitting.ensemble.weights).combined(results)
    let result = fitting.ensemble.combined(results)
    let metric = MetricName(rawValue: first.run.metric) ?? .defaultMetric(for: first.run.task.kind)
    let ensemble = EnsembleReport(
      members: zip(members, zip(results, fitting.ensemble.weights)).map { member, answer in
        .init(
          run: member.run.id, epoch: member.model.file.run.best?.epoch, weight: answer.1,
          metric: answer.0.value(of: metric))
      }, weighting: request.weighting.rawValue, temperature: fitting.ensemble.temperature,
      validationSamples: fitting.samples,
      calibrationErrorBefore: plain.classification?.calibration.error, lossBefore: plain.loss)
    return EvaluationReport(
      run: first.run,
      evaluation: result.record(
        split: request.data ?? request.split.rawValue, metric: metric, epoch: nil,
        seed: first.run.seed),
      classes: result.rows(named: first.run.task.classes),
      calibrationError: result.classification?.calibration.error,
      worst: result.worst(10, in: data), ensemble: ensemble)
  }

  /// The split of each member, where the samples are of a split; refuses samples that a member was
  /// trained on, and members that answer something else.
  private func check() throws -> [Split] {
    let first = members[0].run
    for (run, _) in members
    where run.task.classes != first.task.classes || run.task.kind != first.task.kind {
      throw EngineError.otherTask(run: run.id, than: first.id)
    }
    guard request.data == nil else { return [] }
    let judged = Set(indices)
    return try members.map { run, model in
      guard run.dataFingerprint == first.dataFingerprint else {
        throw EngineError.otherData(run: run.id, than: first.id)
      }
      let split = try model.configuration.split(data, seed: run.seed)
      if request.split != .train, !judged.isDisjoint(with: split.train) {
        throw EngineError.trainedOnSamples(run: run.id, split: request.split.rawValue)
      }
      return split
    }
  }

  /// Weights and temperature, chosen on the first member's validation samples that no member was
  /// trained on.
  private func fit(_ splits: [Split]) throws -> (ensemble: Ensemble, samples: Int) {
    let isWeighted = request.weighting == .greedy && members.count > 1
    guard isWeighted || request.calibrates else { return (Ensemble(of: members.count), 0) }
    let (data, held) = try heldOut(splits)
    guard held.count >= Self.fewestSamples else {
      setting.context.warn(
        Localized(
          "no validation samples that every model is new to; weights are equal and probabilities as they "
            + "are.",
          korean: "모든 모델이 처음 보는 검증 샘플이 없어 비중을 같게 하고 확률을 보정하지 않았습니다."))
      return (Ensemble(of: members.count), 0)
    }
    let results = try members.map {
      try $0.model.evaluate(data, indices: held, views: request.views)
    }
    let ensemble = Ensemble(
      fitting: results, isWeighted: isWeighted, isCalibrated: request.calibrates)
    if request.data == nil, request.split == .validation {
      setting.context.warn(
        Localized(
          "weights and temperature were chosen on these very samples; judge the ensemble by the test "
            + "split.",
          korean: "바로 이 샘플로 비중과 온도를 골랐습니다. 앙상블은 테스트 데이터로 평가하십시오."))
    }
    return (ensemble, held.count)
  }

  private func heldOut(_ known: [Split]) throws -> (Dataset, [Int]) {
    var (data, splits) = (self.data, known)
    if request.data != nil {
      let first = members[0]
      data = try first.model.configuration.openData(home: setting.dataHome)
      guard members.allSatisfy({ $0.run.dataFingerprint == data.fingerprint }) else {
        return (data, [])
      }
      splits = try members.map { try $0.model.configuration.split(data, seed: $0.run.seed) }
    }
    let seen = splits.reduce(into: Set<Int>()) { $0.formUnion($1.train) }
    return (data, splits[0].validation.filter { !seen.contains($0) })
  }
}
