import Foundation
import HoneConfiguration
import HoneData
import HoneNN
import HoneRecords
import HoneTensor
import HoneTrain

@testable import HoneAssembly

/// Trains whatever a configuration says for two steps on a few samples.
enum FirstSteps {
  /// What went wrong; nil where each loss was finite and training changed every parameter.
  static func failure(_ text: String, on data: Dataset) throws -> String? {
    var configuration = try Workbench.configuration(text)
    if configuration.data.batchSize == DataConfiguration().batchSize {
      configuration.data.batchSize = 8
    }
    configuration.training.epochs = 1
    configuration.training.threads = 1
    let split = Split(train: Array(0..<16), validation: Array(16..<24), test: [])
    let run = try AssembledRun(configuration, data: data, split: split)
    let parameters = run.plan.model.namedParameters.filter(\.parameter.isTrainable)
    guard !parameters.isEmpty else { return "nothing to train" }
    let before = parameters.map { $0.parameter.value.detached().clone() }
    let outcome = try Trainer(run.plan, record: run.record, policies: run.policies).train()
    guard outcome.record.status == .completed, let epoch = outcome.history.last else {
      return "\(outcome.record.status): \(outcome.record.outcome ?? "")"
    }
    let losses = [epoch.trainLoss, epoch.validationLoss ?? .nan]
    guard losses.allSatisfy(\.isFinite) else { return "losses of \(losses)" }
    for (named, old) in zip(parameters, before) {
      let change = (named.parameter.value.detached() - old).absolute().maximum().item()
      guard change.isFinite, change > 0 else { return "\(named.name) changed by \(change)" }
    }
    return nil
  }

  /// Pictures that differ, with as many classes as asked for: of equal ones batch normalization over
  /// single positions makes nothing that could be learned from.
  static func images(side: Int, channels: Int = 1, classes: Int = 3) -> Dataset {
    let samples = 24
    let bytes = channels * side * side
    let pixels = (0..<samples * bytes).map { index in
      UInt8(truncatingIfNeeded: (index &* 2_654_435_761) >> 13)
    }
    return Dataset(
      source: "pictures",
      labels: .classes(
        (0..<classes).map { "class \($0)" }, (0..<samples).map { Int32($0 % classes) }),
      samples: .images(
        ImageRecords(
          pixels: pixels, channels: channels, height: side, width: side, source: "pictures")),
      fingerprint: "pictures", reading: DataOptions())
  }

  /// Sentences about two moods.
  static func texts() throws -> Dataset {
    let rows = (0..<60).map { number in
      let mood = number % 2 == 0 ? "good" : "bad"
      let tail = (0..<number % 5).map { "word\($0)" }.joined(separator: " ")
      return "\(mood)\tThis film is number \(number) and it is \(mood) \(tail)"
    }
    return try table(
      (["verdict\ttext"] + rows).joined(separator: "\n"), "tsv", target: "verdict",
      kinds: ["text": .text])
  }

  /// Numbers and categories of three classes.
  static func rows() throws -> Dataset {
    let rows = (0..<60).map { "\($0 % 7),\(["red", "green", "blue"][$0 % 3]),\($0 % 5),k\($0 % 3)" }
    return try table(
      (["size,color,weight,kind"] + rows).joined(separator: "\n"), "csv", target: "kind")
  }

  private static func table(
    _ text: String, _ suffix: String, target: String, kinds: [String: HoneData.ColumnKind] = [:]
  ) throws -> Dataset {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("hone-first-steps-\(UUID().uuidString).\(suffix)")
    try text.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    return try DataSource.open(file.path, options: DataOptions(target: target, kinds: kinds))
  }
}
