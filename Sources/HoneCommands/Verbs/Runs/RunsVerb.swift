public import ArgumentParser
public import HoneRecords
import HoneStore
import HoneText

/// `hone runs`: the experiment store.
struct RunsVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "runs",
      abstract: localized("List, show, compare and manage runs.", "실행 기록을 나열하고 비교하고 관리합니다."),
      discussion: localized(
        """
        EXAMPLES
          hone runs list --status completed --where 'accuracy>=0.9' --since 7d
          hone runs compare last 20261121-084512
          hone runs export last -o run.json
        """,
        """
        예
          hone runs list --status completed --where 'accuracy>=0.9' --since 7d
          hone runs compare last 20261121-084512
          hone runs export last -o run.json
        """),
      subcommands: [
        RunsListVerb.self, RunsShowVerb.self, RunsCompareVerb.self, RunsTagVerb.self,
        RunsDeleteVerb.self, RunsPruneVerb.self, RunsExportVerb.self, RunsImportVerb.self,
        RunsVerifyVerb.self,
      ], defaultSubcommand: RunsListVerb.self)
  }
}

extension RunStatus: ExpressibleByArgument {}

/// What a run is called on the command line.
func runHelp() -> ArgumentHelp {
  help("A run: id, part of it, name or last.", "실행: id, id의 앞부분, 이름 또는 last.", valueName: "RUN")
}

struct RunsListVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list", abstract: localized("List runs, newest first.", "실행을 최신순으로 나열합니다."))
  }

  @OptionGroup var filters: RunFilterOptions
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let context = global.context()
    let runs = try RunsListVerb.lines(filters, context)
    if context.json {
      context.console.printLine(RunLineOutput.text(runs))
      return
    }
    guard !runs.isEmpty else {
      let hidden = try RunsListVerb.lines(filters.withChildren, context).count
      context.say(
        hidden > 0
          ? Localized(
            "\(hidden) runs of series, folds and experiments are not shown; --all shows them.",
            korean: "시리즈, 폴드, 실험에 속한 실행 \(hidden)개는 표시하지 않았습니다. --all로 볼 수 있습니다.")
          : Localized(
            "No runs. `hone train digits` makes one.",
            korean: "실행이 없습니다. `hone train digits`로 만들 수 있습니다."))
      return
    }
    context.say(RunsTable.table(runs, context).lines.joined(separator: "\n"))
  }
}

extension RunsListVerb {
  /// The runs of the store; none where there is no store yet.
  private static func lines(
    _ filters: RunFilterOptions, _ context: CommandContext
  ) throws -> [RunListing] {
    do {
      let store = try context.openExistingStore()
      return try store.listings(matching: try filters.checkedFilter(store))
    } catch StoreError.missing {
      return []
    }
  }
}

/// Runs in rows.
enum RunsTable {
  static func table(_ runs: [RunListing], _ context: CommandContext) -> TextTable {
    let heading: [Localized] = [
      Localized(verbatim: "id"), Localized("name", korean: "이름"),
      Localized("status", korean: "상태"), Localized("epochs", korean: "에폭"),
      Localized("validation", korean: "검증"), Localized("test", korean: "테스트"),
      Localized("metric", korean: "지표"), Localized("time", korean: "시간"),
    ]
    var table = TextTable(heading.map(context.text), rightAligned: [3, 4, 5, 7])
    for run in runs {
      table.append([
        run.id, run.name, run.status.rawValue, String(run.epochs),
        run.validationMetric.map { decimal($0) } ?? "-",
        run.testMetric.map { decimal($0) } ?? "-", run.metric, duration(run.seconds),
      ])
    }
    return table
  }
}

struct RunsShowVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "show", abstract: localized("Show one run.", "실행 하나를 자세히 봅니다."))
  }

  @Argument(help: runHelp()) var reference: String
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let context = global.context()
    let store = try context.openExistingStore()
    let run = try store.find(reference)
    if context.json {
      try context.emit(RunOutput(run, artifacts: try store.artifacts(of: run.id)))
      return
    }
    RunSummary(run).say(context)
    let command = run.command.joined(separator: " ")
    context.say(Localized("  data \(run.dataSource)", korean: "  데이터 \(run.dataSource)"))
    if let pretrained = run.pretrained { context.say("  " + context.text(pretrained.explanation)) }
    if let vectors = run.wordVectors { context.say("  " + context.text(vectors.explanation)) }
    context.say(Localized("  seed \(run.seed)", korean: "  시드 \(run.seed)"))
    context.say("  \(run.device)  \(run.precision)  \(command)")
    if let cost = run.checkpoints { context.say(.checkpoints(cost, of: run)) }
    for change in run.changes ?? [] { context.say("  " + change) }
    if !run.note.isEmpty { context.say("  \(run.note)") }
    if !run.tags.isEmpty { context.say("  # " + run.tags.joined(separator: " ")) }
    for artifact in try store.artifacts(of: run.id) {
      let size = Formatting.bytes(artifact.bytes)
      context.say(
        Localized(
          "  file \(artifact.path) (\(artifact.kind), \(size))",
          korean: "  파일 \(artifact.path) (\(artifact.kind), \(size))"))
    }
    let progress = ProgressRenderer(context, prefix: "  ")
    for epoch in try store.evidence(run.id).epochs { progress.receive(.epoch(epoch)) }
  }
}

struct RunsCompareVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "compare",
      abstract: localized(
        "Compare runs: results, and the keys in which configurations differ.",
        "실행들의 결과와 서로 다른 설정 키를 비교합니다."))
  }

  @Argument(help: runHelp()) var references: [String]
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard references.count >= 2 else {
      throw ValidationError(localized("Name at least two runs.", "실행을 둘 이상 쓰십시오."))
    }
  }

  mutating func run() throws {
    let context = global.context()
    let store = try context.openExistingStore()
    let runs = try references.map { try store.find($0) }
    let comparison = RunComparison(runs)
    if context.json {
      try context.emit(comparison)
      return
    }
    for line in RunsTable.table(runs.map(RunListing.init), context).lines { context.say(line) }
    var table = TextTable([""] + runs.map(\.id))
    for (key, values) in comparison.differences.sorted(by: { $0.key < $1.key }) {
      table.append([key] + values.map(RunComparison.text))
    }
    guard !comparison.differences.isEmpty else {
      context.say(Localized("The configurations are the same.", korean: "설정은 서로 같습니다."))
      return
    }
    for line in table.lines { context.say(line) }
  }
}
