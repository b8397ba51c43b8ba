import Foundation
public import HoneRecords

/// A run's series as tables: one file for epochs, one for sampled steps, one for each metric of the
/// program's own.
public enum CSVExport {
  /// Writes `epochs.csv`, `steps.csv` and `metrics.csv` into a folder, which is made if need be; files
  /// without rows are not written.
  /// - Returns: the names of the files.
  /// - Throws: `StoreError`.
  public static func write(_ run: RunContents, to folder: String) throws(StoreError) -> [String] {
    let tables = [
      ("epochs.csv", epochs(run.evidence.epochs)), ("steps.csv", steps(run.evidence.steps)),
      ("metrics.csv", metrics(run.metrics ?? [])),
    ].filter { $0.1.count > 1 }
    try createFolder(URL(filePath: folder, directoryHint: .isDirectory))
    for (name, rows) in tables {
      try writeText(rows.joined(separator: "\n") + "\n", to: "\(folder)/\(name)")
    }
    return tables.map(\.0)
  }

  /// The rows of epochs under their heading; what was not measured is empty.
  public static func epochs(_ epochs: [EpochRecord]) -> [String] {
    guard let first = epochs.first else { return [] }
    let names = EpochNumbers.values(of: first).map(\.name)
    return [(["epoch", "step"] + names).joined(separator: ",")]
      + epochs.map { epoch in
        row(
          [Double(epoch.epoch), Double(epoch.step)] + EpochNumbers.values(of: epoch).map(\.value))
      }
  }

  private static func steps(_ steps: [StepRecord]) -> [String] {
    ["step,epoch,loss,learningRate,gradientNorm,updateRatio"]
      + steps.map {
        row([
          Double($0.step), Double($0.epoch), $0.loss, $0.learningRate, $0.gradientNorm,
          $0.updateRatio,
        ])
      }
  }

  private static func metrics(_ metrics: [MetricSeries]) -> [String] {
    ["name,step,value,seconds"]
      + metrics.flatMap { metric in
        metric.points.map {
          quoted(metric.name) + "," + row([Double($0.step), $0.value, $0.seconds])
        }
      }
  }

  private static func row(_ values: [Double?]) -> String {
    values.map { $0.map(text) ?? "" }.joined(separator: ",")
  }

  /// A number as shortly as it can be read back; whole ones without a fraction.
  private static func text(_ number: Double) -> String {
    if let whole = Int(exactly: number), abs(whole) < 1 << 53 { return String(whole) }
    return "\(number)"
  }

  private static func quoted(_ text: String) -> String {
    guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}

/// Writes a file of text.
func writeText(_ text: String, to path: String) throws(StoreError) {
  do {
    try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
  } catch {
    if (error as? CocoaError)?.code == .fileWriteOutOfSpace { throw .diskFull(path: path) }
    throw .cannotCreate(path: path, reason: error.localizedDescription)
  }
}
