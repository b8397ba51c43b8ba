import Foundation
import HoneDiagnosis
import HoneRecords

/// Records that look like those of a real improvement of a small image classifier.
enum SampleRecords {
  static let classes = (0..<10).map(String.init)
  static let created = Date(timeIntervalSince1970: 1_795_251_600)

  static func configuration(dropout: Double, epochs: Int, augment: Bool, normalization: String)
    -> String
  {
    let steps = augment ? "[{\"randomCrop\":{\"padding\":1}}]" : "[]"
    return """
      {"augment":\(steps),"data":{"batchSize":64,"normalize":"standardize","source":"digits",\
      "validation":0.15},"loss":{"kind":"crossEntropy","labelSmoothing":0},"model":{"dropout":\
      \(dropout),"name":"mlp","normalization":"\(normalization)","widths":[128,64]},"optimizer":\
      {"kind":"adamW","learningRate":0.003,"weightDecay":0.01},"schedule":{"kind":"cosine",\
      "warmupEpochs":1},"training":{"epochs":\(epochs),"precision":"auto","seed":0}}
      """
  }

  static func run(_ id: String, configuration: String, epochs: [EpochRecord]) -> RunRecord {
    var run = RunRecord(
      id: id, name: "mlp on digits", status: .completed, created: created, seed: 0, device: "cpu",
      precision: "fp32", threads: 2, parameters: 17_226, configuration: configuration,
      dataSource: "digits", dataFingerprint: "sha256:5c1f0a9e27d4",
      task: TaskRecord(
        kind: .multiclass, input: .image, sampleShape: [1, 8, 8], classes: classes,
        classCounts: [107, 109, 106, 110, 108, 109, 108, 107, 104, 108], trainSamples: 1076,
        validationSamples: 361, testSamples: 360),
      metric: "accuracy", metricIsBetterWhenLarger: true,
      command: ["hone", "improve", "digits", "--budget", "2m", "--seeds", "5"],
      environment: EnvironmentRecord(
        hone: "0.1.0", libtorch: "2.13.0", system: "Debian GNU/Linux 12",
        processor: "AMD EPYC 9R45", capability: "AVX512", cores: 2))
    run.epochs = epochs.count
    run.best = epochs.min { ($0.validationLoss ?? 0) < ($1.validationLoss ?? 0) }
    run.final = epochs.last
    run.seconds = 6.4
    run.samplesPerSecond = 61_284
    return run
  }

  static func epochs(_ count: Int, floor: Double, rise: Double, accuracy: Double) -> [EpochRecord] {
    (1...count).map { epoch in
      let time = Double(epoch)
      let train = 2.3 * exp(-time / 4) + 0.02
      let wiggle = 0.012 * sin(time * 2.1)
      let validation = 2.2 * exp(-time / 3.6) + floor + rise * max(0, time - 12) + wiggle
      let score = accuracy - 0.9 * exp(-time / 2.6) + wiggle / 4
      return EpochRecord(
        epoch: epoch, step: epoch * 17, trainLoss: train * 1.25 + 0.03,
        trainMetric: min(0.99, score - 0.01), trainEvaluationLoss: train,
        trainEvaluationMetric: min(1, score + 0.02), validationLoss: validation,
        validationMetric: score, validationLossError: 0.02 + validation / 25,
        validationMetricError: 0.011,
        learningRate: 0.003 * 0.5 * (1 + cos(Double.pi * time / Double(count))),
        gradientNorm: 1, updateRatio: 2e-3, seconds: 0.2, samplesPerSecond: 61_284)
    }
  }

  static func confusion(_ errors: [(Int, Int, Int)]) -> [[Int]] {
    var counts = (0..<10).map { row in (0..<10).map { $0 == row ? 36 : 0 } }
    for (truth, prediction, count) in errors {
      counts[truth][truth] -= count
      counts[truth][prediction] += count
    }
    return counts
  }

  static func baseline() -> RunEvidence {
    let epochs = epochs(30, floor: 0.12, rise: 0.015, accuracy: 0.957)
    var run = run(
      "20261121-084512-k3f9",
      configuration: configuration(
        dropout: 0, epochs: 30, augment: false, normalization: "none"), epochs: epochs)
    run.test = EvaluationRecord(
      split: "test", samples: 360, loss: 0.196, metric: 0.9528, interval: [0.928, 0.972],
      confusion: confusion([(1, 8, 3), (8, 1, 4), (3, 9, 3), (9, 3, 2), (5, 9, 2), (4, 7, 3)]),
      metrics: ["accuracy": 0.9528, "f1Macro": 0.9526, "calibrationError": 0.041])
    return RunEvidence(run: run, epochs: epochs, steps: [])
  }

  static func final() -> RunEvidence {
    let epochs = epochs(60, floor: 0.045, rise: 0, accuracy: 0.984)
    var run = run(
      "20261121-084701-p8d2",
      configuration: configuration(
        dropout: 0.25, epochs: 60, augment: true, normalization: "batchNorm"), epochs: epochs)
    run.test = EvaluationRecord(
      split: "test", samples: 360, loss: 0.071, metric: 0.9806, interval: [0.964, 0.994],
      confusion: confusion([(1, 8, 1), (8, 1, 2), (3, 9, 2), (9, 3, 1), (4, 7, 1)]),
      metrics: ["accuracy": 0.9806, "f1Macro": 0.9804, "calibrationError": 0.012])
    return RunEvidence(run: run, epochs: epochs, steps: [])
  }

  static func improvement() -> ImprovementRecord {
    let baseline = baseline()
    let diagnosis = Diagnostician().diagnose(baseline)
    return ImprovementRecord(
      id: "20261121-084500-aa10", created: created, dataSource: "digits", metric: "accuracy",
      metricIsBetterWhenLarger: true, baseline: baseline.run, final: final().run,
      testGain: .init(delta: 0.0278, interval: [0.0083, 0.0472]), diagnosis: diagnosis,
      experiments: experiments(), budgetSeconds: 120, spentSeconds: 97.3,
      command: baseline.run.command)
  }

  private static func experiments() -> [ExperimentRecord] {
    let rows:
      [(
        String, FindingName?, [String: ConfigurationValue], Double, Double,
        ExperimentRecord.Decision
      )] = [
        (
          "augmentation", .overfit, ["augment": [["randomCrop": ["padding": 1]]]], 0.0162, 0.0071,
          .kept
        ),
        ("dropout", .overfit, ["model.dropout": 0.25], 0.0082, 0.0064, .kept),
        ("batch-norm", nil, ["model.normalization": "batchNorm"], 0.0098, 0.0078, .kept),
        ("weight-decay", .overfit, ["optimizer.weightDecay": 0.1], 0.0009, 0.0052, .inconclusive),
        ("more-epochs", nil, ["training.epochs": 60], 0.0071, 0.0056, .kept),
        ("wider", nil, ["model.widths": [256, 128]], 0.0031, 0.0068, .inconclusive),
        ("label-smoothing", .overfit, ["loss.labelSmoothing": 0.1], 0.0024, 0.0049, .inconclusive),
        ("narrower", .overfit, ["model.widths": [64, 32]], -0.0143, 0.0082, .rejected),
      ]
    return rows.map { remedy, finding, change, delta, half, decision in
      ExperimentRecord(
        remedy: remedy, finding: finding, change: change, baselineMetric: 0.9551,
        metric: 0.9551 + delta, delta: delta, interval: [delta - half, delta + half],
        level: 0.99375,
        seeds: 5, decision: decision, seconds: 8.4)
    }
  }
}
