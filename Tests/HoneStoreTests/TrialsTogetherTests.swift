import Foundation
import HoneRecords
import HoneStore
import Synchronization
import Testing

@testable import HoneSearch

@Suite("Workers that take several trials at a time")
struct TrialsTogetherTests {
  /// Two reports of each trial in turn, then the values; what was taken together is noted.
  private func run(
    _ worker: StudyWorker, together count: Int, _ groups: inout [[Int]]
  ) throws -> Int {
    try worker.run(together: count) { trials, tell in
      groups.append(trials.map(\.number))
      var stopped: Set<Int> = []
      for step in 1...2 {
        for trial in trials where !stopped.contains(trial.number) {
          guard trial.report(abs(trial["x"]), step: step) != .proceed else { continue }
          stopped.insert(trial.number)
          tell(trial, .success([.nan]))
        }
      }
      for trial in trials.reversed() where !stopped.contains(trial.number) {
        tell(
          trial,
          trial.number == 3
            ? .failure(TrialFailed(.outOfMemory, "none left")) : .success([abs(trial["x"])]))
      }
    }
  }

  @Test(
    "take those that are there, tell of each, and leave a study that can be computed again",
    arguments: StoreKind.lasting)
  func together(kind: StoreKind) throws {
    try withStore(kind) { store, _ in
      let pruner = PercentilePruner(50)
      try StudyWorker.create(
        try study(.random, pruner: pruner, budget: .trials(10)), in: store)
      let worker = try StudyWorker(
        "s", in: store, sampler: .random, pruner: pruner, identity: .current("one"))
      var groups: [[Int]] = []
      #expect(try run(worker, together: 4, &groups) == 10)
      #expect(groups == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]])
      let record = try StudyWorker.record(of: "s", in: store)
      #expect(record.trials.allSatisfy { $0.state.isFinished })
      #expect(record.trials[3].failure == .outOfMemory && record.trials[3].note == "none left")
      // Reports of one are not lost while another's are kept.
      #expect(record.completed.allSatisfy { $0.reports.map(\.step) == [1, 2] })
      #expect(record.trials.contains { $0.state == .pruned })
      #expect(try Study.verify(record, sampler: .random) == 10)
    }
  }

  @Test("later ones are suggested while earlier ones run", arguments: StoreKind.lasting)
  func pending(kind: StoreKind) throws {
    try withStore(kind) { store, _ in
      try StudyWorker.create(try study(budget: .trials(24)), in: store)
      let worker = try StudyWorker(
        "s", in: store, sampler: TPESampler(), identity: .current("one"))
      var groups: [[Int]] = []
      #expect(try run(worker, together: 8, &groups) == 24)
      let record = try StudyWorker.record(of: "s", in: store)
      #expect(record.trials[23].pending == Array(16..<23))
      #expect(try Study.verify(record, sampler: TPESampler()) == 24)
    }
  }

  @Test("a deterministic study is the same, however many are taken together")
  func deterministic() throws {
    func digest(_ count: Int) throws -> String {
      var digest = ""
      try withStore(.sqlite) { store, _ in
        try StudyWorker.create(
          try study(budget: .trials(16), mode: .deterministic(batch: 4)), in: store)
        let worker = try StudyWorker(
          "s", in: store, sampler: TPESampler(), identity: .current("one"))
        var groups: [[Int]] = []
        #expect(try run(worker, together: count, &groups) == 16)
        #expect(groups.allSatisfy { Set($0.map { $0 / 4 }).count == 1 })
        digest = try StudyWorker.record(of: "s", in: store).digest()
      }
      return digest
    }
    let one = try digest(1)
    #expect(try digest(3) == one && digest(4) == one && digest(9) == one)
  }

  @Test("the size of stacks is kept with the study") func kept() throws {
    try withStore(.sqlite) { store, _ in
      let study = try Study(
        "s", space: SearchSpace([.float("x", 0...1)]), objectives: [.minimize("v")],
        budget: .trials(2), stack: 8)
      try StudyWorker.create(study, in: store)
      #expect(try StudyWorker.definition(of: store.study("s")).stack == 8)
      #expect(throws: SearchError.self) {
        try Study("t", objectives: [.minimize("v")], stack: 0)
      }
    }
  }
}
