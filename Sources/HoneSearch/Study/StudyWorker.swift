public import Foundation
public import HoneRecords
import HoneText
import Synchronization

/// One worker of a study that several processes share through a store.
///
/// The worker holds a copy of the study that it brings up to date before it suggests or prunes. It
/// renews its trial's lease by itself; a trial that it loses is left to whoever has it then.
public final class StudyWorker: Sendable {
  private let store: any TrialStore
  private let name: String
  private let identity: WorkerIdentity
  private let leaseSeconds: Double
  private let study: Study
  /// The trial in hand and its attempt; nil between trials.
  private let held = Mutex<(number: Int, attempt: Int, isLost: Bool)?>(nil)

  /// Adds a study to a store for workers to open.
  /// - Parameters:
  ///   - configuration: the canonical JSON of what the trials change, where they are training runs.
  ///   - dataFingerprint: that of the data.
  /// - Throws: `SearchError` where sampler, pruner or budget do not fit, or the space is not declared;
  ///   the store's error where it has a study of the name.
  public static func create(
    _ study: Study, in store: any TrialStore, configuration: String? = nil,
    dataFingerprint: String? = nil
  ) throws {
    let record = study.record
    guard record.isDeclared else {
      throw SearchError.unsuitableSampler(
        sampler: record.sampler,
        reason: Localized(
          "a study of several processes needs its space before the first trial.",
          korean: "여러 프로세스가 함께하는 연구는 첫 시행 전에 공간이 정해져 있어야 합니다."))
    }
    guard record.mode == .asynchronous else { throw SearchError.invalidBudget }
    var definition = record
    definition.queue = []
    var header = StudyHeader(
      name: record.name, format: record.format, created: Date(),
      maximumTrials: record.budget.trials, definition: try CanonicalJSON.string(definition))
    header.configuration = configuration
    header.dataFingerprint = dataFingerprint
    try store.create(header)
    if !record.queue.isEmpty { try store.enqueue(record.queue, in: record.name) }
  }

  /// All of a stored study.
  /// - Throws: `SearchError.newerStudy` for a study of a later version; the store's errors.
  public static func record(of name: String, in store: any TrialStore) throws -> StudyRecord {
    let header = try store.study(name)
    guard header.format <= StudyRecord.currentFormat else {
      throw SearchError.newerStudy(version: header.format)
    }
    var record = try CanonicalJSON.decode(StudyRecord.self, from: header.definition)
    let finished = try store.finished(in: name, after: 0)
    let open = try store.unfinished(in: name)
    record.trials = (finished + open).sorted { $0.number < $1.number }
    record.order = finished.map(\.number)
    record.end = header.end.flatMap(StudyEnd.init)
    return record
  }

  /// A worker of a stored study.
  /// - Parameters:
  ///   - deadline: when this worker starts no trial any more, besides the study's own deadline.
  ///   - leaseSeconds: how long others wait for a worker of another machine that is silent.
  /// - Throws: `SearchError` where sampler or pruner are not those of the study; the store's errors.
  public init(
    _ name: String, in store: any TrialStore, sampler: any TrialSampler,
    pruner: (any TrialPruner)? = nil, identity: WorkerIdentity, deadline: Date? = nil,
    leaseSeconds: Double = 60
  ) throws {
    let header = try store.study(name)
    guard header.format <= StudyRecord.currentFormat else {
      throw SearchError.newerStudy(version: header.format)
    }
    var record = try CanonicalJSON.decode(StudyRecord.self, from: header.definition)
    if let deadline {
      record.budget.deadline = min(deadline, record.budget.deadline ?? deadline)
    }
    guard record.sampler == sampler.name, record.pruner == pruner?.name else {
      throw SearchError.unsuitableSampler(
        sampler: sampler.name,
        reason: Localized(
          "the study was made with \(record.sampler) and \(record.pruner ?? "no pruner").",
          korean: "이 연구는 \(record.sampler)와(과) \(record.pruner ?? "프루너 없음")으로 만들어졌습니다."))
    }
    self.store = store
    self.name = name
    self.identity = identity
    self.leaseSeconds = leaseSeconds
    study = try Study(resuming: record, sampler: sampler, pruner: pruner)
    study.state.withLock { $0.isShared = true }
  }

  /// Runs trials until none may be started any more.
  /// - Parameter stopRequested: asked before each trial whether to leave the rest for later.
  /// - Returns: how many trials this worker ended.
  /// - Throws: the store's errors; the study is as the store has it.
  @discardableResult
  public func run(
    stopRequested: () -> Bool = { false }, objective: (Trial) throws -> [Double]
  ) throws -> Int {
    let stopping = Mutex(false)
    let done = DispatchSemaphore(value: 0)
    Thread.detachNewThread { [self] in
      while !stopping.withLock({ $0 }) {
        renewLease()
        Thread.sleep(forTimeInterval: min(leaseSeconds / 3, 0.5))
      }
      done.signal()
    }
    defer {
      stopping.withLock { $0 = true }
      done.wait()
    }
    var count = 0
    while true {
      if stopRequested() { return count }
      if let claim = try claim() {
        if try work(claim, objective) { count += 1 }
        continue
      }
      // What others run may be lost, or let a paused trial go on.
      let open = try store.unfinished(in: name).contains { $0.state != .paused }
      if !open { return count }
      Thread.sleep(forTimeInterval: 0.05)
    }
  }

  private func claim() throws -> TrialClaim? {
    try synchronize()
    if let end = study.state.withLock({ $0.end(now: Date()) }) {
      try store.end(study: name, because: end.rawValue)
    }
    let paused = study.state.withLock { state in
      study.pruner?.promotion(state.record.trials, objectives: state.record.objectives)
    }
    return try store.claim(
      in: name, by: identity, resuming: paused, leaseSeconds: leaseSeconds)
  }

  private func work(_ claim: TrialClaim, _ objective: (Trial) throws -> [Double]) throws -> Bool {
    let number = claim.trial.number
    held.withLock { $0 = (number, claim.trial.attempt, false) }
    defer { held.withLock { $0 = nil } }
    guard let trial = study.adopt(claim) else {
      try store.end(study: name, because: StudyEnd.exhausted.rawValue)
      var none = claim.trial
      none.state = .failed
      none.failure = .cancelled
      none.note = "Every point had been tried."
      _ = try store.finish(none, in: name, by: identity)
      return false
    }
    guard try keep(number) else { return false }
    let recorder: @Sendable (Int) -> Bool = { [self] number in
      do {
        try synchronize(except: number)
        return try keep(number)
      } catch {
        // A store that cannot be reached for a report may be back for the result.
        return true
      }
    }
    study.state.withLock { $0.recorder = recorder }
    defer { study.state.withLock { $0.recorder = nil } }
    study.attempt(trial, objective)
    let record = study.trial(number)
    if record.state == .paused { _ = try keep(number) }
    return try store.finish(record, in: name, by: identity) && record.state.isFinished
  }

  /// Brings the copy of the study up to date, but for the trial in hand.
  private func synchronize(except number: Int? = nil) throws {
    let known = study.state.withLock { $0.record.order.count }
    let finished = try store.finished(in: name, after: known)
    let open = try store.unfinished(in: name)
    study.state.withLock { state in
      for trial in finished + open where trial.number != number { state.place(trial) }
      for trial in finished where trial.number != number { state.show(trial.number) }
    }
  }

  /// Writes what the trial in hand has told so far.
  private func keep(_ number: Int) throws -> Bool {
    var trial = study.trial(number)
    trial.state = .running
    let isOwn = try store.update(
      trial, saved: study.saved(number), in: name, by: identity, leaseSeconds: leaseSeconds)
    if !isOwn { held.withLock { $0?.isLost = true } }
    return isOwn
  }

  private func renewLease() {
    guard let (number, attempt, isLost) = held.withLock({ $0 }), !isLost else { return }
    let isOwn = try? store.renew(
      number, attempt: attempt, in: name, by: identity, leaseSeconds: leaseSeconds)
    if isOwn == false { held.withLock { $0?.isLost = true } }
  }
}
