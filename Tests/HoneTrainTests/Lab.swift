import Foundation
import HoneData
import HoneMetrics
import HoneModels
import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneTensor

@testable import HoneTrain

/// A small run on the digits, every part of which a test may exchange.
struct Lab {
  var seed: UInt64 = 3
  var threads = 0
  var epochs = 3
  var batchSize = 32
  var trainSamples = 200
  var augmentation: [Augmentation] = []
  var dropLast = false
  var order: SampleOrder = .shuffled
  var loss: Loss = .crossEntropy()
  var model: (inout RandomStream) -> any Layer<Tensor, Tensor> = { stream in
    MLP(inputs: 64, outputs: 10, widths: [24], using: &stream)
  }
  var optimizer: ([Parameter]) -> any Optimizer = { AdamW($0, learningRate: 0.01) }
  var change: (inout TrainingPlan) -> Void = { _ in }

  static let digits = Result { try DataSource.open("digits") }
  static let split = Result { try Split.make(digits.get(), seed: 0) }

  static var preprocessor: Preprocessor {
    get throws {
      try Preprocessor.fit(digits.get(), indices: Array(0..<200), normalization: .standardize)
    }
  }

  func loader(_ indices: [Int], _ options: LoaderOptions) throws -> DataLoader {
    try DataLoader(
      Lab.digits.get(), indices: indices, preprocessor: Lab.preprocessor, options: options)
  }

  var plan: TrainingPlan {
    get throws {
      let split = try Lab.split.get()
      var stream = RandomStream(seed: seed, "initial weights")
      let model = model(&stream)
      let training = LoaderOptions(
        batchSize: batchSize, order: order, dropLast: dropLast, threads: threads, seed: seed,
        augmentation: augmentation)
      let evaluation = LoaderOptions(batchSize: 64, threads: threads)
      var plan = TrainingPlan(
        model: model, loss: loss, optimizer: optimizer(model.parameters),
        training: try loader(Array(split.train.prefix(trainSamples)), training),
        validation: try loader(Array(split.validation.prefix(90)), evaluation),
        metric: .accuracy, epochs: epochs, seed: seed)
      change(&plan)
      return plan
    }
  }

  func record(_ id: String = "20261121-000000-test") -> RunRecord {
    RunRecord(
      id: id, name: "lab", created: Date(timeIntervalSince1970: 0), seed: seed, device: "cpu",
      precision: "fp32", threads: 1, parameters: 0, configuration: "{}", dataSource: "digits",
      dataFingerprint: "",
      task: TaskRecord(
        kind: .multiclass, input: .image, sampleShape: [1, 8, 8], trainSamples: trainSamples,
        validationSamples: 90, testSamples: 0), metric: "accuracy",
      metricIsBetterWhenLarger: true, command: [],
      environment: EnvironmentRecord(hone: "test", system: "test", processor: "test", cores: 1))
  }

  /// Trains a new plan from the start.
  func train(
    policies: [any TrainingPolicy] = [], observers: [any TrainingObserver] = []
  ) throws -> TrainingOutcome {
    try Trainer(plan, record: record(), policies: policies, observers: observers).train()
  }
}

extension EpochRecord {
  /// The epoch without what the clock says.
  var withoutTimes: EpochRecord {
    var copy = self
    copy.seconds = 0
    copy.waitShare = 0
    copy.samplesPerSecond = 0
    return copy
  }
}

extension TrainingOutcome {
  var numbers: [EpochRecord] { history.map(\.withoutTimes) }
}

/// An epoch of which only the monitored numbers matter.
func epoch(
  _ number: Int, loss: Double? = nil, metric: Double? = nil, trainLoss: Double = 1
) -> EpochRecord {
  EpochRecord(
    epoch: number, step: number, trainLoss: trainLoss, validationLoss: loss,
    validationMetric: metric, learningRate: 0.1)
}

/// A history of validation losses.
func history(_ losses: [Double]) -> [EpochRecord] {
  losses.enumerated().map { epoch($0.offset + 1, loss: $0.element) }
}

/// Runs a closure with a new folder that is removed afterwards.
func withTemporaryFolder<R>(_ body: (String) throws -> R) throws -> R {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("hone-train-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path)
}
