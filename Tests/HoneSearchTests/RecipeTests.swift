import Foundation
import HoneNumerics
import HoneRecords
import Testing

@testable import HoneSearch

@Suite("Recipes")
struct RecipeTests {
  private func record(
    _ parameters: [SearchParameter], trials: Int = 40, _ cost: @escaping @Sendable (Trial) -> Double
  ) throws -> StudyRecord {
    let study = try Study(
      space: SearchSpace(parameters), objectives: [.minimize("v")], sampler: .sobol,
      budget: .trials(trials), seed: 4)
    try study.run { cost($0) }
    return study.record
  }

  @Test("a range shrinks to where the good trials lie and keeps the best")
  func narrowed() throws {
    let record = try record([.float("rate", 1e-6...1, scale: .log), .integer("n", 1...100)]) {
      abs(log10($0["rate"]) + 3) + abs($0["n"] - 40) / 100
    }
    let (space, changes) = try record.refinedSpace()
    #expect(changes.map(\.kind) == [.narrowed, .narrowed])
    for change in changes {
      #expect(change.after[0] >= change.before[0] && change.after[1] <= change.before[1])
      #expect(change.after[1] - change.after[0] < 0.9 * (change.before[1] - change.before[0]))
    }
    let best = try record.best()
    #expect(try space.checked(best.parameters).count == 2)
    #expect(space.version == 2)
  }

  @Test("a best point on the border extends the range past it, but not into the impossible")
  func extended() throws {
    let record = try record(
      [.float("rate", 1e-6...1e-3, scale: .log), .float("width", 0...1), .integer("n", 1...8)]
    ) { 10 * abs(log10($0["rate"]) + 1) + $0["width"] + 0.01 * $0["n"] }
    let (_, changes) = try record.refinedSpace()
    #expect(changes[0].kind == .extendedAbove)
    #expect(changes[0].after[1] > 1e-2)
    for change in changes.dropFirst() { #expect(change.after[0] >= 0) }
  }

  @Test("choices keep what occurs among the good trials and what others wait for")
  func choices() throws {
    let record = try record([
      .choice("o", ["a", "b", "c"]), .float("m", 0...1).when("o", is: "b"),
    ]) { $0[text: "o"] == "a" ? 0 : 5 }
    #expect(
      try record.refinedSpace().space.parameter("o")?.distribution == .choice(["a", "b"]))
  }

  @Test("coarse to fine ends no worse than its coarse step and runs the winner again")
  func coarseToFine() throws {
    let space = try SearchSpace([.float("rate", 1e-6...1e-3, scale: .log), .float("x", -1...1)])
    let steps = CoarseToFine(
      coarseTrials: 16, coarseEpochs: 2, fineTrials: 12, fineEpochs: 10, replicates: 4)
    let report = try steps.run(space, .minimize("loss"), sampler: .tpe, seed: 3, workers: 2) {
      trial, request in
      // The longer, the nearer to what the point can reach; seeds move the value a little.
      let floor = abs(log10(trial["rate"]) + 2.5) + trial["x"] * trial["x"]
      return floor + 1 / Double(request.epochs) + Double(request.seed % 100) * 1e-5
    }
    #expect(report.changes.first?.kind == .extendedAbove)
    #expect(report.fine.trials.count == 12 && report.replicates.count == 4)
    #expect(Set(report.replicates).count > 1)
    #expect(try report.fine.best().values[0] < report.coarse.best().values[0])
  }

  @Test("refining needs ten completed trials")
  func refused() throws {
    let record = try record([.float("x", 0...1)], trials: 9) { $0["x"] }
    #expect(throws: SearchError.tooFewTrials(needed: 10, found: 9)) { try record.refinedSpace() }
  }

  @Test("on real runs random points beat a grid, and log-uniform rates beat uniform ones")
  func demonstrations() {
    let grid = SearchDemonstration.gridAgainstRandom(repetitions: 400)
    #expect(grid.gain.lower > 0 && grid.second < grid.first)
    let scale = SearchDemonstration.uniformAgainstLogUniform(repetitions: 300)
    #expect(scale.gain.lower > 0.1 && scale.wins > 0.75)
  }
}
