import Foundation
import HoneData
import HoneDiagnosis
import HoneMetrics
import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneTensor
import HoneTrain

/// What a case came to.
struct CaseOutcome: Codable {
  var id: String
  var kind: String
  /// `ran`, `unavailable`, or `failed` with its reason.
  var status: String
  var reason: String?
  /// Whether the fault is known to have an effect: `manifests`, `does_not_manifest`, `stochastic`.
  var manifestation: String
  /// What this very run shows of it: `failed`, `stuck`, `behindNeighbours`, `none`.
  var shortfall: String = "none"
  var verdict: String?
  var findings: [Found] = []
  var labels: [String] = []
  var metric: Double?
  var trainMetric: Double?
  var explained: Double?
  var epochs: Int = 0
  /// The epochs that it was to train, where it did not come to their end.
  var plannedEpochs: Int?
  var seconds: Double = 0
  /// How the case was made smaller so that it fits into its time.
  var reduced: String?
  var seed: UInt64 = 0
  /// What remedies made of it, where they were tried.
  var improvement: CaseImprovement?

  struct Found: Codable {
    var id: String
    var severity: String
    var confidence: Double
    var layer: String?
    var evidence: [String]
  }
}

/// Builds, trains and diagnoses one case.
struct CaseRun {
  let record: CaseRecord
  let folder: URL
  let home: URL?
  let seed: UInt64
  /// The seconds that training may take.
  let limit: Double

  /// Convolutions keep all processors busy; what is smaller is as fast on one.
  private var threads: Int {
    record.layers.contains { $0["t"]?.word?.hasPrefix("conv") == true } ? Torch.availableThreads : 1
  }

  /// Runs the case, or judges records of it that are given.
  func outcome(from known: RunEvidence? = nil) -> (CaseOutcome, RunEvidence?) {
    var outcome = CaseOutcome(
      id: record.id, kind: record.kind, status: "ran", manifestation: record.manifestation)
    outcome.labels = record.labels
    outcome.seed = seed
    let started = ContinuousClock.now
    defer { outcome.seconds = started.duration(to: .now) / .seconds(1) }
    do {
      let evidence = try known ?? train(&outcome)
      let diagnosis = Diagnostician().diagnose(evidence)
      outcome.verdict = diagnosis.verdict.rawValue
      // A run that the runner cut short needs more epochs for no fault of the case.
      let wasCut = outcome.reduced?.contains("epochs") == true
      outcome.findings = diagnosis.findings.filter { !wasCut || $0.id != .underfitEpochs }
        .map(Self.found)
      // Nor does a run that was cut short and shows no fault prove that there is none.
      if wasCut, diagnosis.verdict == .healthy { outcome.verdict = "insufficientEvidence" }
      outcome.shortfall = Diagnostician.shortfall(of: evidence) ?? "none"
      outcome.epochs = evidence.epochs.count
      outcome.metric = evidence.epochs.last?.validationMetric
      outcome.trainMetric = evidence.epochs.last?.trainEvaluationMetric
      outcome.explained = Diagnostician.explained(of: evidence)
      outcome.seconds = started.duration(to: .now) / .seconds(1)
      return (outcome, evidence)
    } catch let error as Unavailable {
      outcome.status = "unavailable"
      outcome.reason = error.reason
    } catch {
      outcome.status = "failed"
      outcome.reason = "\(error)"
    }
    outcome.seconds = started.duration(to: .now) / .seconds(1)
    return (outcome, nil)
  }

  private static func found(_ finding: Finding) -> CaseOutcome.Found {
    CaseOutcome.Found(
      id: finding.id.rawValue, severity: finding.severity.rawValue,
      confidence: (finding.confidence * 1000).rounded() / 1000, layer: finding.layer,
      evidence: finding.evidence.map {
        "\($0.signal) \(String(format: "%.3g", $0.value)) (\(String(format: "%.3g", $0.threshold)))"
      })
  }

  private func train(_ outcome: inout CaseOutcome) throws -> RunEvidence {
    let data = try CaseData(record, folder: folder, home: home, seed: seed)
    var stream = RandomStream(seed: seed, "case model \(record.id)")
    let built = try CaseModel(record, inputShape: data.dataset.sampleShape, using: &stream)
    let loss = try CaseLoss(record, model: built, bits: data.bits)
    var model = built.model
    if loss.addsSoftmax { model = Sequential(built.model.layers + [Softmax(along: 1)]) }
    let (optimizer, rate) = try caseOptimizer(record, model.parameters)
    var shown = data
    if let note = mispair(&shown, using: &stream) { outcome.reduced = note }
    var plan = try plan(shown, model, loss.loss, optimizer)
    let epochs = max(1, Int(record.epochs.rounded(.up)))
    plan.epochs = epochs
    let steps = record.epochs < 1 ? Int(record.epochs * 1200) : nil
    if let steps { shown.train = Array(data.train.prefix(steps * record.batchSize)) }
    let (wallBefore, ownBefore) = (ContinuousClock.now, ownSeconds())
    let wall = try Forecast(of: plan, steps: 3).seconds(of: plan)
    // On a busy machine the clock runs on while the case waits: only its own seconds count.
    let passed = max(wallBefore.duration(to: .now) / .seconds(1), 1e-9)
    let share = (ownSeconds() - ownBefore) / Double(threads) / passed
    let forecast = wall * min(max(share, 0.01), 1)
    if forecast > limit || steps != nil {
      let smaller = shorten(&shown, &plan.epochs, forecast: forecast)
      outcome.reduced = (outcome.reduced.map { $0 + ", " } ?? "") + smaller
      let epochs = plan.epochs
      plan = try self.plan(shown, model, loss.loss, optimizer)
      plan.epochs = epochs
    }
    plan.learningRate = record.goesUphill ? -rate : rate
    if built.penalty > 0 { plan.penalty = WeightPenalty(l2: 2 * built.penalty) }
    let started = ownSeconds()
    let patience = 2 * limit * Double(threads)
    let observer = Recorder()
    let trainer = Trainer(
      plan, record: runRecord(shown, model), observers: [observer],
      stopRequested: { ownSeconds() - started > patience })
    let result = try trainer.train()
    var run = result.record
    if run.status == .diverged || run.status == .interrupted {
      outcome.plannedEpochs = plan.epochs
    }
    if run.status == .interrupted {
      outcome.reduced =
        (outcome.reduced.map { $0 + ", " } ?? "") + "stopped after \(run.epochs) epochs"
    }
    // Judged as what it is: a run that was ended before its time.
    if plan.epochs < epochs, run.status == .completed { run.status = .interrupted }
    if !data.bits.isEmpty {
      run.preflight?.expectedInitialLoss = plan.loss.name == "meanSquaredError" ? 0.25 : log(2)
    }
    if let validation = plan.validation, data.bits.isEmpty {
      let evaluation = try Evaluator(loss: plan.loss).evaluate(plan.model, on: validation)
      run.test = evaluation.record(
        split: "validation", metric: plan.metric, epoch: nil, seed: seed)
    }
    return RunEvidence(run: run, epochs: result.history, steps: observer.steps)
  }

  /// Gives training samples each other's labels, where the case shuffles inputs and labels apart.
  ///
  /// The cases do so at each epoch; here it is done once, before the first.
  private func mispair(_ data: inout CaseData, using stream: inout RandomStream) -> String? {
    let isApart = record.faults.contains { fault in
      fault["label"]?.word == "label-noise" && fault["where"]?.word?.contains("order") == true
    }
    guard isApart else { return nil }
    let order = stream.permutation(data.train.count).map { data.train[$0] }
    let dataset = data.dataset
    var (labels, targets) = (dataset.labels, dataset.targets)
    for (place, sample) in data.train.enumerated() {
      if labels.isEmpty {
        targets[sample] = dataset.targets[order[place]]
      } else {
        labels[sample] = dataset.labels[order[place]]
      }
    }
    data.dataset = Dataset(
      source: dataset.source,
      labels: labels.isEmpty ? .values(targets) : .classes(dataset.classes, labels),
      samples: dataset.samples, parts: dataset.parts, fingerprint: dataset.fingerprint,
      reading: dataset.reading)
    return "labels permuted once"
  }

  private var augmentation: [Augmentation] {
    CaseTree(record: record).isDisturbed
      ? [
        .gaussianNoise(sigma: 0.04),
        .randomErasing(probability: 0.5, scale: [0.4, 0.8]),
      ] : []
  }

  func plan(
    _ data: CaseData, _ model: Sequential, _ loss: Loss, _ optimizer: any Optimizer
  ) throws -> TrainingPlan {
    func loader(
      _ indices: [Int], _ normalization: Normalization, _ options: LoaderOptions
    ) throws -> DataLoader {
      try DataLoader(
        data.dataset, indices: indices,
        preprocessor: Preprocessor.fit(
          data.dataset, indices: data.train, normalization: normalization,
          standardizesTargets: data.standardizesTargets), options: options)
    }
    let training = LoaderOptions(
      batchSize: min(record.batchSize, data.train.count), order: .shuffled, threads: 0, seed: seed,
      augmentation: augmentation)
    let evaluation = LoaderOptions(batchSize: 500, threads: 0)
    var plan = TrainingPlan(
      model: model, loss: loss, optimizer: optimizer,
      training: try loader(data.train, data.normalization, training),
      validation: data.validation.isEmpty
        ? nil
        : try loader(
          data.validation, data.validationNormalization ?? data.normalization, evaluation),
      metric: record.task == "regression" ? .rootMeanSquaredError : .accuracy, epochs: 1,
      seed: seed)
    plan.monitor = .trainLoss
    plan.threads = threads
    let sample =
      data.train.count <= 2000
      ? data.train : (0..<2000).map { data.train[$0 * data.train.count / 2000] }
    plan.trainEvaluation = try loader(sample, data.normalization, evaluation)
    return plan
  }

  /// Fewer samples first, then fewer epochs, so that the forecast fits the limit.
  private func shorten(_ data: inout CaseData, _ epochs: inout Int, forecast: Double) -> String {
    let before = (data.train.count, epochs, data.validation.count)
    var factor = limit / max(forecast, 1e-9)
    let fewest = min(data.train.count, 3000)
    let samples = min(data.train.count, max(fewest, Int(Double(data.train.count) * factor)))
    factor *= Double(data.train.count) / Double(samples)
    data.train = (0..<samples).map { data.train[$0 * before.0 / samples] }
    data.validation = Array(data.validation.prefix(1000))
    if factor < 1 { epochs = max(min(epochs, 6), Int(Double(epochs) * factor)) }
    let cut = before.1 == epochs ? "" : ", \(before.1) to \(epochs) epochs"
    return "\(before.0) to \(samples) samples\(cut)"
  }

  func runRecord(_ data: CaseData, _ model: Sequential) -> RunRecord {
    let isRegression = record.task == "regression"
    let kind: TaskKind =
      data.bits.isEmpty
      ? isRegression ? .regression : data.dataset.classes.count == 2 ? .binary : .multiclass
      : .multilabel
    return RunRecord(
      id: record.id, name: record.id, created: Date(timeIntervalSince1970: 0), seed: seed,
      device: "cpu", precision: "fp32", threads: threads, parameters: model.parameterCount,
      configuration: "{}", dataSource: record.data["name"]?.word ?? "", dataFingerprint: "",
      task: TaskRecord(
        kind: kind, input: data.dataset.input, sampleShape: data.dataset.sampleShape,
        classes: data.bits.isEmpty ? data.dataset.classes : [],
        classCounts: data.bits.isEmpty ? data.dataset.classCounts(of: data.train) : [],
        trainSamples: data.train.count, validationSamples: data.validation.count, testSamples: 0),
      metric: isRegression ? "rootMeanSquaredError" : "accuracy",
      metricIsBetterWhenLarger: !isRegression, command: ["cases"],
      environment: EnvironmentRecord(hone: "cases", system: "", processor: "", cores: 1))
  }
}

/// Processor seconds of this process so far.
func ownSeconds() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
}

/// Keeps the sampled steps.
private final class Recorder: TrainingObserver {
  var steps: [StepRecord] = []

  func receive(_ event: TrainingEvent) throws {
    if case .step(let step) = event { steps.append(step) }
  }
}
