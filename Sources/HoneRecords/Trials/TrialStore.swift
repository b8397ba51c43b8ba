public import Foundation

/// What a store knows of a study besides its trials.
public struct StudyHeader: Sendable, Codable, Equatable {
  /// The study's name, of which there is one in a store.
  public var name: String
  /// The form of the definition; a later one than a program knows is refused.
  public var format: Int
  /// When it was made.
  public var created: Date
  /// How many trials are started at most; nil for no limit.
  public var maximumTrials: Int?
  /// How many epochs all trials have together; nil for no limit.
  public var maximumEpochs: Int?
  /// The epochs that were begun, of a study with a limit.
  public var epochs: Int?
  /// Space, objectives, sampler and budget in JSON; the store does not look inside.
  public var definition: String
  /// The canonical JSON of the configuration that the trials change; nil for a program's own study.
  public var configuration: String?
  /// The fingerprint of the data that they train on; nil for a program's own study.
  public var dataFingerprint: String?
  /// Why the study has ended; nil while it goes on.
  public var end: String?

  /// What a store knows of a study.
  public init(
    name: String, format: Int, created: Date, maximumTrials: Int?, definition: String,
    end: String? = nil
  ) {
    self.name = name
    self.format = format
    self.created = created
    self.maximumTrials = maximumTrials
    self.definition = definition
    self.end = end
  }
}

/// Who runs a trial: a thread of a process of a machine.
public struct WorkerIdentity: Sendable, Codable, Hashable {
  /// Its name, which no other worker has.
  public var name: String
  /// The machine and its start, by which processes of the same machine are told.
  public var host: String
  /// The process.
  public var process: Int32
  /// When the process started, in the machine's own count: numbers of processes come again.
  public var processStart: String

  /// A worker.
  public init(name: String, host: String, process: Int32, processStart: String) {
    self.name = name
    self.host = host
    self.process = process
    self.processStart = processStart
  }
}

/// A trial that a worker has for as long as it renews its lease.
public struct TrialClaim: Sendable, Equatable {
  /// The trial; a new one has no parameters yet.
  public var trial: TrialRecord
  /// What it saved before it was paused or lost its worker.
  public var saved: Data?

  /// A claim.
  public init(trial: TrialRecord, saved: Data? = nil) {
    self.trial = trial
    self.saved = saved
  }
}

/// What a worker would take on.
public struct ClaimTerms: Sendable, Equatable {
  /// The trial to go on with, where it is still paused.
  public var resuming: Int?
  /// The number below which new trials are; nil for any.
  public var below: Int?
  /// Whether nothing is given: only trials of lost workers are taken from them.
  public var takesNothing: Bool
  /// How long the trial is the worker's unless it renews.
  public var leaseSeconds: Double

  /// Terms.
  public init(
    resuming: Int? = nil, below: Int? = nil, takesNothing: Bool = false, leaseSeconds: Double
  ) {
    self.resuming = resuming
    self.below = below
    self.takesNothing = takesNothing
    self.leaseSeconds = leaseSeconds
  }
}

/// What has happened to a study since somebody looked.
public struct StudyNews: Sendable, Equatable {
  /// The trials that have finished, in the order in which they finished.
  public var finished: [TrialRecord]
  /// The trials that have not, by number.
  public var open: [TrialRecord]

  /// News.
  public init(finished: [TrialRecord], open: [TrialRecord]) {
    self.finished = finished
    self.open = open
  }
}

/// Where studies are kept that several processes work on.
///
/// Every call is one transaction. Trials get the numbers 0, 1, 2 without gaps; a point of the queue
/// goes to one worker; a worker whose lease has run out or whose process is gone loses its trial to
/// another, and what it says afterwards is refused.
public protocol TrialStore: Sendable {
  /// Adds a study; throws where there is one of the name.
  func create(_ study: StudyHeader) throws
  /// The study of a name; throws where there is none.
  func study(_ name: String) throws -> StudyHeader
  /// All studies, the newest first.
  func studies() throws -> [StudyHeader]
  /// Removes a study and its trials.
  func delete(study name: String) throws
  /// Lets a study go on that has ended, with other limits.
  /// - Parameters:
  ///   - maximumTrials: nil for no limit.
  ///   - maximumEpochs: nil for no limit.
  ///   - definition: what replaces the study's; nil for what it is.
  func reopen(
    study name: String, maximumTrials: Int?, maximumEpochs: Int?, definition: String?) throws
  /// Starts no trial any more, for a reason.
  func end(study name: String, because reason: String) throws
  /// Puts points before those of the sampler.
  func enqueue(_ points: [[String: HyperparameterValue]], in study: String) throws
  /// A trial for a worker: one whose worker was lost, a paused one, a point of the queue or a new
  /// one; nil where none may be started.
  func claim(
    in study: String, by worker: WorkerIdentity, _ terms: ClaimTerms
  ) throws -> TrialClaim?
  /// Begins an epoch of a study with a limit of them.
  /// - Returns: whether there was one left; always where there is no limit.
  func beginEpoch(in study: String) throws -> Bool
  /// Gives back an epoch that was begun and not used.
  func returnEpoch(in study: String) throws
  /// Takes from the workers of a process of this machine, which has ended, the trials that they had.
  /// - Parameters:
  ///   - failure: why they fail; nil to have them tried again, as often as is usual.
  ///   - note: what happened, for people.
  /// - Returns: the trials as they are now.
  func lose(
    process: Int32, in study: String, failure: TrialFailure?, note: String
  ) throws -> [TrialRecord]
  /// Keeps what a running trial has told so far and renews its lease.
  /// - Returns: whether the trial is still the worker's; nothing is kept where it is not.
  func update(
    _ trial: TrialRecord, saved: Data?, in study: String, by worker: WorkerIdentity,
    leaseSeconds: Double
  ) throws -> Bool
  /// Renews the lease of a running trial.
  /// - Returns: whether the trial is still the worker's.
  func renew(
    _ number: Int, attempt: Int, in study: String, by worker: WorkerIdentity, leaseSeconds: Double
  ) throws -> Bool
  /// Ends or pauses a trial, by its state.
  /// - Returns: whether the trial was still the worker's; its result is dropped where it was not.
  func finish(
    _ trial: TrialRecord, in study: String, by worker: WorkerIdentity
  ) throws -> Bool
  /// The finished trials after the first so many, in the order in which they finished.
  func finished(in study: String, after count: Int) throws -> [TrialRecord]
  /// The trials that have not finished, by number.
  func unfinished(in study: String) throws -> [TrialRecord]
  /// The finished trials after the first so many and all that have not finished, in one look.
  func news(in study: String, after count: Int) throws -> StudyNews
}
