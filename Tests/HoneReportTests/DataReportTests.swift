import Foundation
import HoneRecords
import HoneReport
import HoneText
import Testing

struct DataReportTests {
  private var task: TaskRecord {
    TaskRecord(
      kind: .binary, input: .image, sampleShape: [3, 8, 8], classes: ["cat", "<dog>"],
      classCounts: [70, 30], trainSamples: 100, validationSamples: 10, testSamples: 20)
  }

  private var finding: Finding {
    var finding = Finding(
      id: .splitLeakage, severity: .critical, confidence: 0.9,
      evidence: [
        Evidence(
          signal: "duplicateShare", value: 0.2, threshold: 0.01, comparison: .above,
          source: "a paper")
      ],
      remedies: [],
      message: Localized("Copies were found.", korean: "사본이 있습니다."))
    finding.examples = [
      FindingExample(
        samples: ["/data/photos/cat/1.png", "b.csv:3", "texts:4", "lost.png"],
        detail: Localized("the same content", korean: "같은 내용입니다"))
    ]
    return finding
  }

  private var report: DataReport {
    DataReport(
      data: "photos/", task: task, findings: [finding],
      steps: [
        DataReport.Step(
          name: "initialLoss", passed: false, value: 3.2, expected: "0.69 ± 0.1",
          message: Localized("Too high.", korean: "너무 높습니다."))
      ],
      views: [
        "/data/photos/cat/1.png": SampleView(.picture([1, 2, 3]), label: "cat"),
        "b.csv:3": SampleView(
          .row([.init(name: "width", value: "4.5"), .init(name: "x", value: "")])),
        "texts:4": SampleView(.text("<b>bold</b>"), label: "<dog>"),
      ])
  }

  @Test("shows pictures as data, rows as tables, texts as words, and the name of what is lost")
  func examples() {
    let page = report.html(language: .english)
    #expect(page.contains("src=\"data:image/png;base64,AQID\""))
    #expect(page.contains("alt=\"/data/photos/cat/1.png\""))
    #expect(page.contains("…/cat/1.png"))
    #expect(page.contains("4.5"))
    #expect(page.contains("&lt;b&gt;bold&lt;/b&gt;") && !page.contains("<b>bold"))
    #expect(page.contains("lost.png"))
    #expect(page.contains("0.69 ± 0.1"))
    #expect(!page.contains("src=\"http") && !page.contains("<link"))
  }

  @Test("speaks Korean, and says so where nothing was found")
  func korean() {
    let page = report.html(language: .korean)
    #expect(page.contains("<html lang=\"ko\">") && page.contains("살펴볼 표본"))
    let empty = DataReport(data: "photos/", task: task, findings: [])
    #expect(empty.html(language: .english).contains("Nothing was found"))
    #expect(!empty.html(language: .english).contains("First steps"))
  }
}
