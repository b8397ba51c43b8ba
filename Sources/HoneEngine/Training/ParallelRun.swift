import Foundation
import HoneAssembly
import HoneCommands
import HoneConfiguration
import HoneRecords
import HoneTensor
import HoneText
import HoneTrain

/// This process's part in a run that several train: it meets the others, sees to it that all have the
/// same run before them, and lets rank 0 alone speak and write.
struct ParallelRun {
  /// What the processes do together.
  let training: DataParallel
  private let place: ProcessPlace
  private let devices: DeviceClaim

  /// Meets the other processes, and takes a CUDA device of this machine where there is one for each.
  /// - Throws: `ProcessGroupError`.
  init(_ place: ProcessPlace) throws {
    self.place = place
    devices = DeviceClaim(
      rank: place.localRank, of: place.localSize, visible: place.visibleDevices)
    devices.take()
    var meeting = ProcessGroupPlace(
      rank: place.rank, size: place.size,
      address: .init(host: place.host, port: place.port))
    meeting.isHost = place.isHost
    meeting.listeningSocket = place.listeningSocket
    meeting.interface = place.interface
    meeting.attempt = place.attempt
    training = DataParallel(try ProcessGroup.connect(meeting))
  }

  /// Whether this process is the one that speaks and writes.
  var isWriter: Bool { training.isWriter }

  /// What is left for each process of this machine's threads.
  var threads: Int { max(1, ProcessInfo.processInfo.activeProcessorCount / place.localSize) }

  /// The context for this process: only rank 0 says anything.
  func context(_ context: CommandContext) -> CommandContext {
    if isWriter { return context }
    var silent = context
    silent.console = Console(output: { _ in }, error: { _ in })
    return silent
  }

  /// Runs what comes before and around training; what goes wrong there in one process is told to the
  /// others, which would wait for it.
  func telling<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch {
      // A loss is known to all, and what training throws has been told.
      if !(error is ProcessGroupError), !training.group.hasFailed {
        let reason = (error as? any ReportableError)?.explanation.english ?? "\(error)"
        training.group.leave(because: reason)
      }
      throw error
    }
  }

  /// What all processes must have before them alike.
  private struct Sameness: Codable, Equatable {
    var configuration: String
    var data: String
    var device: String
    var precision: String
    var hone: String
    var libtorch: String?
    var pretrained: String?

    init(_ run: RunRecord) {
      configuration = run.configuration
      data = run.dataFingerprint
      device = run.device
      precision = run.precision
      hone = run.environment.hone
      libtorch = run.environment.libtorch
      pretrained = run.pretrained?.sha256
    }

    /// The first thing that differs.
    func difference(from other: Sameness) -> String? {
      let parts: [(String, KeyPath<Sameness, String>)] = [
        ("data", \.data), ("configuration", \.configuration), ("device", \.device),
        ("precision", \.precision), ("version of Hone", \.hone),
      ]
      if let part = parts.first(where: { self[keyPath: $0.1] != other[keyPath: $0.1] }) {
        return part.0
      }
      if libtorch != other.libtorch { return "libtorch" }
      return pretrained != other.pretrained ? "pretrained weights" : nil
    }
  }

  /// A run that goes on, as rank 0 has looked it up.
  struct Told: Codable {
    var run: RunRecord
    /// The configuration that it goes on with, as canonical JSON.
    var configuration: String
  }

  /// Tells the others which run goes on; for rank 0.
  func tell(_ run: RunRecord, _ configuration: Configuration) throws {
    _ = try training.shared { Told(run: run, configuration: configuration.canonicalJSON) }
  }

  /// Which run goes on, for the others.
  func told() throws -> Told {
    // Only rank 0 runs the body.
    try training.shared { throw CancellationError() }
  }

  /// Refuses a CUDA device that processes would share, and a process that has something else before it
  /// than rank 0.
  func check(_ run: RunRecord) throws {
    if run.device != "cpu", devices.isShort {
      throw EngineError.sharedDevices(devices.count, processes: place.localSize)
    }
    let own = Sameness(run)
    let first = try training.shared { own }
    if let what = own.difference(from: first) {
      throw EngineError.differs(rank: place.rank, what: what)
    }
    // None begins before all have looked.
    _ = try training.group.sum([0])
  }
}

extension RunIdentity {
  /// What processes that begin a run together must agree on.
  struct Core: Codable {
    var id: String
    var created: Date
  }

  /// The same identity in all processes.
  func agreed(_ parallel: ParallelRun?) throws -> RunIdentity {
    guard let parallel else { return self }
    let core = try parallel.training.shared { Core(id: id, created: created) }
    var identity = self
    identity.id = core.id
    identity.created = core.created
    return identity
  }
}
