import Foundation
import HoneDiagnosis
import HoneReport
import HoneText
import Testing

/// Writes sample pages to look at: `HONE_SAMPLE_REPORTS=FOLDER HONE_PLOTLY=plotly.min.js`.
struct SampleReportTests {
  private static let folder = ProcessInfo.processInfo.environment["HONE_SAMPLE_REPORTS"]
  private static let plotly = ProcessInfo.processInfo.environment["HONE_PLOTLY"]

  @Test(
    "writes sample pages of an improvement and a run",
    .enabled(if: folder != nil, "HONE_SAMPLE_REPORTS names no folder"),
    arguments: Language.allCases)
  func samples(language: Language) throws {
    let folder = try #require(Self.folder)
    let source = try Self.plotly.map { try String(contentsOfFile: $0, encoding: .utf8) }
    let improvement = Report(
      improvement: SampleRecords.improvement(), baseline: SampleRecords.baseline(),
      final: SampleRecords.final())
    let baseline = SampleRecords.baseline()
    let run = Report(run: baseline, diagnosis: Diagnostician().diagnose(baseline))
    for (name, report) in [("improvement", improvement), ("run", run)] {
      let path = "\(folder)/\(name)-\(language.rawValue).html"
      try report.write(to: path, language: language, plotlySource: source)
      #expect(FileManager.default.fileExists(atPath: path))
    }
  }
}
