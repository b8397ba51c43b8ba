import HoneAssembly
public import HoneCommands
import HoneConfiguration
import HoneData
import HoneDiagnosis
import HoneRecords
import HoneTensor
import HoneText
import HoneTrain

extension LibtorchEngine {
  /// Data inspection and the first steps of the recipe (Karpathy 2019).
  /// - Throws: what data, configuration or libtorch refuse, as errors that explain themselves.
  public func check(
    _ request: CheckRequest, in context: CommandContext
  ) async throws -> CheckReport {
    try await EngineThread.run {
      var configuration = request.configuration
      configuration.data.source = request.data
      let setting = VerbSetting(context)
      setting.prepareTorch(configuration.training)
      let data = try configuration.openData(home: setting.dataHome)
      setting.say(notesOf: data)
      let split = try configuration.split(data, seed: configuration.training.seed)
      if let report = unreadable(data, split) { return report }
      let assembled = try catchingTorchErrors {
        try AssembledRun(configuration, data: data, split: split)
      }
      let audit = DataAudit.inspect(data, split: split, preprocessor: assembled.preprocessor)
      return try report(assembled, audit, context)
    }
  }

  private func report(
    _ assembled: AssembledRun, _ audit: AuditRecord, _ context: CommandContext
  ) throws -> CheckReport {
    let plan = assembled.plan
    Torch.threads = plan.threads
    var run = assembled.record
    let preflight = try measurePreflight(plan)
    run.preflight = preflight
    let evidence = RunEvidence(run: run, epochs: [], steps: [])
    let rules: [any Rule] = [InputScaleRule(), InitialLossRule(), TargetScaleRule()]
    var gates = [
      CheckReport.Gate.inputScale(evidence), CheckReport.Gate.initialLoss(evidence),
    ]
    for probe in [CheckReport.Gate.overfitOneBatch, CheckReport.Gate.learningRate] {
      if context.interruption.isRequested { break }
      gates += [try probe(plan)].compactMap(\.self)
    }
    return CheckReport(
      data: assembled.record.dataSource, task: run.task,
      findings: audit.findings + rules.compactMap { $0.evaluate(evidence) }, gates: gates)
  }

  /// The report on data of which some samples cannot be read; nil where all can. It names them all at
  /// once, and nothing is trained on them.
  private func unreadable(_ data: Dataset, _ split: Split) -> CheckReport? {
    guard
      let plain = try? Preprocessor.fit(data, indices: split.train, normalization: .none)
    else { return nil }
    let audit = DataAudit.inspect(data, split: split, preprocessor: plain)
    guard let first = audit.corrupt.keys.min(), let reason = audit.corrupt[first] else {
      return nil
    }
    let gate = CheckReport.Gate(
      id: "samplesReadable", passed: false, value: Double(audit.corrupt.count), expected: "0",
      message: Localized(
        "Samples that cannot be used: \(audit.corrupt.count). \(reason)",
        korean: "쓸 수 없는 샘플이 \(audit.corrupt.count)개 있습니다. \(reason)"))
    return CheckReport(
      data: data.source, task: audit.task, findings: audit.findings, gates: [gate])
  }
}
