import Foundation
import HoneRecords

/// Runs in the folders of MLflow's file store, which `mlflow ui --backend-store-uri FOLDER` shows.
///
/// The layout: `EXPERIMENT/meta.yaml`, and in it a folder for each run with `meta.yaml`, `params/NAME`,
/// `metrics/NAME` (a line `milliseconds value step` for each value), `tags/NAME` and `artifacts/`.
public enum MLflowExport {
  /// Adds a run to a folder of MLflow, which is made if need be.
  /// - Parameters:
  ///   - run: what to write.
  ///   - folder: what MLflow calls `mlruns`.
  ///   - experiment: the name of the experiment.
  ///   - artifacts: where the run's files lie; they are copied.
  /// - Returns: the folder of the run.
  /// - Throws: `StoreError`; `.cannotCreate` where the run is there already.
  public static func write(
    _ run: RunContents, to folder: String, experiment: String = "hone",
    artifacts: ArtifactFolders? = nil
  ) throws(StoreError) -> String {
    let record = run.evidence.run
    // MLflow tells experiments apart by numbers; any stable one will do.
    let number = identifier(of: experiment, digits: 18)
    let experimentFolder = "\(absolute(folder))/\(number)"
    try createFolder(URL(filePath: experimentFolder))
    if !FileManager.default.fileExists(atPath: experimentFolder + "/meta.yaml") {
      try writeText(
        yaml([
          ("artifact_location", quoted("file://\(experimentFolder)")),
          ("creation_time", milliseconds(record.created)), ("experiment_id", quoted(number)),
          ("last_update_time", milliseconds(record.created)), ("lifecycle_stage", "active"),
          ("name", quoted(experiment)),
        ]), to: experimentFolder + "/meta.yaml")
    }
    let place = "\(experimentFolder)/\(runIdentifier(record.id))"
    guard !FileManager.default.fileExists(atPath: place) else {
      throw .cannotCreate(path: place, reason: "the run is there already")
    }
    for part in ["params", "metrics", "tags", "artifacts"] {
      try createFolder(URL(filePath: "\(place)/\(part)"))
    }
    try writeText(metadata(record, experiment: number, place: place), to: place + "/meta.yaml")
    try writeSettings(record, to: place)
    try writeMetrics(run, to: place)
    if let artifacts { try copyFiles(of: record.id, artifacts, to: place + "/artifacts") }
    return place
  }

  private static func metadata(_ run: RunRecord, experiment: String, place: String) -> String {
    let status =
      switch run.status {
      case .completed, .stoppedEarly: "3"
      case .running: "1"
      case .interrupted: "5"
      case .diverged, .failed: "4"
      }
    let end = run.status == .running ? "null" : milliseconds(run.created + run.seconds)
    let identifier = runIdentifier(run.id)
    return yaml([
      ("artifact_uri", quoted("file://\(place)/artifacts")), ("end_time", end),
      ("entry_point_name", "''"), ("experiment_id", quoted(experiment)),
      ("lifecycle_stage", "active"), ("run_id", quoted(identifier)),
      ("run_name", quoted(run.name)), ("run_uuid", quoted(identifier)), ("source_name", "''"),
      ("source_type", "4"), ("source_version", "''"), ("start_time", milliseconds(run.created)),
      ("status", status), ("tags", "[]"), ("user_id", "hone"),
    ])
  }

  private static func writeSettings(_ run: RunRecord, to place: String) throws(StoreError) {
    for setting in HyperparameterSummary.settings(ofConfiguration: run.configuration) {
      let text =
        switch setting.value {
        case .text(let text): text
        case .bool(let isTrue): isTrue ? "true" : "false"
        case .number(let number): Int(exactly: number).map(String.init) ?? "\(number)"
        }
      try writeText(text, to: "\(place)/params/\(fileName(setting.name))")
    }
    var tags = [
      "mlflow.runName": run.name, "mlflow.source.name": run.command.joined(separator: " "),
      "mlflow.source.type": "LOCAL", "hone.run": run.id, "hone.data": run.dataSource,
      "hone.fingerprint": run.dataFingerprint, "hone.status": run.status.rawValue,
      "hone.version": run.environment.hone,
    ]
    if !run.note.isEmpty { tags["mlflow.note.content"] = run.note }
    if let outcome = run.outcome { tags["hone.outcome"] = outcome }
    for tag in run.tags { tags["hone.tag.\(fileName(tag))"] = "true" }
    for (name, text) in tags { try writeText(text, to: "\(place)/tags/\(name)") }
  }

  private static func writeMetrics(_ run: RunContents, to place: String) throws(StoreError) {
    let record = run.evidence.run
    var lines: [String: [String]] = [:]
    func add(_ name: String, _ value: Double?, _ step: Int, _ time: Date) {
      guard let value else { return }
      let text = value.isNaN ? "nan" : value.isInfinite ? (value < 0 ? "-inf" : "inf") : "\(value)"
      lines[name, default: []].append("\(milliseconds(time)) \(text) \(step)")
    }
    var time = record.created
    for epoch in run.evidence.epochs {
      time += epoch.seconds
      for (name, value) in EpochNumbers.values(of: epoch) { add(name, value, epoch.epoch, time) }
    }
    for step in run.evidence.steps {
      add("step/loss", step.loss, step.step, record.created)
      add("step/learningRate", step.learningRate, step.step, record.created)
      add("step/gradientNorm", step.gradientNorm, step.step, record.created)
      add("step/updateRatio", step.updateRatio, step.step, record.created)
    }
    for metric in run.metrics ?? [] {
      for point in metric.points {
        add(metric.name, point.value, point.step, record.created + (point.seconds ?? 0))
      }
    }
    if let test = record.test {
      add("test/loss", test.loss, test.epoch ?? 0, time)
      add("test/metric", test.metric, test.epoch ?? 0, time)
      for (name, value) in test.metrics { add("test/\(name)", value, test.epoch ?? 0, time) }
    }
    for (name, rows) in lines {
      let file = URL(filePath: "\(place)/metrics/\(metricPath(name))")
      try createFolder(file.deletingLastPathComponent())
      try writeText(rows.joined(separator: "\n") + "\n", to: file.path)
    }
  }

  private static func copyFiles(
    of run: RunRecord.ID, _ artifacts: ArtifactFolders, to place: String
  ) throws(StoreError) {
    let folder = try artifacts.folder(of: run)
    let files = FileManager.default
    for name in (try? files.contentsOfDirectory(atPath: folder.path).sorted()) ?? [] {
      do {
        try files.copyItem(atPath: folder.path + "/" + name, toPath: place + "/" + name)
      } catch {
        throw .inputOutput(path: place + "/" + name, reason: error.localizedDescription)
      }
    }
  }
}

extension MLflowExport {
  /// MLflow's names of runs are 32 digits of 16: those of a hash of ours.
  static func runIdentifier(_ id: String) -> String {
    let first = hash(id.utf8, 0xCBF2_9CE4_8422_2325)
    return hexadecimal(first) + hexadecimal(hash(id.utf8, ~first))
  }

  /// A stable number of a name, of so many decimal digits.
  private static func identifier(of name: String, digits: Int) -> String {
    let number = String(hash(name.utf8, 0xCBF2_9CE4_8422_2325))
    return String((number + String(repeating: "7", count: digits)).prefix(digits))
  }

  /// FNV-1a (Fowler, Noll and Vo) from a starting value.
  private static func hash(_ bytes: some Sequence<UInt8>, _ start: UInt64) -> UInt64 {
    bytes.reduce(start) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }

  private static func hexadecimal(_ number: UInt64) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }

  private static func milliseconds(_ date: Date) -> String {
    String(Int((date.timeIntervalSince1970 * 1000).rounded()))
  }

  private static func yaml(_ entries: [(String, String)]) -> String {
    entries.map { "\($0.0): \($0.1)\n" }.joined()
  }

  /// Text as YAML takes it whatever it holds.
  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "''").replacing("\n", with: " ") + "'"
  }

  /// A name with what MLflow allows: letters, digits, underscores, dashes, full stops, blanks.
  static func fileName(_ name: String) -> String {
    let plain = String(
      name.map { character in
        character.isLetter || character.isNumber || "_-. ".contains(character) ? character : "_"
      })
    return plain.isEmpty || plain.allSatisfy { $0 == "." } ? "_" : plain
  }

  /// A metric's name; slashes make folders, as in MLflow itself.
  static func metricPath(_ name: String) -> String {
    name.split(separator: "/").map { fileName(String($0)) }.joined(separator: "/")
  }

  private static func absolute(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.path
  }
}
