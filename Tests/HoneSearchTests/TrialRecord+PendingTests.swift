import Foundation
import HoneNumerics
import HoneRecords
import Synchronization
import Testing

@testable import HoneSearch

@Suite("Trials without an outcome")
struct TrialRecordPendingTests {
  private let objectives = [ObjectiveRecord.minimize("v")]

  private func trial(_ number: Int, _ x: Double, _ state: TrialState, reports: [Double] = [])
    -> TrialRecord
  {
    var trial = TrialRecord(number: number, state: state, parameters: ["x": .number(x)])
    trial.reports = reports.enumerated().map { TrialReport(step: $0 + 1, values: [$1]) }
    if state == .completed { trial.values = [reports.last ?? .nan] }
    return trial
  }

  @Test("one that rests is ranked by what it has told, one that runs is only somewhere")
  func ranked() throws {
    let space = try SearchSpace([.float("x", 0...1)])
    let history = SearchHistory(
      space: space, objectives: objectives, finished: [trial(0, 0.1, .completed, reports: [5])],
      running: [
        trial(1, 0.2, .paused, reports: [9]), trial(2, 0.3, .running, reports: [0]),
        trial(3, 0.4, .paused, reports: [8, 7]), trial(4, 0.5, .paused, reports: [2]),
      ])
    let table = history.table(countsRunning: true)
    #expect(table.ranking.map { table.numbers[$0] } == [0, 3, 4, 1])
    #expect(table.numbers.sorted() == [0, 1, 2, 3, 4])
    #expect(history.table(countsRunning: false).numbers.sorted() == [0, 1, 3, 4])
  }

  @Test("where most trials rest, auto leaves the Gaussian process to studies with values")
  func automatic() throws {
    let space = try SearchSpace([.float("x", 0...1)])
    let finished = (0..<4).map { trial($0, 0.1, .completed, reports: [5]) }
    func history(_ state: TrialState) -> SearchHistory {
      SearchHistory(
        space: space, objectives: objectives, finished: finished,
        running: (4..<16).map { trial($0, 0.2, state, reports: [Double($0)]) })
    }
    let key = TrialKey(seed: 1, number: 16)
    #expect(AutoSampler.choice(history(.paused)) is TPESampler)
    #expect(AutoSampler.choice(history(.running)) is GaussianSampler)
    let sobol = SobolSampler.point(key, space)
    #expect(AutoSampler().suggest(for: key, given: history(.paused)) != sobol)
    #expect(AutoSampler().suggest(for: key, given: history(.running)) == sobol)
  }

  @Test("a suggestion is noted with how much those that rest had told")
  func noted() {
    var own = TrialRecord(number: 9)
    own.notePaused(in: [trial(1, 0, .running, reports: [1])])
    #expect(own.pending == nil && own.pendingReports == nil)
    own.notePaused(in: [
      trial(1, 0, .running, reports: [1]), trial(2, 0, .paused, reports: [3, 4]),
    ])
    #expect(own.pending == [1, 2] && own.pendingReports == [0, 2])
    let later = trial(2, 0, .completed, reports: [3, 4, 1])
    #expect(later.asSeen(after: 2).reports.map(\.values) == [[3], [4]])
    #expect(later.asSeen(after: 2).state == .paused)
    #expect(later.asSeen(after: 0).state == .running)
  }

  @Test("TPE learns from trials that rest, and what it suggested can be verified")
  func learns() throws {
    let space = try SearchSpace([.float("x", 0...1), .float("y", 0...1)])
    var distances: [Double] = []
    for seed in 0..<8 {
      let study = try Study(
        space: space, objectives: objectives, sampler: .tpe, pruner: HalvingPruner.asha,
        budget: .trials(60), seed: UInt64(seed))
      try study.run { trial in
        let value = abs(trial["x"] - 0.7) + abs(trial["y"] - 0.2)
        for step in stride(from: trial.saved.map { Int($0[0]) } ?? 1, through: 27, by: 1) {
          if trial.report(value, step: step) == .proceed { continue }
          trial.save(Data([UInt8(step + 1)]))
          return .nan
        }
        return value
      }
      let record = study.record
      // Two of three rest: without them nearly all suggestions would be random.
      #expect(record.trials.filter { $0.state == .completed }.count < 20)
      #expect(record.trials.contains { $0.pendingReports?.contains { $0 > 0 } ?? false })
      #expect(try Study.verify(record, sampler: .tpe) == 60)
      distances += record.trials[30...].map {
        abs(($0.parameters["x"]?.number ?? 0) - 0.7) + abs(($0.parameters["y"]?.number ?? 0) - 0.2)
      }
    }
    // Points at random are 0.63 away on average.
    #expect(distances.reduce(0, +) / Double(distances.count) < 0.4)
  }
}
