import ArgumentParser
import Foundation
import HoneDiagnosis
import HoneNumerics
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
        "Write one self-contained HTML file about a run, an improvement, a study or a recipe.",
        "실행, 성능 개선, 탐색 연구, 레시피에 대한 HTML 보고서 파일 하나를 씁니다."),
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
      "A run or an improvement: id, part of it, name or last; or the name of a study or a "
        + "recipe.",
      "실행이나 성능 개선: id, id의 앞부분, 이름 또는 last. 또는 연구나 레시피의 이름.", valueName: "RUN|STUDY"))
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
    let plotly = context.plotlySource()
    let (id, page): (String, String)
    if let search = try ReportVerb.search(reference, in: store, context.language, plotly) {
      (id, page) = (reference, search)
    } else {
      let subject = try ReportVerb.report(on: reference, in: store)
      (id, page) = (
        subject.id, subject.report.html(language: context.language, plotlySource: plotly)
      )
    }
    let file = output ?? "hone-report-\(id.replacing("/", with: "-")).html"
    let path = CommandEnvironment.current?.absolute(file) ?? file
    try AtomicFile.write(page, to: path)
    if context.json {
      try context.emit(["subject": id, "report": path])
    } else {
      context.say(Localized("Report: \(path)", korean: "보고서: \(path)"))
    }
    if open { FileOpener.open(path, context) }
  }

  /// The page on a study or a recipe of a name; nil where the store has neither.
  private static func search(
    _ name: String, in store: any RunStore, _ language: Language, _ plotly: String?
  ) throws -> String? {
    guard let database = store as? any DatabaseStore else { return nil }
    let trials = DatabaseTrialStore(database)
    let names = Set(try trials.studies().map(\.name))
    if names.contains(name) {
      let study = try StudyWorker.record(of: name, in: trials)
      return StudyReport(study, command: ["hone", "studies", "show", name])
        .html(language: language, plotlySource: plotly)
    }
    guard let recipe = try DatabaseRecipeStore(database).recipe(name) else { return nil }
    let own = recipe.steps.flatMap(\.studies).filter(names.contains)
    let studies = try own.map { try StudyWorker.record(of: $0, in: trials) }
    return RecipeReport(recipe, studies: studies).html(language: language, plotlySource: plotly)
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
