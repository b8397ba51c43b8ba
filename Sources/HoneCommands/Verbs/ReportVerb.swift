import ArgumentParser
import Foundation
import HoneDiagnosis
import HoneRecords
import HoneReport
import HoneText

/// `hone report`: one self-contained HTML file.
struct ReportVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "report",
      abstract: localized(
        "Write one self-contained HTML file about a run or an improvement.",
        "실행이나 성능 개선에 대한 HTML 보고서 파일 하나를 씁니다."),
      discussion: localized(
        """
        EXAMPLES
          hone report last -o report.html --open
        """,
        """
        예
          hone report last -o report.html --open
        """))
  }

  @Argument(
    help: help(
      "A run or an improvement: id, part of it, name or last.",
      "실행이나 성능 개선: id, id의 앞부분, 이름 또는 last.", valueName: "RUN"))
  var reference: String
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: help("The file.", "파일.", valueName: "file.html"))
  var output: String?
  @Flag(help: help("Open the report when it is there.", "보고서가 만들어지면 엽니다."))
  var open = false
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let context = global.context()
    let (id, report) = try ReportVerb.report(on: reference, in: context.openExistingStore())
    let file = output ?? "hone-report-\(id).html"
    let path = CommandEnvironment.current?.absolute(file) ?? file
    try report.write(to: path, language: context.language, plotlySource: context.plotlySource())
    if context.json {
      try context.emit(["subject": id, "report": path])
    } else {
      context.say(Localized("Report: \(path)", korean: "보고서: \(path)"))
    }
    if open { FileOpener.open(path, context) }
  }

  /// The report on what a reference means: a run or an improvement, the newer one where it may mean
  /// either.
  private static func report(
    on reference: String, in store: any RunStore
  ) throws -> (id: String, report: Report) {
    let improvement = try? store.improvement(reference)
    let found = Result { try store.find(reference) }
    if let improvement, (try? found.get().created < improvement.created) ?? true {
      let report = Report(
        improvement: improvement, baseline: try store.evidence(improvement.baseline.id),
        final: try store.evidence(improvement.final.id))
      return (improvement.id, report)
    }
    let evidence = try store.evidence(try found.get().id)
    return (evidence.run.id, Report(run: evidence, diagnosis: Diagnostician().diagnose(evidence)))
  }
}
