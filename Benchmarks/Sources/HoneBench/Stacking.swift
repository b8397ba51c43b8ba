import Foundation
import Hone

/// Runs of one shape trained together, beside as many trained one after another: whole runs on the built-in
/// digits, with evaluation after each epoch, on one thread.
struct Stacking {
  private static let sizes = [1, 2, 4, 8, 16, 32]
  private static let shapes = [[32], [128, 64], [256, 128], [512, 512]]
  private static let rounds = 3
  private static let epochs = 5
  private static let batchSize = 64

  private let widths: [Int]
  private let data: Dataset
  private let split: Split
  private let preprocessor: Preprocessor

  /// Prints a table in Markdown: a row for each shape, a column for each size.
  static func printTable() throws {
    Torch.keepFreedMemory()
    Torch.threads = 1
    let data = try DataSource.open("digits")
    let split = try Split.make(data, seed: 0)
    let preprocessor = try Preprocessor.fit(
      data, indices: split.train, normalization: .standardize)
    print("| hidden layers | one run | " + sizes.map { "\($0)" }.joined(separator: " | ") + " |")
    print("|---|---:|" + sizes.map { _ in "---:|" }.joined())
    for widths in shapes {
      let stacking = Stacking(
        widths: widths, data: data, split: split, preprocessor: preprocessor)
      _ = try stacking.seconds(of: 1, together: false)
      let cells = try sizes.map { size in
        let ratios = try (0..<rounds).map { _ in
          let alone = try stacking.seconds(of: size, together: false)
          return alone / (try stacking.seconds(of: size, together: true))
        }
        let sorted = ratios.sorted()
        return String(
          format: "%.2f (%.2f to %.2f)", sorted[rounds / 2], sorted[0], sorted[rounds - 1])
      }
      let one = try (0..<rounds).map { _ in try stacking.seconds(of: 1, together: false) }.sorted()
      let name = widths.map(String.init).joined(separator: "-")
      let time = String(format: "%.0f ms", one[rounds / 2] * 1000)
      print("| \(name) | \(time) | \(cells.joined(separator: " | ")) |")
    }
  }

  /// Seconds of some runs, which differ in their rates.
  private func seconds(of size: Int, together: Bool) throws -> Double {
    let trainers = try (0..<size).map(trainer)
    let clock = ContinuousClock()
    let elapsed = try clock.measure {
      if together {
        for result in TrainingStack(trainers).train() { _ = try result.get() }
      } else {
        for trainer in trainers { _ = try trainer.train() }
      }
    }
    return elapsed / .seconds(1)
  }

  private func trainer(_ number: Int) throws -> Trainer {
    var stream = RandomStream(seed: 0, "initial weights")
    let model = MLP(inputs: 64, outputs: data.classes.count, widths: widths, using: &stream)
    let optimizer = AdamW(
      model.parameters, learningRate: 1e-3 * pow(1.1, Double(number)), weightDecay: 0.01)
    var plan = TrainingPlan(
      model: model, loss: .crossEntropy(), optimizer: optimizer,
      training: try loader(split.train, .shuffled),
      validation: try loader(split.validation, .sequential), metric: .accuracy,
      epochs: Self.epochs, seed: 0)
    plan.threads = 1
    let record = RunRecord(
      id: "stack-\(number)", name: "stack", created: Date(), seed: 0, device: "cpu",
      precision: "fp32", threads: 1, parameters: 0, configuration: "{}", dataSource: "digits",
      dataFingerprint: data.fingerprint,
      task: TaskRecord(
        kind: .multiclass, input: .image, sampleShape: [1, 8, 8],
        trainSamples: split.train.count, validationSamples: split.validation.count,
        testSamples: 0), metric: "accuracy", metricIsBetterWhenLarger: true, command: [],
      environment: EnvironmentRecord(hone: "benchmark", system: "", processor: "", cores: 1))
    return Trainer(plan, record: record)
  }

  private func loader(_ indices: [Int], _ order: SampleOrder) throws -> DataLoader {
    try DataLoader(
      data, indices: indices, preprocessor: preprocessor,
      options: LoaderOptions(batchSize: Self.batchSize, order: order, threads: 0))
  }
}
