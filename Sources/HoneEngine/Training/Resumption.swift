import HoneAssembly
import HoneConfiguration
import HoneData
import HoneRecords
import HoneTensor
import HoneText

/// A run to be continued exactly as it began, or not at all.
struct Resumption {
  /// The run as the store has it.
  let run: RunRecord
  /// Its own configuration.
  let configuration: Configuration

  /// Refuses runs that have ended and circumstances that have changed.
  /// - Parameter asked: the configuration of the command line; what it sets must be the run's own.
  /// - Throws: `EngineError.finished`, `EngineError.changed`.
  init(_ run: RunRecord, asked: Configuration) throws {
    switch run.status {
    case .completed, .stoppedEarly, .diverged:
      throw EngineError.finished(run: run.id, status: run.status.rawValue)
    case .running, .interrupted, .failed: break
    }
    self.run = run
    configuration = try Configuration(text: run.configuration, file: "run \(run.id)")
    if let change = Self.change(asked, from: configuration) {
      throw EngineError.changed(run: run.id, what: change)
    }
    let version = run.environment.libtorch ?? "-"
    guard version == Torch.version else {
      throw EngineError.changed(
        run: run.id, what: .libtorch(was: version, now: Torch.version))
    }
  }

  /// Who the run is; all as it was.
  var identity: RunIdentity {
    var identity = RunIdentity(created: run.created, name: run.name)
    identity.id = run.id
    identity.tags = run.tags
    identity.parent = run.parent
    identity.command = run.command
    identity.environment = run.environment
    return identity
  }

  /// Refuses data that are not the run's.
  func check(_ data: Dataset) throws {
    guard data.fingerprint == run.dataFingerprint else {
      throw EngineError.changed(run: run.id, what: .data(source: run.dataSource))
    }
  }

  /// Refuses a device, a precision or pretrained weights other than the run's.
  func check(_ assembled: RunRecord) throws {
    let was = "\(run.device) \(run.precision)"
    let now = "\(assembled.device) \(assembled.precision)"
    guard was == now else {
      throw EngineError.changed(run: run.id, what: .device(was: was, now: now))
    }
    if let file = run.pretrained, file.sha256 != assembled.pretrained?.sha256 {
      throw EngineError.changed(run: run.id, what: .pretrained(file: file.file))
    }
  }

  /// The first key that the command line sets to something else than the run has.
  private static func change(
    _ asked: Configuration, from own: Configuration
  ) -> EngineError.Change? {
    let said = Configuration.difference(Configuration(), asked).map(\.path)
    let differing = Configuration.difference(own, asked).first { change in
      said.contains { $0 == change.path || $0.hasPrefix(change.path + ".") }
    }
    return differing.map {
      .configuration(key: $0.path, was: text($0.old), now: text($0.new))
    }
  }

  private static func text(_ value: ConfigurationValue) -> String {
    (try? CanonicalJSON.string(value)) ?? "\(value)"
  }
}
