import Foundation
import HoneRecords
import Synchronization
import Testing

@testable import HoneSearch

@Suite("Study")
struct StudyTests {
  private static func space() throws -> SearchSpace {
    try SearchSpace([
      .float("x", -5...5), .float("rate", 1e-5...1e-1, scale: .log),
      .integer("n", 1...64, scale: .log),
      .choice("kind", ["a", "b"]), .float("m", 0...1).when("kind", is: "b"),
    ])
  }

  private static func cost(_ trial: Trial) -> Double {
    let values = trial.parameters
    let x = values["x"]?.number ?? 0
    let rate = log10(values["rate"]?.number ?? 1) + 3
    let n = log2(values["n"]?.number ?? 1) - 4
    let extra = values["kind"] == "b" ? (values["m"]?.number ?? 0) - 0.7 : 0.5
    return x * x + rate * rate + 0.1 * n * n + extra * extra
  }

  private static func bytes(_ study: Study) throws -> String {
    var record = study.record
    for index in record.trials.indices {
      record.trials[index].started = nil
      record.trials[index].ended = nil
    }
    return try CanonicalJSON.string(record.trials)
  }

  private static let samplers: [any TrialSampler] = [
    RandomSampler(), SobolSampler(), TPESampler(), TPESampler(isMultivariate: false), CMASampler(),
    GeneticSampler(population: 8), AutoSampler(),
  ]

  @Test("one, two, four and eight workers give the same study to the byte", arguments: 0..<7)
  func deterministic(index: Int) throws {
    let sampler = Self.samplers[index]
    var studies: Set<String> = []
    for workers in [1, 2, 4, 8] {
      let study = try Study(
        space: Self.space(), objectives: [.minimize("v")], sampler: sampler,
        pruner: HalvingPruner.halving, budget: .trials(36), seed: 3,
        mode: .deterministic(batch: 8))
      try study.run(workers: workers) { trial in
        let cost = Self.cost(trial)
        for step in 1...4 where trial.report(cost + 1 / Double(step), step: step) != .proceed {
          return .nan
        }
        return cost
      }
      studies.insert(try Self.bytes(study))
      #expect(try Study.verify(study.record, sampler: sampler) == 36)
    }
    #expect(studies.count == 1)
  }

  @Test("forty trials are twenty, a restart and twenty", arguments: 0..<7)
  func resume(index: Int) throws {
    let sampler = Self.samplers[index]
    func study(_ trials: Int) throws -> Study {
      try Study(
        space: Self.space(), objectives: [.minimize("v")], sampler: sampler,
        budget: .trials(trials), seed: 5)
    }
    let whole = try study(40)
    try whole.run { Self.cost($0) }
    let first = try study(20)
    try first.run { Self.cost($0) }
    var record = try CanonicalJSON.decode(
      StudyRecord.self, from: CanonicalJSON.string(first.record))
    record.budget = .trials(40)
    let second = try Study(resuming: record, sampler: sampler)
    try second.run { Self.cost($0) }
    #expect(try Self.bytes(whole) == Self.bytes(second))
    #expect(try Study.verify(second.record, sampler: sampler) == 40)
  }

  @Test("a study whose trials ask for their parameters learns, and can be verified")
  func byRun() throws {
    let study = try Study(minimize: "v", sampler: .tpe, budget: .trials(60), seed: 1)
    try study.run { trial in
      let x = try trial.float("x", in: -5...5)
      guard try trial.choice("kind", of: ["flat", "bent"]) == "bent" else { return x * x + 1 }
      let y = try trial.integer("y", in: 0...20)
      return x * x + abs(Double(y) - 7)
    }
    #expect(try study.best.values[0] < 1.5)
    #expect(study.record.space.parameters.map(\.name) == ["kind", "x", "y"])
    #expect(try Study.verify(study.record, sampler: .tpe) == 60)
    var record = study.record
    record.trials[30].parameters["x"] = 0.125
    #expect(throws: SearchError.notReproduced(trial: 30)) {
      try Study.verify(record, sampler: .tpe)
    }
  }

  @Test("a grid visits each cell once with any number of workers", arguments: [1, 3, 8])
  func grid(workers: Int) throws {
    let space = try SearchSpace([
      .choice("a", ["x", "y"]), .integer("n", 1...4), .float("f", 0...1).when("a", is: "y"),
    ])
    let study = try Study(
      space: space, objectives: [.minimize("v")], sampler: GridSampler(divisions: 3))
    let outcome = try study.run(workers: workers) { Double($0.number) }
    #expect(outcome.end == .exhausted)
    #expect(study.trials.count == 4 + 12)
    #expect(Set(study.trials.map(\.parameters)).count == 16)
  }

  @Test("points of the queue run once each, before the sampler's, whoever takes them")
  func queue() throws {
    let space = try SearchSpace([.float("x", 0...1), .float("y", 0...1)])
    let study = try Study(
      space: space, objectives: [.minimize("v")], sampler: .tpe, budget: .trials(90))
    try study.enqueue((0..<80).map { ["x": .number(Double($0) / 80)] })
    try study.run(workers: 8) { $0["x"] }
    let queued = study.trials.filter(\.isEnqueued)
    #expect(queued.map(\.number) == Array(0..<80))
    #expect(Set(queued.compactMap { $0.parameters["x"] }).count == 80)
    #expect(study.trials.map(\.number) == Array(0..<90))
  }

  @Test("the budget ends the study for the reason that it names")
  func budgets() throws {
    func end(_ budget: StudyBudget, workers: Int = 4) throws -> (StudyEnd, Study) {
      let space = try SearchSpace([.float("x", 0...1)])
      let study = try Study(
        space: space, objectives: [.minimize("v")], sampler: .random, budget: budget)
      let outcome = try study.run(workers: workers) { trial in
        for step in 1...5 where trial.report(trial["x"], step: step) != .proceed { return .nan }
        return trial["x"]
      }
      return (outcome.end, study)
    }
    let (trials, first) = try end(.trials(13))
    #expect(trials == .trials && first.trials.count == 13)
    let (epochs, second) = try end(StudyBudget(epochs: 52))
    #expect(epochs == .epochs)
    #expect((52...56).contains(second.trials.reduce(0) { $0 + $1.reports.count }))
    #expect(try end(StudyBudget(target: 0.2)).0 == .target)
    #expect(try end(StudyBudget(patience: 10)).0 == .patience)
    #expect(try end(StudyBudget(deadline: Date.distantPast)).0 == .deadline)
    #expect(throws: SearchError.invalidBudget) { try end(StudyBudget()) }
    #expect(throws: SearchError.invalidBudget) { try end(.trials(0)) }
  }

  @Test("failures are typed, keep the study going and tell the sampler")
  func failures() throws {
    struct Broken: Error {}
    let space = try SearchSpace([.float("x", 0...1)])
    let study = try Study(
      space: space, objectives: [.minimize("v")], sampler: .tpe, budget: .trials(60))
    try study.run { trial in
      switch trial.number {
      case 0: return .nan
      case 1: throw Broken()
      case 2: throw TrialFailed(.outOfMemory, "8 GB")
      case 3:
        trial.giveUp(.notLearning, "the loss did not move")
        return 0
      default: return trial["x"] < 0.5 ? .nan : 1 - trial["x"]
      }
    }
    #expect(
      study.trials.prefix(4).map(\.failure) == [.diverged, .userError, .outOfMemory, .notLearning])
    #expect(study.trials[2].note == "8 GB")
    let late = study.trials.suffix(20).filter { $0.failure == .diverged }
    #expect(late.count <= 8)
    #expect(try study.best.values[0] < 0.2)
  }

  @Test("a trial that has ended takes no second result")
  func fencing() throws {
    let study = try Study(
      space: SearchSpace([.float("x", 0...1)]), objectives: [.minimize("v")], sampler: .random,
      budget: .trials(2))
    guard case .trial(let trial) = study.ask() else {
      Issue.record("no trial")
      return
    }
    try study.tell(trial, [1])
    #expect(throws: SearchError.notRunning(trial: 0)) { try study.tell(trial, [2]) }
    guard case .trial(let second) = study.ask() else {
      Issue.record("no trial")
      return
    }
    #expect(throws: SearchError.wrongValueCount(trial: 1, expected: 1, got: 2)) {
      try study.tell(second, [1, 2])
    }
    #expect(study.trials.map(\.state) == [.completed, .failed])
  }

  @Test("promotion pauses trials with their state and resumes the best of them")
  func promotion() throws {
    let space = try SearchSpace([.float("x", 0...1)])
    let study = try Study(
      space: space, objectives: [.minimize("v")], sampler: .random, pruner: HalvingPruner.asha,
      budget: .trials(27), seed: 2)
    let starts = Mutex<[Int: [Int]]>([:])
    try study.run(workers: 3) { trial in
      let first = trial.saved.map { Int($0[0]) } ?? 1
      starts.withLock { $0[trial.number, default: []].append(first) }
      for step in stride(from: first, through: 9, by: 1) {
        if trial.report(trial["x"] + 1 / Double(step), step: step) != .proceed {
          trial.save(Data([UInt8(step + 1)]))
          return .nan
        }
      }
      return trial["x"]
    }
    let begun = starts.withLock { $0 }
    // A trial that went on began where it had stopped.
    #expect(begun.values.contains { $0.starts(with: [1, 2]) })
    #expect(begun.values.allSatisfy { $0 == $0.sorted() && Set($0).count == $0.count })
    // One in three goes on at each of the rungs 1, 3 and 9, and some that were among the best early.
    #expect((9...16).contains(study.trials.filter { $0.rungs.count >= 2 }.count))
    #expect((3...9).contains(study.trials.filter { $0.rungs.count >= 3 }.count))
    #expect(
      try study.best.values[0] == study.trials.compactMap { $0.parameters["x"]?.number }.min())
  }

  @Test("constraints keep the winner feasible")
  func constraints() throws {
    let space = try SearchSpace([.float("x", -1...1), .float("y", -1...1)])
    for sampler: any TrialSampler in [TPESampler(), GaussianSampler()] {
      let study = try Study(
        space: space, objectives: [.minimize("v")], sampler: sampler, budget: .trials(16))
      try study.run { trial in
        trial.constrain([0.3 - trial["x"]])
        return trial["x"] + trial["y"]
      }
      let best = try study.best
      #expect((best.parameters["x"]?.number ?? 0) >= 0.3)
      #expect(best.values[0] < 0.6)
    }
  }

  @Test("several objectives end in a front")
  func front() throws {
    let space = try SearchSpace([.float("x", 0...1), .float("y", 0...1)])
    for sampler: any TrialSampler in [TPESampler(), GeneticSampler(population: 12)] {
      let study = try Study(
        space: space, objectives: [.minimize("a"), .maximize("b")], sampler: sampler,
        budget: .trials(80))
      try study.runAll { trial in [trial["x"] + trial["y"], trial["x"] - trial["y"]] }
      let front = study.paretoFront
      #expect(front.count >= 3)
      #expect(front.compactMap { $0.parameters["y"]?.number }.min() ?? 1 < 0.1)
      #expect(throws: SearchError.severalObjectives) { try study.best }
    }
  }

  @Test("a running study's space may grow")
  func growth() throws {
    let study = try Study(
      space: SearchSpace([.choice("o", ["a"]), .float("x", 0...1)]),
      objectives: [.minimize("v")], sampler: .tpe, budget: .trials(20))
    try study.run { $0["x"] }
    try study.change(space: [
      .choice("o", ["a", "b"]), .float("x", -1...1), .float("d", 0...1).wasBefore(0.5),
    ])
    var record = study.record
    record.budget = .trials(60)
    let more = try Study(resuming: record, sampler: .tpe)
    try more.run { $0["x"] }
    #expect(more.trials.count == 60 && more.record.space.version == 2)
    #expect(try more.best.values[0] < -0.3)
  }

  @Test("samplers and pruners refuse what they cannot do")
  func refusals() throws {
    let space = try SearchSpace([.choice("o", ["a", "b"])])
    for sampler: any TrialSampler in [CMASampler(), GaussianSampler()] {
      #expect(throws: SearchError.self) {
        try Study(space: space, objectives: [.minimize("a"), .minimize("b")], sampler: sampler)
      }
    }
    #expect(throws: SearchError.self) {
      try Study(space: space, objectives: [.minimize("a")], sampler: .cmaES)
    }
    #expect(throws: SearchError.self) { try Study(minimize: "a", sampler: .grid) }
    #expect(throws: SearchError.self) {
      try Study(
        space: space, objectives: [.minimize("a")], pruner: HalvingPruner.asha,
        mode: .deterministic(batch: 4))
    }
    var record = try Study(space: space, objectives: [.minimize("a")]).record
    record.format = 99
    #expect(throws: SearchError.newerStudy(version: 99)) {
      try Study(resuming: record, sampler: .auto)
    }
  }
}
