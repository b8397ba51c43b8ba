import Foundation
import HoneRecords
import HoneStore
import Synchronization
import Testing

@testable import HoneSearch

@Suite("Workers of a stored study")
struct StudyWorkerTests {
  @Test(
    "eighty points and eight workers make exactly eighty executions", arguments: StoreKind.lasting)
  func queue(kind: StoreKind) throws {
    try withStore(kind) { store, path in
      let study = try study(budget: .trials(80))
      try study.enqueue((0..<80).map { ["x": .number(Double($0) / 16)] })
      try StudyWorker.create(study, in: store)
      let runs = Mutex<[Int]>([])
      let problems = work(8, path, TPESampler()) { trial in
        runs.withLock { $0.append(trial.number) }
        return [trial["x"]]
      }
      #expect(problems.isEmpty)
      #expect(runs.withLock { $0.sorted() } == Array(0..<80))
      let record = try StudyWorker.record(of: "s", in: store)
      #expect(Set(record.trials.compactMap { $0.parameters["x"] }).count == 80)
      #expect(record.trials.allSatisfy { $0.state == .completed && $0.isEnqueued })
    }
  }

  @Test(
    "numbers are dense, the budget is exact, and every suggestion can be computed again",
    arguments: StoreKind.lasting)
  func dense(kind: StoreKind) throws {
    try withStore(kind) { store, path in
      try StudyWorker.create(try study(budget: .trials(40)), in: store)
      #expect(work(3, path, TPESampler()) { [$0["x"] * $0["x"]] }.isEmpty)
      let record = try StudyWorker.record(of: "s", in: store)
      #expect(record.trials.map(\.number) == Array(0..<40))
      #expect(Set(record.order) == Set(0..<40))
      #expect(try Study.verify(record, sampler: TPESampler()) == 40)
    }
  }

  @Test(
    "a lease that has run out comes before a new trial, whoever asks first",
    arguments: StoreKind.lasting)
  func expired(kind: StoreKind) throws {
    try withStore(kind) { store, _ in
      try StudyWorker.create(try study(.random, budget: .trials(3)), in: store)
      let (silent, other) = (WorkerIdentity.current("silent"), WorkerIdentity.current("other"))
      func claim(_ worker: WorkerIdentity, below: Int? = nil, lease: Double = 3600) throws
        -> TrialClaim?
      {
        try store.claim(in: "s", by: worker, ClaimTerms(below: below, leaseSeconds: lease))
      }
      #expect(try claim(silent, lease: -1)?.trial.number == 0)
      let again = try #require(try claim(other))
      #expect(again.trial.number == 0 && again.trial.attempt == 2)
      #expect(try claim(other, below: 1) == nil)
      #expect(try [claim(other), claim(other)].map { $0?.trial.number } == [1, 2])
      #expect(try claim(other) == nil)
    }
  }

  @Test("reports that follow each other fast are told together, and none is missing at the end")
  func fastReports() throws {
    try withStore(.sqlite) { store, path in
      try StudyWorker.create(try study(.random, budget: .trials(1)), in: store)
      let seen = Mutex<[Int]>([])
      let problems = work(1, path, RandomSampler()) { trial in
        for step in 1...200 { _ = trial.report(1, step: step) }
        let early = try store.unfinished(in: "s").first?.reports.count ?? 0
        Thread.sleep(forTimeInterval: 0.06)
        _ = trial.report(1, step: 201)
        let late = try store.unfinished(in: "s").first?.reports.count ?? 0
        seen.withLock { $0 = [early, late] }
        return [1]
      }
      #expect(problems.isEmpty)
      #expect(seen.withLock { $0[0] < 200 && $0[1] == 201 })
      #expect(try StudyWorker.record(of: "s", in: store).trials[0].reports.count == 201)
    }
  }

  @Test(
    "a trial whose worker is gone goes to another, from what it saved, and is refused to the first",
    arguments: StoreKind.lasting)
  func lost(kind: StoreKind) throws {
    try withStore(kind) { store, path in
      try StudyWorker.create(try study(.random, budget: .trials(2)), in: store)
      var gone = WorkerIdentity.current("gone")
      // A process of this machine that is not there any more.
      gone.processStart = "1"
      let claim = try #require(
        try store.claim(in: "s", by: gone, ClaimTerms(leaseSeconds: 3600)))
      var trial = claim.trial
      trial.parameters = ["x": 1.5, "k": "a"]
      trial.reports = [TrialReport(step: 7, values: [3])]
      #expect(
        try store.update(trial, saved: Data([42]), in: "s", by: gone, leaseSeconds: 3600))
      let seen = Mutex<[Int: (Int, Data?)]>([:])
      #expect(
        work(2, path, .random) { trial in
          seen.withLock { $0[trial.number] = (trial.firstStep, trial.saved) }
          return [trial["x"]]
        }.isEmpty)
      let first = seen.withLock { $0[0] }
      #expect(first?.0 == 8 && first?.1 == Data([42]))
      trial.state = .completed
      trial.values = [99]
      #expect(try !store.finish(trial, in: "s", by: gone))
      let record = try StudyWorker.record(of: "s", in: store)
      #expect(record.trials[0].values == [1.5] && record.trials[0].attempt == 2)
    }
  }

  @Test(
    "an end that is refused changes nothing and leaves no gap in the order",
    arguments: StoreKind.lasting)
  func refusedEnd(kind: StoreKind) throws {
    try withStore(kind) { store, _ in
      try StudyWorker.create(try study(.random, budget: .trials(3)), in: store)
      let worker = WorkerIdentity.current("w")
      let trials = try (0..<3).map { _ in
        var trial = try #require(
          try store.claim(in: "s", by: worker, ClaimTerms(leaseSeconds: 60))
        ).trial
        trial.state = .completed
        trial.values = [1]
        return trial
      }
      let stranger = WorkerIdentity.current("stranger")
      #expect(try !store.finish(trials[0], in: "s", by: stranger))
      #expect(try store.news(in: "s", after: 0).open.count == 3)
      #expect(try store.finish(trials[1], in: "s", by: worker))
      #expect(try !store.finish(trials[1], in: "s", by: worker))
      #expect(try store.finish(trials[0], in: "s", by: worker))
      let news = try store.news(in: "s", after: 0)
      #expect(news.finished.map(\.number) == [1, 0] && news.open.map(\.number) == [2])
      #expect(try store.news(in: "s", after: 1).finished.map(\.number) == [0])
    }
  }

  @Test("a trial that loses every worker fails with the reason, once", arguments: StoreKind.lasting)
  func hopeless(kind: StoreKind) throws {
    try withStore(kind) { store, _ in
      try StudyWorker.create(try study(.random, budget: .trials(1)), in: store)
      let worker = WorkerIdentity(name: "w", host: "elsewhere", process: 1, processStart: "1")
      for attempt in 1...3 {
        let claim = try store.claim(in: "s", by: worker, ClaimTerms(leaseSeconds: -1))
        #expect(claim?.trial.attempt == attempt)
      }
      #expect(try store.claim(in: "s", by: worker, ClaimTerms(leaseSeconds: -1)) == nil)
      #expect(try store.finished(in: "s", after: 0).map(\.failure) == [.workerLost])
    }
  }

  @Test("paused trials go on in any worker", arguments: StoreKind.lasting)
  func promotion(kind: StoreKind) throws {
    try withStore(kind) { store, path in
      try StudyWorker.create(
        try study(.random, pruner: HalvingPruner.asha, budget: .trials(18)), in: store)
      let problems = work(2, path, .random, HalvingPruner.asha) { trial in
        for step in stride(from: trial.saved.map { Int($0[0]) } ?? 1, through: 9, by: 1) {
          if trial.report(trial["x"], step: step) != .proceed {
            trial.save(Data([UInt8(step + 1)]))
            return [.nan]
          }
        }
        return [trial["x"]]
      }
      #expect(problems.isEmpty)
      let record = try StudyWorker.record(of: "s", in: store)
      #expect(record.trials.count == 18)
      #expect(record.trials.filter { $0.rungs.count >= 2 }.count >= 5)
      #expect(record.trials.allSatisfy { $0.state != .running && $0.state != .waiting })
    }
  }

  @Test(
    "a trial that is given back waits, and a study that has ended goes on when it is reopened",
    arguments: StoreKind.lasting)
  func goingOn(kind: StoreKind) throws {
    try withStore(kind) { store, _ in
      try StudyWorker.create(
        try study(.random, budget: .trials(2)), in: store, configuration: "{}",
        dataFingerprint: "f")
      let stop = Mutex(false)
      func worker(_ name: String) throws -> StudyWorker {
        try StudyWorker("s", in: store, sampler: .random, identity: .current(name))
      }
      let first = try worker("first").run(stopRequested: { stop.withLock { $0 } }) { trial in
        _ = trial.report(1, step: 1)
        trial.note(run: "run")
        trial.release()
        stop.withLock { $0 = true }
        return [.nan]
      }
      #expect(first == 0)
      #expect(try store.unfinished(in: "s").map(\.state) == [.waiting])
      #expect(try store.unfinished(in: "s")[0].run == "run")
      try worker("second").run { trial in
        trial.startOver()
        #expect(trial.firstStep == 0)
        return [trial["x"]]
      }
      #expect(try StudyWorker.record(of: "s", in: store).completed.count == 2)
      let past = try StudyWorker(
        "s", in: store, sampler: .random, identity: .current("late"), deadline: .distantPast)
      try store.reopen(study: "s", maximumTrials: 3)
      #expect(try past.run { _ in [0] } == 0)
      #expect(try StudyWorker.record(of: "s", in: store).end == .deadline)
      try store.reopen(study: "s", maximumTrials: 3)
      #expect(try worker("third").run { [$0["x"]] } == 1)
      #expect(try store.study("s").configuration == "{}")
      #expect(throws: StoreError.self) { try store.reopen(study: "t", maximumTrials: nil) }
    }
  }

  @Test("names, versions and samplers are checked", arguments: StoreKind.lasting)
  func refusals(kind: StoreKind) throws {
    try withStore(kind) { store, _ in
      let study = try study(budget: .trials(1))
      try StudyWorker.create(study, in: store)
      #expect(throws: StoreError.studyExists("s")) { try StudyWorker.create(study, in: store) }
      #expect(throws: StoreError.notFound(.study, reference: "t", nearest: ["s"])) {
        try store.study("t")
      }
      #expect(throws: SearchError.self) {
        try StudyWorker("s", in: store, sampler: .random, identity: .current("a"))
      }
      try store.delete(study: "s")
      #expect(try store.studies().isEmpty)
    }
  }
}
