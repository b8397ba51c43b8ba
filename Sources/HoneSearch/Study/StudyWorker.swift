public import Foundation
public import HoneRecords
import HoneText
import Synchronization

/// One worker of a study that several processes share through a store.
///
/// The worker holds a copy of the study that it brings up to date before it suggests or prunes. It
/// renews its trials' leases by itself; a trial that it loses is left to whoever has it then.
public final class StudyWorker: Sendable {
  /// The time beyond its limit that a trial has to end by itself, at most.
  static let longestGrace = Duration.seconds(2)
  /// Reports closer together are told to the store together.
  private static let shortReport = Duration.milliseconds(50)
  /// How long a worker without work waits before it looks again.
  private static let pauseSeconds = 0.02

  /// A trial in hand.
  struct Held {
    let number: Int
    let attempt: Int
    let since = ContinuousClock.now
    /// When the store was last told of it.
    var told = ContinuousClock.now
    var isLost = false
  }

  /// What there is to do.
  private enum Next {
    case trial(TrialClaim)
    case wait
    case end
  }

  let store: any TrialStore
  let name: String
  let identity: WorkerIdentity
  let leaseSeconds: Double
  let study: Study
  let onHang: (@Sendable (_ trial: Int) -> Void)?
  /// The trials in hand by number; none between trials.
  let held = Mutex<[Int: Held]>([:])
  /// How many finished trials the store has told of.
  private let received = Mutex(0)

  /// A worker of a stored study.
  /// - Parameters:
  ///   - deadline: when this worker starts no trial any more, besides the study's own deadline.
  ///   - leaseSeconds: how long others wait for a worker of another machine that is silent.
  ///   - onHang: called when a trial has passed the study's limit without telling anything and has
  ///     been ended in the store, from another thread than the trial's: who has a process of its own
  ///     for trials ends it here.
  /// - Throws: `SearchError` where sampler or pruner are not those of the study; the store's errors.
  public init(
    _ name: String, in store: any TrialStore, sampler: any TrialSampler,
    pruner: (any TrialPruner)? = nil, identity: WorkerIdentity, deadline: Date? = nil,
    leaseSeconds: Double = 60, onHang: (@Sendable (_ trial: Int) -> Void)? = nil
  ) throws {
    var record = try StudyWorker.definition(of: store.study(name))
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
    self.onHang = onHang
    study = try Study(resuming: record, sampler: sampler, pruner: pruner)
    let hasEpochs = record.budget.epochs != nil && record.mode == .asynchronous
    study.state.withLock { state in
      state.isShared = true
      guard hasEpochs else { return }
      // A store that cannot be reached for a moment does not end a trial.
      state.beginsEpoch = { (try? store.beginEpoch(in: name)) ?? true }
    }
  }

  /// Runs trials until none may be started any more.
  /// - Parameter stopRequested: asked before each trial whether to leave the rest for later.
  /// - Returns: how many trials this worker ended.
  /// - Throws: the store's errors; the study is as the store has it.
  @discardableResult
  public func run(
    stopRequested: () -> Bool = { false }, objective: (Trial) throws -> [Double]
  ) throws -> Int {
    try run(together: 1, stopRequested: stopRequested) { trials, tell in
      for trial in trials { tell(trial, Result { try objective(trial) }) }
    }
  }

  /// Runs trials, several at a time, until none may be started any more.
  ///
  /// Of trials that are taken together the later ones are suggested while the earlier ones run, as if as
  /// many workers had asked one after another.
  /// - Parameters:
  ///   - count: how many trials are taken together, at most: those that are there, none is waited for.
  ///   - stopRequested: asked before trials are taken whether to leave the rest for later.
  ///   - objective: runs trials, and tells what came of each as soon as that is known.
  /// - Returns: how many trials this worker ended.
  /// - Throws: the store's errors; the study is as the store has it.
  /// - Precondition: `count` is positive; the objective tells of every trial once.
  @discardableResult
  public func run(
    together count: Int, stopRequested: () -> Bool = { false },
    objective: (_ trials: [Trial], _ tell: (Trial, Result<[Double], any Error>) -> Void) -> Void
  ) throws -> Int {
    let watch = Watch(of: self)
    defer { watch.end() }
    var ended = 0
    while !stopRequested() {
      switch try next() {
      case .trial(let claim): ended += try work(claim, upTo: count, objective)
      case .wait: Thread.sleep(forTimeInterval: StudyWorker.pauseSeconds)
      case .end: return ended
      }
    }
    return ended
  }

  private func next() throws -> Next {
    try synchronize()
    var end = study.state.withLock { $0.end(now: Date()) }
    let takesEpoch = end == nil && study.state.withLock { $0.beginsEpoch != nil }
    if takesEpoch, try !store.beginEpoch(in: name) { end = .epochs }
    if let end { try store.end(study: name, because: end.rawValue) }
    let (resuming, below) = study.state.withLock { state in
      (
        study.pruner?.promotion(state.record.trials, objectives: state.record.objectives),
        state.limit
      )
    }
    // Whatever waits is left where time or epochs are used up.
    let isOver = end == .deadline || end == .epochs || end == .stopped
    let claim = try store.claim(
      in: name, by: identity,
      ClaimTerms(
        resuming: resuming, below: below, takesNothing: isOver, leaseSeconds: leaseSeconds))
    if let claim { return .trial(claim) }
    if takesEpoch, end == nil { try store.returnEpoch(in: name) }
    // What others run may be lost, or let a paused trial go on.
    let open = try store.unfinished(in: name).filter { $0.state != .paused }
    if isOver { return open.contains { $0.state == .running } ? .wait : .end }
    return open.isEmpty ? .end : .wait
  }

  /// Runs a trial, with others where there are any.
  /// - Returns: how many ended.
  private func work(
    _ claim: TrialClaim, upTo count: Int,
    _ objective: ([Trial], (Trial, Result<[Double], any Error>) -> Void) -> Void
  ) throws -> Int {
    defer {
      held.withLock { $0 = [:] }
      study.state.withLock { $0.recorder = nil }
    }
    var trials = try [taken(claim)].compactMap(\.self)
    while trials.count < count, case .trial(let claim) = try next() {
      if let trial = try taken(claim) { trials.append(trial) }
    }
    study.state.withLock { $0.recorder = recorder }
    var ended = 0
    var failure: (any Error)?
    objective(trials) { trial, result in
      do {
        if try finish(trial, result) { ended += 1 }
      } catch {
        // The others go on; the store's first error is the one to report.
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    return ended
  }

  /// Takes a trial in hand; nil where there is no point for it any more, or another has it by now.
  private func taken(_ claim: TrialClaim) throws -> Trial? {
    let number = claim.trial.number
    held.withLock { $0[number] = Held(number: number, attempt: claim.trial.attempt) }
    // Of a batch, those before this one may have been given out since.
    if study.isDeterministic { try synchronize() }
    guard let trial = study.adopt(claim) else {
      try cancel(claim.trial)
      held.withLock { $0[number] = nil }
      return nil
    }
    guard try keep(number) else {
      held.withLock { $0[number] = nil }
      return nil
    }
    return trial
  }

  /// Keeps what came of a trial.
  /// - Returns: whether the trial ended by it.
  private func finish(_ trial: Trial, _ result: Result<[Double], any Error>) throws -> Bool {
    let number = trial.number
    defer { held.withLock { $0[number] = nil } }
    study.attempt(trial) { _ in try result.get() }
    let record = study.trial(number)
    if record.state == .paused { _ = try keep(number) }
    return try store.finish(record, in: name, by: identity) && record.state.isFinished
  }

  private var recorder: @Sendable (Int, Bool) -> Bool {
    { [self] number, mayWait in
      do {
        if study.pruner != nil { try synchronize() }
        // Nobody decides by these reports, and the next one tells of this one too.
        if mayWait, study.pruner == nil, study.saved(number) == nil,
          let trial = held.withLock({ $0[number] }),
          ContinuousClock.now - trial.told < StudyWorker.shortReport
        {
          return !trial.isLost
        }
        return try keep(number)
      } catch {
        // A store that cannot be reached for a report may be back for the result.
        return true
      }
    }
  }

  /// Ends a trial for which there is no point any more.
  private func cancel(_ trial: TrialRecord) throws {
    try store.end(study: name, because: StudyEnd.exhausted.rawValue)
    var none = trial
    none.state = .failed
    none.failure = .cancelled
    none.note = "Every point had been tried."
    _ = try store.finish(none, in: name, by: identity)
  }

  /// Brings the copy of the study up to date, but for the trials in hand.
  private func synchronize() throws {
    let news = try store.news(in: name, after: received.withLock { $0 })
    received.withLock { $0 += news.finished.count }
    let own = Set(held.withLock { $0.keys })
    study.state.withLock { $0.take(news, except: own) }
  }

  /// Writes what a trial in hand has told so far.
  private func keep(_ number: Int) throws -> Bool {
    var trial = study.trial(number)
    trial.state = .running
    let isOwn = try store.update(
      trial, saved: study.saved(number), in: name, by: identity, leaseSeconds: leaseSeconds)
    held.withLock { held in
      held[number]?.told = .now
      if !isOwn { held[number]?.isLost = true }
    }
    return isOwn
  }
}

extension Study {
  fileprivate var isDeterministic: Bool { state.withLock { $0.record.mode != .asynchronous } }
}

extension StudyState {
  /// The number below which new trials are, while those of the last batch that is shown are known.
  fileprivate var limit: Int? {
    guard case .deterministic(let batch) = record.mode else { return nil }
    return record.order.count + batch
  }
}
