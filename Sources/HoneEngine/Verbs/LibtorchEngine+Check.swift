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
      let options = AuditOptions(
        seed: configuration.training.seed,
        smallestDifference: configuration.data.smallestDifference,
        predictions: try request.run.map { try setting.outOfSample(of: $0, data) },
        model: try request.run.flatMap { try setting.modelView(of: $0, data) })
      func viewed(_ report: CheckReport) -> CheckReport {
        var report = report
        if request.wantsViews { report.views = data.views(of: report.exampleSamples) }
        return report
      }
      let assembled: AssembledRun
      do {
        assembled = try catchingTorchErrors {
          try AssembledRun(configuration, data: data, split: split)
        }
      } catch let error as DataError {
        let plain = try Preprocessor.fit(data, indices: split.train, normalization: .none)
        let audit = DataAudit.inspect(
          data, split: split, preprocessor: plain, options: options)
        guard let report = unreadable(audit) else { throw error }
        return viewed(report)
      }
      let audit = DataAudit.inspect(
        data, split: split, preprocessor: assembled.preprocessor, options: options)
      return viewed(try unreadable(audit) ?? report(assembled, audit, context))
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
    let rules: [any Rule] = [
      InputScaleRule(), InitialLossRule(), TargetScaleRule(), LossActivationMismatchRule(),
      LossReductionRule(), GradientFlowRule(), SymmetricInitialisationRule(),
      InitialisationScaleRule(), HiddenActivationRule(), SplitLeakageRule(),
      DistributionShiftRule(), DropoutBeforeBatchNormRule(),
    ]
    let gates = try gates(plan, evidence, context)
    var report = CheckReport(
      data: assembled.record.dataSource, task: run.task,
      findings: audit.findings + rules.compactMap { $0.evaluate(evidence) }, gates: gates)
    report.missingValues = audit.missingValues
    return report
  }

  /// The recipe's first steps, within their time.
  private func gates(
    _ plan: TrainingPlan, _ evidence: RunEvidence, _ context: CommandContext
  ) throws -> [CheckReport.Gate] {
    var gates = [
      CheckReport.Gate.inputScale(evidence), CheckReport.Gate.initialLoss(evidence),
    ]
    gates += CheckReport.Gate.wiring(evidence)
    do {
      let stops = { context.interruption.isRequested }
      let before = PlanFootprint(of: plan)
      let time = try CheckTime(for: plan)
      let measured: [CheckReport.Gate?] = try [
        .initialSpread(plan),
        .evaluationMode(plan, seconds: time.modes, stopRequested: stops),
        .zeroInput(plan, seconds: time.zeroInput, stopRequested: stops),
        .overfitOneBatch(plan, seconds: time.overfit, stopRequested: stops),
        .learningRate(plan, seconds: time.rangeTest, stopRequested: stops),
        .loader(plan, seconds: time.loader, stopRequested: stops),
      ]
      gates += measured.compactMap { $0 }
      gates.append(.untouched(before, PlanFootprint(of: plan)))
    } catch is CancellationError {
      // The gates so far are the report of an interrupted check.
    }
    return gates
  }

  /// The report on data of which some samples cannot be read; nil where all can.
  ///
  /// It names them all at once, and nothing is trained on them.
  private func unreadable(_ audit: AuditRecord) -> CheckReport? {
    guard let first = audit.corrupt.keys.min(), let reason = audit.corrupt[first] else {
      return nil
    }
    let gate = CheckReport.Gate(
      id: "samplesReadable", passed: false, value: Double(audit.corrupt.count), expected: "0",
      message: Localized(
        "Samples that cannot be used: \(audit.corrupt.count). \(reason)",
        korean: "쓸 수 없는 샘플이 \(audit.corrupt.count)개 있습니다. \(reason)"))
    return CheckReport(
      data: audit.source, task: audit.task, findings: audit.findings, gates: [gate])
  }
}
