import Foundation
import HoneRecords
import HoneStore

/// The JSON file of `hone runs export`: a run, or several, with all that a store holds of them; numbers
/// that are not finite as words.
struct RunFile: Codable {
  var format: String
  /// The one run of the first form, which version 0.1 reads too.
  var evidence: RunEvidence?
  var metrics: [MetricSeries]?
  var events: [RunEvent]?
  var artifacts: [ArtifactRecord]?
  /// The runs of a file of several.
  var runs: [RunContents]?

  static let one = "hone-run-1"
  static let several = "hone-runs-1"

  /// The file of some runs: of the first form where it is one.
  static func encode(_ runs: [RunContents]) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .secondsSince1970
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard runs.count == 1 else { return try encoder.encode(RunFile(format: several, runs: runs)) }
    return try encoder.encode(
      RunFile(
        format: one, evidence: runs[0].evidence, metrics: runs[0].metrics, events: runs[0].events,
        artifacts: runs[0].artifacts))
  }

  /// The runs of a file; nil where it is none.
  static func decode(_ data: Data) -> [RunContents]? {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .secondsSince1970
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let file = try? decoder.decode(RunFile.self, from: data) else { return nil }
    switch file.format {
    case several: return file.runs
    case one:
      return file.evidence.map {
        [
          RunContents(
            evidence: $0, metrics: file.metrics, events: file.events, artifacts: file.artifacts)
        ]
      }
    default: return nil
    }
  }

  /// Writes a file that must not be there yet.
  /// - Parameter name: the file as the user wrote it.
  static func write(_ data: Data, to path: String, named name: String) throws {
    guard !FileManager.default.fileExists(atPath: path) else { throw CommandFailure.exists(name) }
    do {
      try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw StoreError.cannotCreate(path: name, reason: error.localizedDescription)
    }
  }
}
