import HoneNumerics
public import HoneRecords
import HoneText

/// Writes a line of JSON for each event to a file: `began` and `ended` with the run's record, `step`
/// for sampled steps, `epoch`, `checkpoint`, `note`.
///
/// A resumed run goes on in its file: lines of steps and epochs that it trains anew are replaced. A file
/// of another run is replaced as a whole. Numbers that JSON lacks are the strings `nan`, `inf`, `-inf`.
public final class JSONLinesObserver: TrainingObserver {
  private let path: String
  private var log: LogFile
  /// Lines of the run's first part that are not yet known to be trained anew.
  private var isResuming = false

  /// An observer that writes to a file; `{run}` in its path stands for the run's id.
  public init(path: String) {
    self.path = path
    log = LogFile(path: path)
  }

  /// One line.
  private struct Line: Codable {
    var event: String
    var run: RunRecord?
    var step: StepRecord?
    var epoch: EpochRecord?
    var path: String?
    var note: String?
  }

  /// Writes what the event says.
  /// - Throws: `FileError` where the disk refuses.
  public func receive(_ event: TrainingEvent) throws {
    switch event {
    case .began(let record): try begin(record)
    case .step(let step):
      try forget(steps: step.step, epochs: step.epoch)
      try add(Line(event: "step", step: step))
    case .epoch(let epoch):
      try forget(steps: epoch.step + 1, epochs: epoch.epoch)
      try add(Line(event: "epoch", epoch: epoch))
    case .checkpoint(let path, _, _): try add(Line(event: "checkpoint", path: path))
    case .note(let note): try add(Line(event: "note", note: note.english))
    case .ended(let record):
      try add(Line(event: "ended", run: record))
      log.close()
    case .epochBegan, .progress: break
    }
  }

  private func add(_ line: Line) throws { try log.add(CanonicalJSON.string(line)) }

  private func begin(_ record: RunRecord) throws {
    log = LogFile(path: path.replacing("{run}", with: record.id))
    let former = log.lines
    let first = former.first.flatMap { try? CanonicalJSON.decode(Line.self, from: $0) }
    isResuming = first?.run?.id == record.id
    try log.begin(with: isResuming ? former : [])
    try add(Line(event: "began", run: record))
  }

  /// Drops what an earlier part of the run said of steps and epochs from these numbers on.
  private func forget(steps: Int, epochs: Int) throws {
    guard isResuming else { return }
    isResuming = false
    let kept = log.lines.filter { text in
      guard let line = try? CanonicalJSON.decode(Line.self, from: text) else { return false }
      if let step = line.step { return step.step < steps }
      if let epoch = line.epoch { return epoch.epoch < epochs }
      return true
    }
    log.close()
    try log.begin(with: kept)
  }
}
