import Foundation
import HoneDiagnosis
import HoneRecords
import HoneReport
import HoneText
import Testing

struct ReportTests {
  private var improvement: Report {
    Report(
      improvement: SampleRecords.improvement(), baseline: SampleRecords.baseline(),
      final: SampleRecords.final())
  }

  /// Text that stands where Plotly would, to see that it is put in.
  private let plotly = "window.Plotly = {react() {}};"

  @Test("an improvement's page holds the gain with its interval, every experiment and decision")
  func improvementPage() {
    let page = improvement.html(language: .english, plotlySource: plotly)
    #expect(page.contains("+2.78 pp, 95% interval +0.83 to +4.72"))
    for experiment in SampleRecords.improvement().experiments {
      #expect(page.contains(">\(experiment.remedy)</span>"))
    }
    #expect(page.contains(">inconclusive</span>"))
    #expect(page.contains("hone improve digits --budget 2m --seeds 5"))
    #expect(page.contains(plotly))
    #expect(page.contains("AMD EPYC 9R45"))
  }

  @Test("a page refers to nothing outside itself")
  func selfContained() {
    let page = improvement.html(language: .english, plotlySource: plotly)
    #expect(!page.contains("src=\"http"))
    #expect(!page.contains("<link"))
    #expect(!page.contains("@import"))
  }

  @Test("without Plotly the page says so and shows the numbers as tables")
  func withoutPlotly() {
    let page = improvement.html(language: .english, plotlySource: nil)
    #expect(page.contains("Charts are left out because Plotly.js was not found"))
    #expect(!page.contains("class=\"chart\""))
    #expect(page.contains("<figcaption>Confusion matrix</figcaption>"))
  }

  @Test("the Korean page is marked as Korean and speaks it")
  func korean() {
    let page = improvement.html(language: .korean, plotlySource: plotly)
    #expect(page.contains("<html lang=\"ko\">"))
    #expect(page.contains("혼동 행렬"))
    #expect(!page.contains("Confusion matrix"))
  }

  @Test("names from the data cannot become markup")
  func escaping() {
    var evidence = SampleRecords.final()
    evidence.run.name = "<img src=x onerror=alert(1)>"
    evidence.run.task.classes[3] = "</script><script>alert(2)</script>"
    evidence.run.command = ["hone", "train", "it's <b>"]
    let report = Report(
      run: evidence, diagnosis: DiagnosisRecord(run: "r", verdict: .healthy, findings: []))
    let page = report.html(language: .english, plotlySource: plotly)
    #expect(!page.contains("<img"))
    #expect(!page.contains("<script>alert"))
    #expect(page.contains("&#39;it&#39;\\&#39;&#39;s &lt;b&gt;&#39;"))
  }

  @Test("a gain whose interval contains zero is called unproven")
  func unproven() {
    var record = SampleRecords.improvement()
    record.testGain = .init(delta: 0.01, interval: [-0.01, 0.03])
    let page = Report(
      improvement: record, baseline: SampleRecords.baseline(), final: SampleRecords.final()
    ).html(language: .english, plotlySource: nil)
    #expect(page.contains("An improvement is not proven"))
    #expect(!page.contains("95% interval is an improvement"))
  }

  @Test("a run without series, test or configuration still has a page")
  func sparse() {
    var evidence = SampleRecords.final()
    evidence.epochs = []
    evidence.run.test = nil
    evidence.run.configuration = ""
    evidence.run.best = nil
    evidence.run.final = nil
    let page = Report(run: evidence, diagnosis: Diagnostician().diagnose(evidence))
      .html(language: .korean, plotlySource: plotly)
    #expect(page.contains("<h2 id=\"curves-title\">"))
  }

  @Test("a regression's differences are plain numbers, and smaller is better")
  func regression() {
    var record = SampleRecords.improvement()
    for path in [\ImprovementRecord.baseline, \ImprovementRecord.final] {
      record[keyPath: path].task.kind = .regression
      record[keyPath: path].metric = "rootMeanSquaredError"
      record[keyPath: path].metricIsBetterWhenLarger = false
      record[keyPath: path].test?.confusion = []
    }
    record.testGain = .init(delta: 0.031, interval: [0.012, 0.05])
    let text = ImprovementSummary(record).text(.english)
    #expect(text.contains("root mean squared error fell by 0.031"))
  }

  @Test("the summary for the terminal aligns the experiments, in both languages")
  func summary() {
    let english = ImprovementSummary(SampleRecords.improvement()).text(.english)
    #expect(english.contains("accuracy (test): 95.28% → 98.06%, +2.78 pp"))
    let korean = ImprovementSummary(SampleRecords.improvement()).text(.korean)
    let rows = korean.split(separator: "\n").prefix(10)
    #expect(rows.first?.hasPrefix("처방") == true)
    #expect(korean.contains("정확도 (시험): 95.28% → 98.06%, +2.78%p"))
  }

  @Test("writing replaces the file whole and leaves nothing beside it")
  func writing() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "report.html")
    try Data("old".utf8).write(to: file)
    try improvement.write(to: file.path, language: .english, plotlySource: nil)
    #expect(try String(contentsOf: file, encoding: .utf8).hasPrefix("<!doctype html>"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["report.html"])
  }

  @Test("a folder that does not exist is refused with status 73")
  func unwritable() {
    let thrown = #expect(throws: (any Error).self) {
      try improvement.write(
        to: "/nonexistent-folder/report.html", language: .english, plotlySource: nil)
    }
    let error = thrown as? any ReportableError
    #expect(error?.exitStatus.rawValue == 73)
    #expect(error?.explanation.english.contains("/nonexistent-folder/report.html") == true)
  }
}
