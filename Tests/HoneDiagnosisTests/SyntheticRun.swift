import Foundation
import HoneNumerics
import HoneRecords

/// A made-up run: a curve family with noise, as training would record it.
struct SyntheticRun {
  var isRegression = false
  var classes = 10
  var epochs = 30
  /// The training loss at the end of time, over the loss of knowing nothing.
  var floor = 0.05
  /// Epochs in which the distance to the floor falls to a third.
  var timeConstant = 5.0
  /// How far validation stays above training, over the loss of knowing nothing.
  var gap = 0.03
  /// Noise of a loss over its level, and the least noise over the loss of knowing nothing.
  var noise = 0.02
  /// The variance of regression targets.
  var scale = 1.0
  var validationSamples = 2000
  var trainSamples = 10_000
  var parameters = 50_000
  var seed: UInt64 = 0
  /// Adds to the validation loss at each epoch, over the loss of knowing nothing.
  var validationDrift: (Int) -> Double = { _ in 0 }

  /// The loss of knowing nothing.
  var reference: Double { isRegression ? scale : log(Double(classes)) }

  func evidence() -> RunEvidence {
    var stream = RandomStream(seed: seed, "synthetic")
    let records = (1...epochs).map { epoch -> EpochRecord in
      let progress = 1 - exp(-Double(epoch) / timeConstant)
      let train = reference * (1 - (1 - floor) * progress)
      let rising = reference * validationDrift(epoch)
      let validation = train + reference * gap * progress + rising
      let noisyTrain = noisy(train, &stream)
      let noisyValidation = noisy(validation, &stream)
      let accuracy = isRegression ? nil : min(0.995, 1 - 0.9 * validation / reference)
      return EpochRecord(
        epoch: epoch, step: epoch * 80, trainLoss: noisy(train * 1.05, &stream),
        trainMetric: accuracy, trainEvaluationLoss: noisyTrain, trainEvaluationMetric: accuracy,
        validationLoss: noisyValidation, validationMetric: accuracy ?? noisyValidation.squareRoot(),
        validationLossError: 1.2 * validation / Double(validationSamples).squareRoot(),
        validationMetricError: accuracy.map {
          ($0 * (1 - $0) / Double(validationSamples)).squareRoot()
        }, learningRate: 1e-3, gradientNorm: 1, updateRatio: 2e-3, seconds: 1, waitShare: 0.02,
        samplesPerSecond: 10_000)
    }
    return RunEvidence(run: record(records), epochs: records, steps: [])
  }

  private func noisy(_ value: Double, _ stream: inout RandomStream) -> Double {
    max(value + (noise * value + 0.1 * noise * reference) * stream.normal(), 1e-4 * reference)
  }

  private func record(_ epochs: [EpochRecord]) -> RunRecord {
    let share = trainSamples / classes
    var run = RunRecord(
      id: "synthetic", name: "synthetic", status: .completed,
      created: Date(timeIntervalSince1970: 0), seed: seed, device: "cpu", precision: "fp32",
      threads: 2, parameters: parameters, configuration: SyntheticRun.configuration,
      dataSource: "made", dataFingerprint: "0",
      task: TaskRecord(
        kind: isRegression ? .regression : .multiclass, input: isRegression ? .table : .image,
        sampleShape: isRegression ? [12] : [1, 8, 8],
        classes: isRegression ? [] : (0..<classes).map(String.init),
        classCounts: isRegression ? [] : Array(repeating: share, count: classes),
        trainSamples: trainSamples, validationSamples: validationSamples, testSamples: 1000,
        targetVariance: isRegression ? scale : nil),
      metric: isRegression ? "rootMeanSquaredError" : "accuracy",
      metricIsBetterWhenLarger: !isRegression, command: ["hone", "train", "made"],
      environment: EnvironmentRecord(
        hone: "0.1.0", libtorch: "2.13.0", system: "Debian 12", processor: "test", cores: 2))
    run.preflight = PreflightRecord(
      input: ValueSummary(mean: 0, standardDeviation: 1, minimum: -3, maximum: 3),
      initialLoss: reference * 1.08, initialLossError: reference * 0.02,
      expectedInitialLoss: reference)
    run.epochs = epochs.count
    run.final = epochs.last
    return run
  }

  static let configuration = """
    {"data":{"batchSize":128,"normalize":"standardize"},"model":{"name":"mlp","widths":[128,64],\
    "normalization":"none","dropout":0.2},"optimizer":{"kind":"sgd","learningRate":0.001,\
    "weightDecay":0.001},"schedule":{"kind":"constant"},"training":{"epochs":30}}
    """
}
