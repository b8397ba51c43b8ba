import HoneAssembly
import HoneConfiguration
import HoneData
import HoneMetrics
import HoneNN
import HoneRecords
import HoneText
import HoneTrain

/// A configuration and its data as what experiments are made on.
struct ConfigurationSubject: ExperimentSubject {
  let base: Configuration
  let data: Dataset
  let pool: [Int]
  let metric: MetricName
  /// What was measured of the baseline before its first step: it need not be measured for each model.
  let preflight: PreflightRecord?
  let stopRequested: () -> Bool

  var splitMethod: SplitMethod {
    base.data.time != nil ? .chronological : base.data.stratify ? .stratified : .shuffled
  }

  func configuration(with change: RecipeChange) -> String? {
    (try? base.applying(change))?.canonicalJSON
  }

  func length(on split: Split) throws -> RunLength {
    let plan = try AssembledRun(base, data: data, split: split, seed: base.training.seed).plan
    return RunLength(
      epochs: plan.epochs, seconds: try Forecast(of: plan, steps: 3).seconds(of: plan))
  }

  func train(_ task: ArmTask) throws -> ArmRun {
    let start = ContinuousClock.now
    func seconds() -> Double { start.duration(to: .now) / .seconds(1) }
    do {
      return try judged(task, seconds: seconds)
    } catch let error as ImprovementError {
      throw error
    } catch {
      let sentence = (error as? any ReportableError)?.explanation.english ?? "\(error)"
      return ArmRun(ArmResult(failure: sentence, seconds: seconds()))
    }
  }

  private func judged(_ task: ArmTask, seconds: () -> Double) throws -> ArmRun {
    var configuration = try base.applying(task.change)
    if task.share < 1 {
      let training = configuration.training
      configuration.training.epochs = max(
        1, Int((task.share * Double(training.epochs)).rounded()))
      configuration.schedule.warmupEpochs *= task.share
    }
    let run = try AssembledRun(
      configuration, data: data, split: task.split, seed: task.seed)
    var plan = run.plan
    // Comparison needs one evaluation at the end, not the training metric of every epoch.
    if !task.wantsEvidence { plan.trainEvaluation = nil }
    if let start = task.start { _ = try plan.model.load(start.weights) }
    var record = run.record
    record.preflight = preflight ?? PreflightRecord()
    let deadline = ArmDeadline(seconds: task.seconds - seconds())
    let history = HistoryObserver()
    let outcome = try Trainer(
      plan, record: record, policies: run.policies + [deadline],
      observers: task.wantsEvidence ? [history] : [], stopRequested: stopRequested
    ).train()
    if outcome.record.status == .interrupted {
      throw ImprovementError.interrupted(experiments: 0)
    }
    guard let judge = run.test else {
      fatalError("An experiment's split has no samples to judge by: \(task.split.test.count).")
    }
    let evaluator = Evaluator(
      loss: plan.loss, device: plan.device, precision: plan.precision,
      memoryFormat: plan.memoryFormat)
    let result = try evaluator.evaluate(plan.model, on: judge)
    let evidence =
      task.wantsEvidence
      ? RunEvidence(run: outcome.record, epochs: outcome.history, steps: history.steps) : nil
    return ArmRun(
      ArmResult(
        scores: result.scores, samples: result.indices, metric: result.value(of: plan.metric),
        seconds: seconds(), isCut: deadline.wasReached),
      state: ArmState(outcome.kept), evidence: evidence)
  }
}
