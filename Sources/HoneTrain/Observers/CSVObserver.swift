import HoneNumerics
public import HoneRecords

/// Writes a row for each epoch to a CSV file, with the run's id in the first column.
///
/// A resumed run goes on in its file: rows of epochs that it trains anew are replaced. A file of another
/// run is replaced as a whole. Numbers that were not measured are empty.
public final class CSVObserver: TrainingObserver {
  private let path: String
  private var log: LogFile
  private var run = ""

  /// An observer that writes to a file; `{run}` in its path stands for the run's id.
  public init(path: String) {
    self.path = path
    log = LogFile(path: path)
  }

  /// The names of the columns.
  public static let columns: [String] = [
    "run", "epoch", "step", "trainLoss", "trainMetric", "trainEvaluationLoss",
    "trainEvaluationMetric", "validationLoss", "validationMetric", "learningRate", "gradientNorm",
    "updateRatio", "seconds", "waitShare", "samplesPerSecond",
  ]

  /// Writes what the event says.
  /// - Throws: `FileError` where the disk refuses.
  public func receive(_ event: TrainingEvent) throws {
    switch event {
    case .began(let record):
      run = record.id
      log = LogFile(path: path.replacing("{run}", with: run))
      let rows = log.lines.dropFirst().filter { Self.isOf(run, epochsUpTo: record.epochs, $0) }
      try log.begin(with: [Self.columns.joined(separator: ",")] + rows)
    case .epoch(let epoch): try log.add(row(epoch))
    case .ended: log.close()
    case .epochBegan, .step, .progress, .checkpoint, .note: break
    }
  }

  /// Whether a row tells of a run's epoch that need not be trained again.
  private static func isOf(_ run: String, epochsUpTo last: Int, _ row: String) -> Bool {
    let cells = row.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false)
    return cells.count == 3 && cells[0] == run && Int(cells[1]).map { $0 <= last } ?? false
  }

  private func row(_ epoch: EpochRecord) -> String {
    let numbers: [Double?] = [
      epoch.trainLoss, epoch.trainMetric, epoch.trainEvaluationLoss, epoch.trainEvaluationMetric,
      epoch.validationLoss, epoch.validationMetric, epoch.learningRate, epoch.gradientNorm,
      epoch.updateRatio, epoch.seconds, epoch.waitShare, epoch.samplesPerSecond,
    ]
    let cells = [run, "\(epoch.epoch)", "\(epoch.step)"] + numbers.map { $0.map { "\($0)" } ?? "" }
    return cells.joined(separator: ",")
  }
}
