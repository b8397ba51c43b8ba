import Foundation
import HoneRecords
import HoneReport
import HoneSearch
import HoneText
import Testing

@Suite("Reports on studies")
struct StudyReportTests {
  private let plotly = "window.Plotly = {react() {}};"

  private func study(_ trials: Int = 24) throws -> StudyRecord {
    let study = try Study(
      "first",
      space: SearchSpace([
        .float("rate", 1e-4...1, scale: .log), .float("dropout", 0...0.5),
        .choice("kind", ["a", "<b>"]),
      ]), objectives: [.minimize("validationLoss")], sampler: .random,
      budget: .trials(trials))
    try study.run { trial in
      trial.note(run: "run-\(trial.number)")
      _ = trial.report(trial["rate"], step: 1)
      return trial["rate"] + 0.1 * trial["dropout"]
    }
    return study.record
  }

  @Test("the page holds every figure and the best trial's numbers")
  func page() throws {
    let record = try study()
    let page = StudyReport(record, command: ["hone", "studies", "show", "first"])
      .html(language: .english, plotlySource: plotly)
    for id in [
      "chart-history", "chart-importance-pedANOVA", "chart-importance-fANOVA", "chart-slice-0",
      "chart-parallel", "chart-surface-0", "chart-curves", "chart-timeline",
    ] {
      #expect(page.contains("id=\"\(id)\""), "\(id)")
    }
    #expect(page.contains("run-\(try record.best().number)"))
    #expect(page.contains("hone studies show first") && page.contains(plotly))
    #expect(!page.contains("<b>") && !page.contains("src=\"http"))
  }

  @Test("importance is refused under twenty trials, in words")
  func few() throws {
    let page = StudyReport(try study(8)).html(language: .english, plotlySource: plotly)
    #expect(page.contains("This needs 20 completed trials, and the study has 8."))
    #expect(!page.contains("chart-importance"))
  }

  @Test("without Plotly the numbers stand in tables, in Korean too")
  func tables() throws {
    let page = StudyReport(try study()).html(language: .korean, plotlySource: nil)
    #expect(page.contains("<html lang=\"ko\">") && page.contains("가장 좋은 시행"))
    #expect(!page.contains("class=\"chart\"") && page.contains("시행별 값"))
  }

  @Test("several objectives have their front")
  func front() throws {
    let study = try Study(
      "two", space: SearchSpace([.float("x", 0...1)]),
      objectives: [.minimize("a"), .maximize("b")], sampler: .random, budget: .trials(10))
    try study.runAll { [$0["x"], 1 - $0["x"]] }
    let page = StudyReport(study.record).html(language: .english, plotlySource: plotly)
    #expect(page.contains("id=\"chart-front-0-1\"") && page.contains("Pareto front"))
  }

  @Test("a study without trials has a page")
  func empty() throws {
    let record = try Study(
      "none", space: SearchSpace([.float("x", 0...1)]), objectives: [.minimize("a")],
      sampler: .random, budget: .trials(1)
    ).record
    let page = StudyReport(record).html(language: .english, plotlySource: plotly)
    #expect(page.contains("No trial has completed."))
  }
}
