import Foundation
import HoneRecords

/// Several runs side by side; also the JSON of `hone runs compare`.
struct RunComparison: Encodable {
  let runs: [RunOutput]
  /// For each key in which configurations differ, the value of each run in the order asked for.
  let differences: [String: [ConfigurationValue]]

  init(_ records: [RunRecord]) {
    runs = records.map { RunOutput($0) }
    let flat = records.map { RunComparison.flat(RunOutput.configuration($0), "") }
    var differences: [String: [ConfigurationValue]] = [:]
    for key in Set(flat.flatMap(\.keys)) {
      let values = flat.map { $0[key] ?? .null }
      if values.contains(where: { $0 != values[0] }) { differences[key] = values }
    }
    self.differences = differences
  }

  private static func flat(
    _ value: ConfigurationValue, _ path: String
  ) -> [String: ConfigurationValue] {
    guard case .map(let values) = value, !values.isEmpty else { return [path: value] }
    var result: [String: ConfigurationValue] = [:]
    for (key, inner) in values {
      result.merge(flat(inner, path.isEmpty ? key : "\(path).\(key)")) { $1 }
    }
    return result
  }

  /// A value on one line.
  static func text(_ value: ConfigurationValue) -> String {
    if case .string(let text) = value { return text }
    let data = try? JSONEncoder().encode(value)
    return data.map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}

/// The JSON of a run in the store: that of `hone train`, and what it was made from.
struct RunOutput: Encodable {
  let result: TrainOutput
  let record: RunRecord
  /// The run's files; nil where they were not asked for.
  let artifacts: [ArtifactRecord]?

  init(_ record: RunRecord, artifacts: [ArtifactRecord]? = nil) {
    result = TrainOutput(record)
    self.record = record
    self.artifacts = artifacts
  }

  private enum Key: String, CodingKey {
    case created, data, fingerprint, task, tags, note, parent, command, configuration, threads
    case environment, checkpoints, changes, artifacts
  }

  func encode(to encoder: any Encoder) throws {
    try result.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(record.created.ISO8601Format(), forKey: .created)
    try container.encode(record.dataSource, forKey: .data)
    try container.encode(record.dataFingerprint, forKey: .fingerprint)
    try container.encode(record.task, forKey: .task)
    try container.encode(record.tags, forKey: .tags)
    try container.encode(record.note, forKey: .note)
    try container.encode(record.parent, forKey: .parent)
    try container.encode(record.command, forKey: .command)
    try container.encode(RunOutput.configuration(record), forKey: .configuration)
    try container.encode(record.threads, forKey: .threads)
    try container.encode(record.environment, forKey: .environment)
    try container.encode(record.checkpoints, forKey: .checkpoints)
    try container.encode(record.changes ?? [], forKey: .changes)
    try container.encodeIfPresent(artifacts, forKey: .artifacts)
  }

  /// The configuration in a record; null where it is not JSON.
  static func configuration(_ record: RunRecord) -> ConfigurationValue {
    let data = Data(record.configuration.utf8)
    return (try? JSONDecoder().decode(ConfigurationValue.self, from: data)) ?? .null
  }
}
