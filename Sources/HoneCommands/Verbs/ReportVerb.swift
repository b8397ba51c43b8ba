import ArgumentParser
import Foundation
import HoneDiagnosis
import HoneRecords
import HoneReport
import HoneSearch
import HoneStore
import HoneText

/// `hone report`: one self-contained HTML file.
struct ReportVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "report",
      abstract: localized(
        "Write one self-contained HTML file about a run, an improvement or a study.",
        "실행, 성능 개선, 탐색 연구에 대한 HTML 보고서 파일 하나를 씁니다."),
      discussion: localized(
        """
        EXAMPLES
          hone report last -o report.html --open
          hone report first -o study.html
        """,
        """
        예
          hone report last -o report.html --open
          hone report first -o study.html
        """))
  }

  @Argument(
    help: help(
      "A run or an improvement: id, part of it, name or last; or a study's name.",
      "실행이나 성능 개선: id, id의 앞부분, 이름 또는 last. 또는 연구의 이름.", valueName: "RUN|STUDY"))
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
    let store = try context.openExistingStore()
    let study = try ReportVerb.study(reference, in: store)
    let subject = study == nil ? try ReportVerb.report(on: reference, in: store) : nil
    let id = subject?.id ?? reference
    let file = output ?? "hone-report-\(id.replacing("/", with: "-")).html"
    let path = CommandEnvironment.current?.absolute(file) ?? file
    let plotly = context.plotlySource()
    if let study {
      try StudyReport(study, command: ["hone", "studies", "show", study.name])
        .write(to: path, language: context.language, plotlySource: plotly)
    } else {
      try subject?.report.write(to: path, language: context.language, plotlySource: plotly)
    }
    if context.json {
      try context.emit(["subject": id, "report": path])
    } else {
      context.say(Localized("Report: \(path)", korean: "보고서: \(path)"))
    }
    if open { FileOpener.open(path, context) }
  }

  /// The study of a name; nil where the store has none.
  private static func study(_ name: String, in store: any RunStore) throws -> StudyRecord? {
    guard let database = store as? any DatabaseStore else { return nil }
    let trials = DatabaseTrialStore(database)
    guard try trials.studies().contains(where: { $0.name == name }) else { return nil }
    return try StudyWorker.record(of: name, in: trials)
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
