import Foundation
import HoneRecords
import HoneText

/// Records to store, every optional field filled in.
enum Samples {
  static func run(
    _ id: String, name: String = "sample", seconds: Double = 0, status: RunStatus = .completed
  ) -> RunRecord {
    let task = TaskRecord(
      kind: .multiclass, input: .image, sampleShape: [1, 8, 8], classes: ["0", "1", "고양이"],
      classCounts: [10, 20, 30], trainSamples: 60, validationSamples: 6, testSamples: 6)
    var run = RunRecord(
      id: id, name: name, status: status,
      created: Date(timeIntervalSinceReferenceDate: 800_000_000.123456 + seconds), seed: .max,
      device: "cpu", precision: "fp32", threads: 2, parameters: 85_002,
      configuration: #"{"model":{"name":"mlp"}}"#, dataSource: "digits",
      dataFingerprint: "00ff", task: task, metric: "accuracy", metricIsBetterWhenLarger: true,
      command: ["hone", "train", "digits"],
      environment: EnvironmentRecord(
        hone: "0.1.0", libtorch: "2.13.0", system: "Linux", processor: "x86",
        capability: "AVX2", cores: 2))
    run.best = epoch(3)
    run.final = epoch(4)
    run.findings = [finding]
    run.tags = ["baseline", "α"]
    run.checkpoint = "runs/\(id)/best"
    run.preflight = PreflightRecord(
      input: ValueSummary(mean: 0, standardDeviation: 1, minimum: -1, maximum: .infinity),
      initialLoss: 2.3, initialLossError: 0.01, expectedInitialLoss: 2.302585,
      rangeTest: RangeTestRecord(
        learningRates: [1e-5, 1e-4], losses: [2.3, -.infinity], suggestion: 1e-3,
        interval: [5e-4, 2e-3], divergence: 0.1, verdict: .clear))
    run.test = EvaluationRecord(
      split: "test", samples: 6, loss: 0.25, metric: 0.96, interval: [0.9, 0.99],
      confusion: [[1, 0], [0, 5]], metrics: ["f1Macro": 0.5], epoch: 3)
    return run
  }

  static let finding = Finding(
    id: .overfit, severity: .warning, confidence: 0.9, layer: "0", epoch: 7,
    evidence: [
      Evidence(
        signal: "rise", value: 0.2, threshold: 0.1, comparison: .above, source: "a measurement")
    ],
    causes: [.inputScale],
    remedies: [
      Remedy(
        id: "dropout", change: ["regularization.dropout": 0.5], effort: .free,
        rationale: Localized("Drop.", korean: "버립니다."))
    ], message: Localized("It overfits.", korean: "과대적합입니다."))

  static func epoch(_ number: Int, loss: Double = 0.5) -> EpochRecord {
    EpochRecord(
      epoch: number, step: number * 10, trainLoss: loss, trainMetric: 0.9,
      trainEvaluationLoss: 0.4, trainEvaluationMetric: 0.91, validationLoss: 0.6,
      validationMetric: 0.85, validationLossError: 0.02, validationMetricError: 0.01,
      learningRate: 1e-3, gradientNorm: 1.5, updateRatio: 1e-3, seconds: 0.25, waitShare: 0.01,
      samplesPerSecond: 5000)
  }

  static func step(_ number: Int, loss: Double = 0.5) -> StepRecord {
    StepRecord(
      step: number, epoch: 1, loss: loss, learningRate: 1e-3, gradientNorm: 2, updateRatio: 1e-3)
  }

  static func improvement(_ id: String, seconds: Double = 0) -> ImprovementRecord {
    var baseline = run("\(id)-a")
    baseline.created = Date(timeIntervalSince1970: 1_795_250_712)
    var final = baseline
    final.id = "\(id)-b"
    let experiment = ExperimentRecord(
      remedy: "dropout", finding: .overfit, change: ["regularization.dropout": 0.5],
      baselineMetric: 0.9, metric: 0.92, delta: 0.02, interval: [0.01, 0.03], level: 0.99,
      seeds: 5, decision: .kept, seconds: 3.5)
    return ImprovementRecord(
      id: id, created: Date(timeIntervalSinceReferenceDate: 800_000_000.123456 + seconds),
      dataSource: "digits", metric: "accuracy", metricIsBetterWhenLarger: true,
      baseline: baseline, final: final, testGain: .init(delta: 0.02, interval: [0.01, 0.03]),
      diagnosis: DiagnosisRecord(run: baseline.id, verdict: .problems, findings: [finding]),
      experiments: [experiment], budgetSeconds: 60, spentSeconds: 30,
      command: ["hone", "improve", "digits"])
  }
}
