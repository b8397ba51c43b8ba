import Foundation
import HoneConfiguration
import HoneData
import HoneNN
import HoneNumerics
import HoneTensor
import HoneText
import Testing

@testable import HoneAssembly

/// Configurations and data for the tests of assembling.
enum Workbench {
  static let digits = Result { try DataSource.open("digits") }

  /// A table of two numbers, a class of two and a value to predict.
  static func table(target: String) throws -> Dataset {
    var text = "first,second,kind,value\n"
    for row in 0..<60 {
      let (first, second) = (Double(row % 7) - 3, Double(row % 5))
      text += "\(first),\(second),\(first > 0 ? "yes" : "no"),\(3 * first - second)\n"
    }
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("hone-assembly-\(UUID().uuidString).csv")
    try text.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let other: [String: HoneData.ColumnKind] = [target == "value" ? "kind" : "value": .ignored]
    return try DataSource.open(file.path, options: DataOptions(target: target, kinds: other))
  }

  static func configuration(_ text: String) throws -> Configuration {
    try Configuration(text: text, file: "run.yaml")
  }

  static func run(_ text: String, data: Dataset? = nil, seed: UInt64? = nil) throws -> AssembledRun
  {
    let configuration = try configuration(text)
    let data = try data ?? digits.get()
    let split = try configuration.split(data, seed: 0)
    return try AssembledRun(configuration, data: data, split: split, seed: seed)
  }

  /// A model of `layers:` lines for samples of a shape.
  static func model(
    _ layers: String, input shape: [Int] = [1, 8, 8], outputs: Int = 10
  ) throws -> any Layer<Tensor, Tensor> {
    let indented = layers.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
    let configuration = try configuration("model:\n  layers:\n" + indented)
    var stream = RandomStream(seed: 1, "weights")
    return try ModelAssembler(
      configuration: configuration, inputShape: shape, outputs: outputs, device: .cpu
    ).model(using: &stream)
  }

  /// The English sentence of the configuration error that a closure throws.
  static func complaint<R>(_ body: () throws -> R) -> String {
    do {
      _ = try body()
      return "no error"
    } catch let error as ConfigurationError {
      return error.explanation.english
    } catch {
      return "another error: \(error)"
    }
  }
}
