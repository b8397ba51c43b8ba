import Foundation
import HoneData
import HoneDiagnosis
import HoneMetrics
import HoneModels
import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneTensor
import HoneTrain

/// What the statistics of a run cost: the same run with and without them, turn about, in processor seconds
/// of one thread, so that a busy machine does not matter.
struct Overhead {
  /// Pairs of runs for each model.
  var rounds: Int

  func run() throws {
    Torch.threads = 1
    try compare("tiny perceptron, 1,500 steps of 32", steps: 1500) { stream in
      MLP(inputs: 64, outputs: 10, widths: [16], using: &stream)
    }
    try compare("ResNet-20, 60 steps of 32", steps: 60) { stream in
      CIFARResNet(depth: 20, inputs: 1, using: &stream)
    }
    try diagnose()
  }

  private func compare(
    _ name: String, steps: Int,
    _ model: (inout RandomStream) -> any Layer<Tensor, Tensor>
  ) throws {
    var (with, without): ([Double], [Double]) = ([], [])
    for round in 0..<rounds {
      // Turn about, so that neither always comes first.
      for measures in round % 2 == 0 ? [true, false] : [false, true] {
        let seconds = try train(steps, measures, model)
        if measures { with.append(seconds) } else { without.append(seconds) }
      }
    }
    let ratios = zip(with, without).map { $0 / $1 - 1 }
    say(
      String(
        format: "%@: %.3f s with, %.3f s without, %+.2f %% (standard error %.2f %%)", name,
        with.median(), without.median(), 100 * ratios.median(), 100 * ratios.standardError()))
  }

  private func train(
    _ steps: Int, _ measures: Bool, _ make: (inout RandomStream) -> any Layer<Tensor, Tensor>
  ) throws -> Double {
    let data = try DataSource.open("digits", home: nil)
    let indices = Array(0..<960)
    var stream = RandomStream(seed: 1, "overhead")
    let model = make(&stream)
    let loader = try DataLoader(
      data, indices: indices,
      preprocessor: Preprocessor.fit(data, indices: indices, normalization: .standardize),
      options: LoaderOptions(batchSize: 32, order: .shuffled, threads: 0, seed: 1))
    var plan = TrainingPlan(
      model: model, loss: .crossEntropy(), optimizer: AdamW(model.parameters, learningRate: 1e-3),
      training: loader, validation: nil, metric: .accuracy, epochs: steps / 30, seed: 1)
    plan.threads = 1
    plan.monitor = .trainLoss
    plan.measuresSteps = measures
    let record = RunRecord(
      id: "overhead", name: "overhead", created: Date(timeIntervalSince1970: 0), seed: 1,
      device: "cpu", precision: "fp32", threads: 1, parameters: model.parameterCount,
      configuration: "{}", dataSource: "digits", dataFingerprint: "",
      task: TaskRecord(
        kind: .multiclass, input: .image, sampleShape: [1, 8, 8], classes: data.classes,
        trainSamples: indices.count, validationSamples: 0, testSamples: 0), metric: "accuracy",
      metricIsBetterWhenLarger: true, command: [],
      environment: EnvironmentRecord(hone: "cases", system: "", processor: "", cores: 1))
    let start = ownSeconds()
    _ = try Trainer(plan, record: record).train()
    return ownSeconds() - start
  }

  /// The time of a diagnosis of a hundred epochs with twenty layers.
  private func diagnose() throws {
    var run = RunRecord(
      id: "long", name: "long", created: Date(timeIntervalSince1970: 0), seed: 1, device: "cpu",
      precision: "fp32", threads: 1, parameters: 1000, configuration: "{}", dataSource: "made",
      dataFingerprint: "",
      task: TaskRecord(
        kind: .multiclass, input: .image, sampleShape: [3, 32, 32],
        classes: (0..<10).map(String.init), classCounts: Array(repeating: 4500, count: 10),
        trainSamples: 45_000, validationSamples: 5_000, testSamples: 0), metric: "accuracy",
      metricIsBetterWhenLarger: true, command: [],
      environment: EnvironmentRecord(hone: "cases", system: "", processor: "", cores: 1))
    let layers = (0..<20).map { LayerState(path: "layer\($0)") }
    run.layerSamples = (1...16).map { LayerSample(step: $0 * 2000, epoch: $0 * 6, layers: layers) }
    let epochs = (1...100).map { epoch in
      let loss = 2.3 * exp(-Double(epoch) / 20) + 0.1
      return EpochRecord(
        epoch: epoch, step: epoch * 352, trainLoss: loss, trainEvaluationLoss: loss,
        trainEvaluationMetric: 1 - loss / 3, validationLoss: loss * 1.1,
        validationMetric: 1 - loss / 2.5, learningRate: 0.1)
    }
    let steps = (1...850).map {
      StepRecord(
        step: $0, epoch: 1 + $0 / 9, loss: 1, learningRate: 0.1, gradientNorm: 1,
        updateRatio: 1e-3)
    }
    let start = ownSeconds()
    _ = Diagnostician().diagnose(RunEvidence(run: run, epochs: epochs, steps: steps))
    say(
      String(format: "diagnosis of 100 epochs, 20 layers: %.1f ms", 1000 * (ownSeconds() - start)))
  }
}
