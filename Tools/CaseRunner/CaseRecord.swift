import Foundation
import HoneRecords

/// One training case in the framework-neutral format: what was built, on which data, with which fault.
struct CaseRecord {
  let value: ConfigurationValue

  var id: String { text("id") ?? "?" }
  var kind: String { text("kind") ?? "faulty" }
  var task: String { text("task") ?? "multiclass" }
  var loss: String { text("loss") ?? "" }
  var metric: String { text("metric") ?? "val_accuracy" }
  var batchSize: Int { max(1, Int(number("batch_size") ?? 32)) }
  var epochs: Double { number("epochs") ?? 10 }
  var layers: [ConfigurationValue] { value["layers"]?.items ?? [] }
  var data: ConfigurationValue { value["dataset"] ?? .null }
  var optimizer: ConfigurationValue { value["optimizer"] ?? .null }
  var faults: [ConfigurationValue] { value["faults"]?.items ?? [] }

  /// The names that count as a right first cause.
  var labels: [String] {
    faults.compactMap { $0["label"]?.word }
      + (value["acceptable_labels"]?.items ?? []).compactMap(\.word)
  }

  /// What the record says of the fault's effect: measured anew where that was done.
  var manifestation: String {
    value["port_check"]?["verdict"]?.word ?? text("manifestation") ?? "unknown"
  }

  /// Whether the fault must be found: not where it was measured to have no effect.
  var mustBeFound: Bool { kind == "faulty" && manifestation != "does_not_manifest" }

  /// Whether the case steps along the gradient instead of against it.
  var goesUphill: Bool {
    faults.contains { fault in
      fault["where"]?.word == "update" && fault["faulty"]?.word?.contains("ascend") == true
    }
  }

  /// Whether only some runs fail.
  var isStochastic: Bool { manifestation == "stochastic" || text("manifestation") == "stochastic" }

  /// The best metric that any published or repeated run reached.
  var bestKnown: Double? {
    let repeated = (value["port_check"]?["faulty"]?.items ?? []).compactMap(\.double)
    let published = value["observed"]?["best_val_accuracy"]?.double
    return (repeated + [published].compactMap { $0 }).max()
  }

  private func text(_ key: String) -> String? { value[key]?.word }
  private func number(_ key: String) -> Double? { value[key]?.double }

  /// The cases of a file: its list `cases`, and descriptions in words under `constructedCases`.
  static func read(_ path: String) throws -> (cases: [CaseRecord], described: [CaseRecord]) {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    let root = try JSONDecoder().decode(ConfigurationValue.self, from: data)
    let all = root.items.isEmpty ? root["cases"]?.items ?? [] : root.items
    return (
      all.map { CaseRecord(value: $0) },
      (root["constructedCases"]?.items ?? []).map { CaseRecord(value: $0) }
    )
  }
}

extension ConfigurationValue {
  var items: [ConfigurationValue] {
    if case .list(let items) = self { return items }
    return []
  }

  var word: String? {
    if case .string(let word) = self { return word }
    return nil
  }

  var double: Double? {
    switch self {
    case .number(let number): number
    case .integer(let number): Double(number)
    case .string(let text): Double(text)
    default: nil
    }
  }

  var flag: Bool? {
    if case .bool(let flag) = self { return flag }
    return nil
  }
}

/// Why a case cannot be run.
struct Unavailable: Error {
  let reason: String
}
