import Foundation
import HonePlots
import HoneRecords
import HoneSearch
import Testing

@Suite("Figures of a study")
struct StudyFigureTests {
  private func study(_ trials: Int = 30) throws -> StudyRecord {
    let study = try Study(
      space: SearchSpace([
        .float("rate", 1e-4...1, scale: .log), .choice("kind", ["a", "b"]), .fixed("depth", 2),
      ]), objectives: [.minimize("loss")], sampler: .sobol, budget: .trials(trials))
    try study.run { trial in
      if trial.number == 2 { throw TrialFailed(.diverged, "no") }
      for step in 1...3 { _ = trial.report(trial["rate"] / Double(step), step: step) }
      return trial["rate"]
    }
    return study.record
  }

  @Test("history holds every value and the best so far")
  func history() throws {
    let record = try study()
    let figure = Figure.studyHistory(record)
    #expect(figure.data.count == 2)
    guard case .numbers(let best) = figure.data[1].y else { return #expect(Bool(false)) }
    #expect(best == best.sorted(by: >) && best.count == 29)
  }

  @Test("a few bad trials do not stretch the axis")
  func outliers() throws {
    var record = try study()
    record.trials[5].values = [1e6]
    let range = try #require(Figure.studyHistory(record).layout.yaxis.range)
    #expect(range[1] < 10 && range[0] < 1e-3)
  }

  @Test("slices use the parameter's own scale, and mark the best trial")
  func slices() throws {
    let record = try study()
    let rate = try Figure.studySlice(record, of: "rate")
    #expect(rate.layout.xaxis.type == "log" && rate.data.count == 2)
    let kind = try Figure.studySlice(record, of: "kind")
    #expect(kind.layout.xaxis.categoryarray == ["a", "b"])
    #expect(throws: SearchError.self) { try Figure.studySlice(record, of: "other") }
  }

  @Test("a surface has a cell for each place, light where it is bad")
  func contour() throws {
    var record = try study()
    let figure = try Figure.studyContour(record, "rate", "kind")
    #expect(figure.data[0].z?.count == 2 && figure.data[0].z?[0].count == 24)
    #expect(figure.data[0].reverseScale == true)
    #expect(figure.data[1].y != nil)
    record.trials.removeAll { $0.parameters["kind"] == "b" }
    let open = try Figure.studyContour(record, "rate", "kind")
    #expect(open.json.contains("null") && !open.json.contains("\"nan\""))
  }

  @Test("parallel lines go through every searched parameter, with a gap between trials")
  func parallel() throws {
    let figure = Figure.studyParallel(try study())
    #expect(figure.layout.xaxis.categoryarray == ["rate", "kind", "loss"])
    #expect(figure.data.compactMap(\.name) == ["other trials", "best tenth", "best trial"])
    #expect(figure.data[2].x == .labels(["rate", "kind", "loss", "rate"]))
    #expect(figure.layout.annotations?.count == 6)
  }

  @Test("curves and the timeline have a piece for each trial")
  func trials() throws {
    let record = try study()
    let curves = Figure.studyCurves(record)
    #expect(curves.data.map(\.name) == ["other trials", "best trial"])
    let timeline = Figure.studyTimeline(record)
    #expect(timeline.data.map(\.name) == ["completed", "failed"])
    guard case .numbers(let x) = timeline.data[1].x else { return #expect(Bool(false)) }
    #expect(x.count == 3 && x[0] >= 0 && x[1] >= x[0])
  }

  @Test("the front holds the trials that no other is better than")
  func front() throws {
    let study = try Study(
      space: SearchSpace([.float("x", 0...1)]), objectives: [.minimize("a"), .maximize("b")],
      sampler: .random, budget: .trials(12))
    try study.runAll { [$0["x"], $0.number == 3 ? -1 : $0["x"]] }
    let figure = Figure.paretoFront(study.record)
    #expect(figure.data.map(\.name) == ["other trials", "Pareto front"])
    #expect(figure.data[0].x != .numbers([]))
  }

  @Test("importance has its intervals")
  func importance() throws {
    let figure = Figure.importance(try study().importance())
    #expect(figure.data[0].errorX?.array.count == 2)
    #expect(figure.data[0].y == .labels(["rate", "kind"]))
  }

  @Test("a study without a completed trial still has its figures")
  func empty() throws {
    let record = try Study(
      space: SearchSpace([.float("x", 0...1)]), objectives: [.minimize("a")], sampler: .random,
      budget: .trials(1)
    ).record
    for figure in [
      Figure.studyHistory(record), .studyParallel(record), .studyCurves(record),
      .studyTimeline(record), try .studySlice(record, of: "x"),
    ] {
      #expect(!figure.json.contains("nan"))
    }
  }
}
