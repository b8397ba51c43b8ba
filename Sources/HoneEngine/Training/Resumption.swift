import HoneAssembly
import HoneCommands
import HoneConfiguration
import HoneData
import HoneRecords
import HoneTensor
import HoneText
import HoneTrain

/// A run to be continued exactly as it began, but for changes that the user allows.
struct Resumption {
  /// The run as the store has it.
  let run: RunRecord
  /// Its own configuration, with the changes that are allowed.
  private(set) var configuration: Configuration
  /// What changed and was allowed.
  private(set) var changes: [EngineError.Change] = []
  private let allowed: Set<ResumeChange>

  /// Refuses runs that have ended and circumstances that have changed.
  /// - Parameters:
  ///   - asked: the configuration of the command line; what it sets must be the run's own.
  ///   - allowed: what may have changed nevertheless.
  /// - Throws: `EngineError.finished`, `EngineError.changed`.
  init(_ run: RunRecord, asked: Configuration, allowing allowed: Set<ResumeChange>) throws {
    if run.status.isEnd {
      throw EngineError.finished(run: run.id, status: run.status.rawValue)
    }
    self.run = run
    self.allowed = allowed
    configuration = try Configuration(text: run.configuration, file: "run \(run.id)")
    let differences = Self.differences(asked, from: configuration)
    for difference in differences {
      try note(
        .configuration(
          key: difference.path, was: Self.text(difference.old), now: Self.text(difference.new)))
    }
    if !differences.isEmpty {
      configuration = try configuration.applying(
        Dictionary(differences.map { ($0.path, $0.new) }) { $1 })
    }
    try checkSoftware()
  }

  /// Who the run is; all as it was.
  var identity: RunIdentity {
    var identity = RunIdentity(created: run.created, name: run.name)
    identity.id = run.id
    identity.tags = run.tags
    identity.parent = run.parent
    identity.command = run.command
    // What is compared when the run is resumed again is where it went on last.
    identity.environment = changes.isEmpty ? run.environment : .current
    return identity
  }

  /// The threads of an operation: the run's, whatever this machine has, because sums depend on them.
  func threads(of assembled: RunRecord) -> Int {
    changes.contains { $0.kind == .configuration } && configuration.training.threads != nil
      ? assembled.threads : run.threads
  }

  /// Refuses data that are not the run's.
  mutating func check(_ data: Dataset) throws {
    guard data.fingerprint != run.dataFingerprint else { return }
    try note(.data(source: run.dataSource))
  }

  /// Refuses a device, a precision or pretrained weights other than the run's.
  mutating func check(_ assembled: RunRecord) throws {
    let was = "\(run.device) \(run.precision)"
    let now = "\(assembled.device) \(assembled.precision)"
    if was != now { try note(.device(was: was, now: now)) }
    if let file = run.pretrained, file.sha256 != assembled.pretrained?.sha256 {
      try note(.pretrained(file: file.file))
    }
  }

  /// The run's record with what changed, to go on with.
  /// - Parameters:
  ///   - record: the record of the run's checkpoint, or that of its new beginning.
  ///   - assembled: the record of the run as it is now.
  ///   - step: the steps that were taken before.
  func changed(_ record: RunRecord, to assembled: RunRecord, atStep step: Int) -> RunRecord {
    guard !changes.isEmpty else { return record }
    var record = record
    record.configuration = assembled.configuration
    record.dataFingerprint = assembled.dataFingerprint
    record.task = assembled.task
    record.device = assembled.device
    record.precision = assembled.precision
    record.threads = threads(of: assembled)
    record.environment = assembled.environment
    record.pretrained = assembled.pretrained
    record.changes =
      (record.changes ?? []) + changes.map { "After step \(step): \($0.sentence.english)." }
    return record
  }

  private mutating func checkSoftware() throws {
    let now = EnvironmentRecord.current
    let was = run.environment
    if was.libtorch != now.libtorch {
      try note(.libtorch(was: was.libtorch ?? "-", now: now.libtorch ?? "-"))
    }
    if was.hone != now.hone { try note(.hone(was: was.hone, now: now.hone)) }
    if let capability = was.capability, let here = now.capability, capability != here {
      try note(.processor(was: capability, now: here))
    }
  }

  private mutating func note(_ change: EngineError.Change) throws {
    guard allowed.contains(change.kind) else {
      throw EngineError.changed(run: run.id, what: change)
    }
    changes.append(change)
  }

  /// The keys that the command line sets to something else than the run has.
  private static func differences(
    _ asked: Configuration, from own: Configuration
  ) -> [ConfigurationChange] {
    let said = Configuration.difference(Configuration(), asked).map(\.path)
    return Configuration.difference(own, asked).filter { change in
      said.contains { $0 == change.path || $0.hasPrefix(change.path + ".") }
    }
  }

  private static func text(_ value: ConfigurationValue) -> String {
    (try? CanonicalJSON.string(value)) ?? "\(value)"
  }
}

extension RunStatus {
  /// Whether there is nothing left to do.
  var isEnd: Bool {
    switch self {
    case .completed, .stoppedEarly, .diverged: true
    case .running, .interrupted, .failed: false
    }
  }
}
