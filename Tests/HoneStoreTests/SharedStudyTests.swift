import Foundation
import HoneRecords
import HoneStore
import Synchronization
import Testing

@testable import HoneSearch

@Suite("What workers of a study have in common")
struct SharedStudyTests {
  /// A study that workers run in batches of eight; its digest.
  private func digest(
    _ kind: StoreKind, workers: Int, _ sampler: any TrialSampler, _ pruner: (any TrialPruner)?,
    _ budget: StudyBudget
  ) throws -> String {
    var result = ""
    try withStore(kind) { store, address in
      let study = try study(
        sampler, pruner: pruner, budget: budget, mode: .deterministic(batch: 8))
      try study.enqueue([["x": 1], ["k": "b"]])
      try StudyWorker.create(study, in: store)
      let problems = work(workers, address, sampler, pruner) { trial in
        // Whoever is slower differs from run to run.
        Thread.sleep(forTimeInterval: Double.random(in: 0...0.004))
        for step in 1...3 {
          let value = trial["x"] * trial["x"] / Double(step)
          if trial.report(value, step: step, isLast: step == 3) != .proceed { return [.nan] }
        }
        return [trial["x"] * trial["x"]]
      }
      #expect(problems.isEmpty)
      let record = try StudyWorker.record(of: "s", in: store)
      #expect(record.trials.map(\.number) == Array(0..<record.trials.count))
      #expect(record.trials.allSatisfy { $0.state.isFinished })
      _ = try Study.verify(record, sampler: sampler)
      result = try record.digest()
    }
    return result
  }

  @Test(
    "a study in batches is the same to the byte for 1, 2, 4 and 8 workers",
    arguments: StoreKind.lasting)
  func deterministic(kind: StoreKind) throws {
    let budget = StudyBudget(trials: 28)
    let one = try digest(kind, workers: 1, TPESampler(), .median, budget)
    for workers in [2, 4, 8] {
      #expect(try digest(kind, workers: workers, TPESampler(), .median, budget) == one)
    }
  }

  @Test("patience ends a study in batches after the same trial, whoever runs it")
  func patience() throws {
    let budget = StudyBudget(trials: 64, patience: 12)
    let one = try digest(.sqlite, workers: 1, .random, nil, budget)
    #expect(try digest(.sqlite, workers: 5, .random, nil, budget) == one)
  }

  @Test("workers together begin no more epochs than the budget has", arguments: StoreKind.lasting)
  func epochs(kind: StoreKind) throws {
    try withStore(kind) { store, address in
      try StudyWorker.create(try study(.random, budget: StudyBudget(epochs: 33)), in: store)
      let problems = work(4, address, .random) { trial in
        for step in 1...5
        where trial.report(trial["x"], step: step, isLast: step == 5) != .proceed {
          return [.nan]
        }
        return [trial["x"]]
      }
      #expect(problems.isEmpty)
      let record = try StudyWorker.record(of: "s", in: store)
      // One that is given back while others already end is not begun again.
      let begun = record.trials.reduce(0) { $0 + $1.reports.count }
      #expect(begun <= 33 && begun >= 30)
      #expect(record.end == .epochs)
      #expect(record.trials.allSatisfy { $0.state.isFinished })
      // More of them let it go on.
      try StudyWorker.reopen(study(.random, budget: StudyBudget(epochs: 40)), in: store)
      #expect(work(1, address, .random) { [$0.report(1, step: 1) == .proceed ? 1 : 2] }.isEmpty)
      let later = try StudyWorker.record(of: "s", in: store)
      #expect(later.trials.count > record.trials.count)
    }
  }

  @Test("a trial that hangs past its limit fails in the store, and its process is told")
  func hanging() throws {
    try withStore(.sqlite) { store, _ in
      try StudyWorker.create(
        try study(.random, budget: .trials(1), trialLimit: .milliseconds(60)), in: store)
      let told = DispatchSemaphore(value: 0)
      let worker = try StudyWorker(
        "s", in: store, sampler: .random, identity: .current("w"), onHang: { _ in told.signal() })
      let ended = try worker.run { _ in
        // What a process would not survive.
        #expect(told.wait(timeout: .now() + 20) == .success)
        return [1]
      }
      #expect(ended == 0)
      let trial = try StudyWorker.record(of: "s", in: store).trials[0]
      #expect(trial.state == .failed && trial.failure == .timeout && trial.values.isEmpty)
      #expect(try #require(trial.note).contains("0.06 seconds"))
    }
  }

  @Test(
    "what a process had that was ended is tried again, or fails for the reason it was ended for",
    arguments: StoreKind.lasting)
  func lost(kind: StoreKind) throws {
    try withStore(kind) { store, _ in
      try StudyWorker.create(try study(.random, budget: .trials(3)), in: store)
      var workers: [WorkerIdentity] = []
      for number in 0..<2 {
        var worker = WorkerIdentity.current("w\(number)")
        worker.process = 1_000_000_000 + Int32(number)
        workers.append(worker)
        // Not so long that the processes are looked for: they are not there.
        _ = try store.claim(in: "s", by: worker, ClaimTerms(leaseSeconds: 3600))
      }
      let again = try store.lose(
        process: workers[0].process, in: "s", failure: nil, note: "It crashed.")
      #expect(again.map(\.number) == [0] && again[0].state == .waiting && again[0].attempt == 2)
      #expect(again[0].note == "It crashed.")
      let failed = try store.lose(
        process: workers[1].process, in: "s", failure: .outOfMemory, note: "No memory.")
      #expect(failed.map(\.failure) == [.outOfMemory])
      #expect(try store.finished(in: "s", after: 0).map(\.number) == [1])
      #expect(try store.lose(process: 1, in: "s", failure: nil, note: "").isEmpty)
    }
  }

  @Test("time that is used up leaves what waits, and ends workers")
  func deadline() throws {
    try withStore(.sqlite) { store, _ in
      try StudyWorker.create(
        try study(.random, budget: StudyBudget(deadline: .distantPast)), in: store)
      let elsewhere = WorkerIdentity(
        name: "e", host: "elsewhere", process: 1, processStart: "1")
      _ = try store.claim(in: "s", by: elsewhere, ClaimTerms(leaseSeconds: -1))
      let worker = try StudyWorker(
        "s", in: store, sampler: .random, identity: .current("w"))
      #expect(try worker.run { _ in [1] } == 0)
      #expect(try store.unfinished(in: "s").map(\.state) == [.waiting])
    }
  }

  @Test("a study of a later version is refused")
  func newer() throws {
    try withStore(.sqlite) { store, _ in
      var header = StudyHeader(
        name: "s", format: 99, created: Date(), maximumTrials: nil, definition: "{}")
      header.configuration = "{}"
      try store.create(header)
      #expect(throws: SearchError.newerStudy(version: 99)) {
        try StudyWorker("s", in: store, sampler: .random, identity: .current("w"))
      }
    }
  }
}

/// What becomes of a study whose server goes away.
@Suite(
  .enabled(if: PostgreSQLServer.shared != nil, "PostgreSQL is not installed"), .serialized)
struct StudyOutageTests {
  @Test("a server that restarts in the middle of a study costs no trial and repeats none")
  func restart() throws {
    let server = try #require(PostgreSQLServer())
    let address = server.freshAddress()
    try StudyWorker.create(try study(.random, budget: .trials(60)), in: trialStore(address))
    let runs = Mutex<[Int]>([])
    let problems = Mutex<[String]>([])
    let group = DispatchGroup()
    DispatchQueue.global().async(group: group) {
      let found = work(4, address, .random) { trial in
        runs.withLock { $0.append(trial.number) }
        Thread.sleep(forTimeInterval: 0.01)
        return [trial["x"]]
      }
      problems.withLock { $0 = found }
    }
    for _ in 0..<3000 where runs.withLock({ $0.count }) < 10 { usleep(5000) }
    #expect(server.command("crash"))
    #expect(server.command("start"))
    group.wait()
    #expect(problems.withLock { $0 }.isEmpty)
    #expect(runs.withLock { $0.sorted() } == Array(0..<60))
    let record = try StudyWorker.record(of: "s", in: trialStore(address))
    #expect(record.completed.count == 60 && Set(record.order) == Set(0..<60))
  }
}
