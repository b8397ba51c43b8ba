import Foundation
import HoneRecords
import HoneStore
import Synchronization
import Testing

@testable import HoneCommands

@Suite struct WorkerPoolTests {
  /// What a pool did with a shell script as its worker.
  private struct Ended {
    let status: Int32
    let errors: String
    let lines: [String]
    let losses: [TrialFailure?]
  }

  private func pool(
    _ script: String, count: Int = 2, trial: TrialRecord? = nil, memoryKills: [Int] = [0],
    grace: Double = 20, interruption: Interruption = Interruption()
  ) throws -> Ended {
    let folder = try TemporaryFolder()
    let errors = Collector()
    let environment = CommandEnvironment(
      variables: [:], executable: "/bin/sh", workingDirectory: folder.path,
      console: Console(output: { _ in }, error: errors.add), terminal: .none, engine: nil,
      openStore: { path, _ in throw StoreError.missing(path: path) }, become: { _, _, _ in })
    let kills = Mutex(memoryKills)
    let store = LosingStore(trial)
    var pool = WorkerPool(
      program: "/bin/sh", arguments: ["-c", script],
      variables: ["PATH": "/usr/bin:/bin", "FILE": folder.path + "/file"], count: count,
      study: "s", store: store, environment: environment,
      memoryKills: { kills.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] } })
    pool.graceSeconds = grace
    let status = try pool.run(interruption)
    let text = (try? String(contentsOfFile: folder.path + "/file", encoding: .utf8)) ?? ""
    return Ended(
      status: status, errors: errors.text, lines: text.split(separator: "\n").map(String.init),
      losses: store.losses.withLock { $0 })
  }

  @Test("all are started once, and the pool ends with the last of them") func plain() throws {
    let ended = try pool("echo x >> $FILE", count: 3)
    #expect(ended.status == 0 && ended.lines.count == 3 && ended.errors.isEmpty)
  }

  @Test("one that a trial has brought down is replaced, and the trial is named") func crash() throws
  {
    var trial = TrialRecord(number: 7, state: .waiting)
    trial.attempt = 2
    let ended = try pool(
      "echo x >> $FILE; [ $(wc -l < $FILE) -gt 1 ] || kill -SEGV $$", count: 1, trial: trial)
    #expect(ended.status == 0 && ended.lines.count == 2 && ended.losses == [nil])
    #expect(ended.errors.contains("trial 7 of study s"))
    #expect(ended.errors.contains("attempt 2 of 3") && ended.errors.contains("signal 11"))
  }

  @Test("one that was ended for want of memory has failed its trial for that") func memory() throws
  {
    var trial = TrialRecord(number: 7, state: .failed)
    trial.failure = .outOfMemory
    let ended = try pool(
      "echo x >> $FILE; [ $(wc -l < $FILE) -gt 1 ] || kill -KILL $$", count: 1, trial: trial,
      memoryKills: [3, 4])
    #expect(ended.losses == [.outOfMemory])
    #expect(ended.errors.contains("ran out of memory"))
  }

  @Test("one that ended a hanging trial is replaced without a word") func hang() throws {
    let ended = try pool("echo x >> $FILE; [ $(wc -l < $FILE) -gt 2 ] || exit 75", count: 1)
    #expect(ended.status == 0 && ended.lines.count == 3 && ended.errors.isEmpty)
  }

  @Test("those that end before they have a trial are not started for ever") func falseStart() throws
  {
    let ended = try pool("echo x >> $FILE; kill -SEGV $$", count: 1)
    #expect(ended.status == 75 && ended.lines.count == 3)
    #expect(ended.errors.contains("before they had a trial"))
  }

  @Test("the status is that of the first that could not work") func failure() throws {
    let ended = try pool("echo x >> $FILE; exit 66")
    #expect(ended.status == 66 && ended.lines.count == 2)
  }

  @Test("a request to end goes on to all, and who does not listen is ended") func request() throws {
    let interruption = Interruption()
    Thread.detachNewThread {
      usleep(300_000)
      interruption.request(SIGTERM)
    }
    let begun = Date()
    let ended = try pool(
      "trap '' TERM; echo x >> $FILE; sleep 20 & wait; sleep 20", count: 1, grace: 0.2,
      interruption: interruption)
    #expect(ended.lines.count == 1 && Date().timeIntervalSince(begun) < 15)
  }

  @Test("the kernel's counts are read in the forms that there are")
  func counts() {
    #expect(MemoryKills.number(in: "low 0\nhigh 0\noom 2\noom_kill 5\n") == 5)
    #expect(MemoryKills.number(in: "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n") == 1)
    #expect(MemoryKills.number(in: "nr_free_pages 7\n") == nil)
  }
}

/// A store that gives one trial back for each process that is lost, and knows nothing else.
private final class LosingStore: TrialStore {
  let losses = Mutex<[TrialFailure?]>([])
  private let trial: TrialRecord?

  init(_ trial: TrialRecord?) { self.trial = trial }

  func lose(
    process: Int32, in study: String, failure: TrialFailure?, note: String
  ) throws -> [TrialRecord] {
    losses.withLock { $0.append(failure) }
    return trial.map { [$0] } ?? []
  }

  private var none: StoreError { .notFound(.study, reference: "s", nearest: []) }

  func create(_ study: StudyHeader) throws { throw none }
  func study(_ name: String) throws -> StudyHeader { throw none }
  func studies() throws -> [StudyHeader] { [] }
  func delete(study name: String) throws { throw none }
  func reopen(
    study name: String, maximumTrials: Int?, maximumEpochs: Int?, definition: String?
  ) throws { throw none }
  func end(study name: String, because reason: String) throws { throw none }
  func enqueue(_ points: [[String: HyperparameterValue]], in study: String) throws { throw none }
  func claim(
    in study: String, by worker: WorkerIdentity, _ terms: ClaimTerms
  ) throws -> TrialClaim? { nil }
  func beginEpoch(in study: String) throws -> Bool { false }
  func returnEpoch(in study: String) throws {}
  func update(
    _ trial: TrialRecord, saved: Data?, in study: String, by worker: WorkerIdentity,
    leaseSeconds: Double
  ) throws -> Bool { false }
  func renew(
    _ number: Int, attempt: Int, in study: String, by worker: WorkerIdentity, leaseSeconds: Double
  ) throws -> Bool { false }
  func finish(
    _ trial: TrialRecord, in study: String, by worker: WorkerIdentity
  ) throws -> Bool { false }
  func finished(in study: String, after count: Int) throws -> [TrialRecord] { [] }
  func unfinished(in study: String) throws -> [TrialRecord] { [] }
  func news(in study: String, after count: Int) throws -> StudyNews {
    StudyNews(finished: [], open: [])
  }
}
